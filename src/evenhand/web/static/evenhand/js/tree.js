// A nested list of links becomes a tree: arrows, Home, End, Enter; branches are fetched when opened.
// <ul data-tree> holds <li data-node>, each with a line and, where there is more, an empty <ul data-below>.
const NODE = "[data-node]";

const itemOf = (element) => element.closest?.(NODE);
const toggleOf = (item) => item.querySelector(":scope > .line [data-toggle]");
const belowOf = (item) => item.querySelector(":scope > [data-below]");
const parentOf = (item) => itemOf(item.parentElement);
const isOpen = (item) => item.getAttribute("aria-expanded") === "true";

function dress(item, level) {
  item.setAttribute("role", "treeitem");
  item.setAttribute("aria-level", level);
  item.tabIndex = -1;
  const said = [...item.querySelectorAll(":scope > .line [data-said], :scope > .line [data-said] > *")]
    .filter((part) => !part.children.length)
    .map((part) => part.textContent.trim());
  item.setAttribute("aria-label", said.filter(Boolean).join(", "));
  for (const link of item.querySelectorAll(":scope > .line a")) link.tabIndex = -1;
  if (toggleOf(item) && !item.hasAttribute("aria-expanded")) item.setAttribute("aria-expanded", "false");
  belowOf(item)?.setAttribute("role", "group");
}

function dressAll(tree) {
  for (const item of tree.querySelectorAll(NODE)) {
    const above = parentOf(item);
    dress(item, above ? Number(above.getAttribute("aria-level")) + 1 : 1);
  }
  if (!tree.querySelector(`${NODE}[tabindex="0"]`)) {
    const first = tree.querySelector(NODE);
    if (first) first.tabIndex = 0;
  }
}

function goTo(tree, item) {
  if (!item) return;
  for (const other of tree.querySelectorAll(`${NODE}[tabindex="0"]`)) other.tabIndex = -1;
  item.tabIndex = 0;
  item.focus();
}

function open(item) {
  const below = belowOf(item);
  item.setAttribute("aria-expanded", "true");
  below.hidden = false;
  if (below.childElementCount || item.ariaBusy === "true") return;
  item.ariaBusy = "true";
  htmx.trigger(toggleOf(item), "unfold");
}

function close(item) {
  item.setAttribute("aria-expanded", "false");
  belowOf(item).hidden = true;
}

const turn = (item) => (isOpen(item) ? close(item) : open(item));

const shown = (tree) => [...tree.querySelectorAll(NODE)].filter((item) => !item.parentElement.closest("[hidden]"));

function forward(tree, item) {
  if (!toggleOf(item)) return;
  if (isOpen(item)) goTo(tree, belowOf(item).querySelector(NODE));
  else open(item);
}

function backward(tree, item) {
  if (isOpen(item)) close(item);
  else goTo(tree, parentOf(item));
}

const KEYS = {
  ArrowDown: (tree, item, all) => goTo(tree, all[all.indexOf(item) + 1]),
  ArrowUp: (tree, item, all) => goTo(tree, all[all.indexOf(item) - 1]),
  ArrowRight: forward,
  ArrowLeft: backward,
  Home: (tree, _item, all) => goTo(tree, all[0]),
  End: (tree, _item, all) => goTo(tree, all.at(-1)),
  Enter: (_tree, item) => item.querySelector(":scope > .line [data-open]")?.click(),
  " ": (_tree, item) => toggleOf(item) && turn(item),
};

function grow(tree) {
  tree.setAttribute("role", "tree");
  dressAll(tree);
  tree.addEventListener("keydown", (event) => {
    const item = itemOf(event.target);
    const deed = KEYS[event.key];
    if (!item || !deed || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    deed(tree, item, shown(tree));
  });
  tree.addEventListener("click", (event) => {
    const item = itemOf(event.target);
    if (event.ctrlKey || event.metaKey || event.shiftKey || !event.target.closest("[data-toggle]")) return;
    event.preventDefault();
    turn(item);
    goTo(tree, item);
  });
  tree.addEventListener("htmx:beforeSwap", ({ target, detail }) => {
    // What replaces "Show more" is where one goes on.
    const more = detail.target.closest("[data-more]");
    if (more && more.contains(document.activeElement)) tree.follow = more.previousElementSibling;
    itemOf(target)?.removeAttribute("aria-busy");
  });
  tree.addEventListener("htmx:afterSettle", () => {
    dressAll(tree);
    if (tree.follow) goTo(tree, tree.follow.nextElementSibling);
    tree.follow = null;
  });
  tree.addEventListener("htmx:responseError", ({ target }) => close(itemOf(target)));
  tree.addEventListener("htmx:sendError", ({ target }) => close(itemOf(target)));
}

for (const tree of document.querySelectorAll("[data-tree]")) grow(tree);
