/* The keyboard: single keys act on what has the focus in the list. */

const KEYS = {
  j: (app) => moveFocus(app, 1),
  ArrowDown: (app) => moveFocus(app, 1),
  k: (app) => moveFocus(app, -1),
  ArrowUp: (app) => moveFocus(app, -1),
  Home: (app) => focusItem(app, 0),
  End: (app) => focusItem(app, app.feed.items.length - 1),
  a: (app) => judgeFocused(app, "accept"),
  r: (app) => judgeFocused(app, "reject"),
  e: (app) => startEditing(app, focusedTarget(app)),
  s: (app) => toggleFocused(app),
  Enter: (app) => toggleFocused(app),
  w: (app) => explain(app, focusedPlace(app)),
};
const ANYWHERE = {
  u: (app) => stepBack(app, undo, "Undone"),
  U: (app) => stepBack(app, redo, "Done again"),
  "/": () => byId("query").elements.text.focus(),
  "?": () => byId("help").showModal(),
};

function setUpKeys(app) {
  document.addEventListener("keydown", (event) => {
    const act = findKey(app, event);
    if (!act) return;
    event.preventDefault();
    act(app);
  });
}

/** What a key does where it was pressed; null for nothing. */
function findKey(app, event) {
  if (document.querySelector("dialog[open]")) return null;
  if (event.key === "Escape" && event.target.closest(".editor")) return stopEditing;
  if (event.ctrlKey || event.metaKey) return commandKey(event);
  if (event.altKey || !app.singleKeys || isTyping(event.target)) return null;
  return ANYWHERE[event.key] ?? listKey(app, event);
}

/** Arrows and Enter belong to the list only where an entry has the focus, and letters where it is anywhere within. */
function listKey(app, { target, key }) {
  if (!(key in KEYS) || !app.feed.items.length) return null;
  const isEntry = target.matches(".series, .place");
  const isWithin = app.feed.container.contains(target) && key.length === 1;
  return isEntry || isWithin || key === "j" || key === "k" ? KEYS[key] : null;
}

function commandKey({ key, target, shiftKey }) {
  if (key === "s") return openSave;
  if (key.toLowerCase() !== "z" || isTyping(target)) return null;
  return shiftKey ? ANYWHERE.U : ANYWHERE.u;
}

/** A field of a dialog that was just closed keeps the focus until the next frame; nobody types in it. */
function isTyping(target) {
  return !target.closest("dialog") && target.matches("input:not([type=radio], [type=checkbox]), textarea, select");
}

/** Go to the next or last place of a series that is shown whole, or to the next or last series. */
function moveFocus(app, by) {
  const focused = focusedElement(app);
  if (!focused) {
    focusItem(app, app.current);
    return;
  }
  const article = focused.closest(".series");
  const stops = [article, ...(article.hasAttribute("data-open") ? article.querySelectorAll(".place") : [])];
  const next = stops[stops.indexOf(focused) + by];
  if (next) focusOn(app, next);
  else focusItem(app, Number(article.dataset.number) + by);
}

/** Give the focus to the article of an item, which may not be drawn yet. */
function focusItem(app, number) {
  const bounded = Math.max(0, Math.min(number, app.feed.items.length - 1));
  const article = articleAt(app.feed, bounded);
  if (article) focusOn(app, article);
}

function focusOn(app, stop) {
  const article = stop.closest(".series");
  app.feed.container.querySelectorAll('.series[tabindex="0"]').forEach((old) => (old.tabIndex = -1));
  app.current = Number(article.dataset.number);
  article.tabIndex = 0;
  stop.focus({ preventScroll: true });
  stop.scrollIntoView({ block: "nearest" });
}

/** The place or else the article that the focus is in. */
function focusedElement(app) {
  const active = document.activeElement;
  if (!app.feed.container.contains(active)) return null;
  return active.closest(".series[data-open] .place") ?? active.closest(".series");
}

/** What a decision by key is about. */
function focusedTarget(app) {
  const focused = focusedElement(app);
  const { series } = app.feed.items[Number(focused.closest(".series").dataset.number)];
  if (focused.matches(".place")) return { place: Number(focused.dataset.place) };
  const members = app.model.members[series];
  return members.length === 1 ? { place: members[0] } : { series };
}

function focusedPlace(app) {
  const focused = focusedElement(app);
  return Number((focused.matches(".place") ? focused : focused.querySelector(".place")).dataset.place);
}

/** Decide, and go on to the next. */
function judgeFocused(app, verdict) {
  const target = focusedTarget(app);
  if (verdict === "reject" && target.place !== undefined && isSuspected(app.model, target.place)) return;
  judge(app, target, makeDecision(verdict));
  if (ownDecision(app, target)) moveFocus(app, 1);
}

function toggleFocused(app) {
  const article = focusedElement(app).closest(".series");
  toggleSeries(app, app.feed.items[Number(article.dataset.number)]);
}
