// Where one is going: the menu on a phone, what is wrong with a form, what stands beside the work.
const menu = document.getElementById("menu");

// The menu is a sheet; following one of its links closes it, also when the page stays.
menu?.addEventListener("click", (event) => {
  if (event.target.closest("a") && menu.matches(":popover-open")) menu.hidePopover();
});

// What is wrong with a form is read first.
document.querySelector("[data-focus]")?.focus();

// What scrolls can be scrolled with the keyboard.
for (const part of document.querySelectorAll(".columns > aside, .scroll")) {
  const isLonger = part.scrollHeight > part.clientHeight || part.scrollWidth > part.clientWidth;
  if (isLonger && getComputedStyle(part).overflow !== "visible") part.tabIndex = 0;
}
