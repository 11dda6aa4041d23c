// Light, dark, or as the device says. A cookie, so that the page arrives in the right colours.
const A_YEAR = 365 * 24 * 60 * 60;
const choice = document.querySelector("[data-theme-choice]");

if (choice) {
  const chosen = document.documentElement.dataset.theme ?? "";
  for (const option of choice.querySelectorAll("input")) option.checked = option.value === chosen;
  choice.hidden = false;
  choice.addEventListener("change", (event) => choose(event.target.value));
}

function choose(theme) {
  const age = theme ? A_YEAR : 0;
  document.cookie = `theme=${theme}; path=/; max-age=${age}; samesite=lax`;
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}
