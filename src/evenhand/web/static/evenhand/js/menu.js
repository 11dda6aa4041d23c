// On a phone the menu is a sheet; following one of its links closes it, also when the page stays.
const menu = document.getElementById("menu");

menu?.addEventListener("click", (event) => {
  if (event.target.closest("a") && menu.matches(":popover-open")) menu.hidePopover();
});

// What went wrong with a form is read first.
document.querySelector("[data-focus]")?.focus();
