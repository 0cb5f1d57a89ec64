/* The page comes alive: what its buttons do, and what follows from a decision. */

const THEMES = ["auto", "light", "dark"];

const actions = {
  accept: (app, { dataset }) => judge(app, targetOf(dataset), makeDecision("accept")),
  reject: (app, { dataset }) => judge(app, targetOf(dataset), makeDecision("reject")),
  edit: (app, { dataset }) => startEditing(app, targetOf(dataset)),
  take: (app, { dataset }) => takeReading(app, Number(dataset.place), dataset.text),
  cancel: (app) => stopEditing(app),
  why: (app, { dataset }) => explain(app, Number(dataset.place)),
  more: (app, { dataset }) => openSeries(app, Number(dataset.series), 1),
  fewer: (app, { dataset }) => openSeries(app, Number(dataset.series), 0),
  undo: (app) => stepBack(app, undo, "Undone"),
  redo: (app) => stepBack(app, redo, "Done again"),
  help: () => byId("help").showModal(),
  save: (app) => openSave(app),
  download: (app) => saveFile(app),
  close: (_app, node) => node.closest("dialog").close(),
  theme: (app) => setTheme(THEMES[(THEMES.indexOf(readTheme()) + 1) % THEMES.length]),
  reset: (app) => ask(app, {}),
  filters: (_app, node) => toggleFilters(node),
  "filter-stage": (app, { dataset }) => ask(app, { stage: dataset.stage }),
  "filter-file": (app, { dataset }) => ask(app, { file: dataset.file }),
  "filter-confidence": (app, { dataset }) => ask(app, rangeOf(dataset)),
  "more-documents": (app) => showDocuments(app),
};

async function startPage() {
  setTheme(readTheme());
  const payload = await unpack(byId("payload").textContent);
  const app = makeApp(makeModel(payload));
  drawOverview(app);
  setUpToolbar(app);
  setUpKeys(app);
  setUpDialogs(app);
  document.addEventListener("click", ({ target }) => {
    const node = target.closest("[data-action]");
    if (node) actions[node.dataset.action](app, node);
  });
  app.feed.container.addEventListener("submit", (event) => {
    event.preventDefault();
    saveEdit(app, event.target);
  });
  addEventListener("beforeprint", () => drawAll(app.feed));
  addEventListener("beforeunload", (event) => app.unkept && event.preventDefault());
  refresh(app);
  showProgress(app);
  document.documentElement.dataset.ready = "true";
}

function makeApp(model) {
  const app = {
    model,
    decisions: restoreDecisions(),
    current: 0,
    opened: new Map(),
    explained: new Set(),
    editing: null,
  };
  app.rulings = computeRulings(model, app.decisions);
  app.documentsShown = FIRST_DOCUMENTS;
  app.unkept = false;
  app.singleKeys = readStore("ligafix-report:keys") ?? true;
  app.feed = makeFeed(byId("feed"), (item, number) => drawSeries(app, item, number));
  return app;
}

function targetOf({ place, series }) {
  return place === undefined ? { series: Number(series) } : { place: Number(place) };
}

/** Decide about a place or a series; the same verdict again takes it back. */
function judge(app, target, decision) {
  const [scope, key] = Object.entries(target)[0];
  const former = ownDecision(app, target);
  const isSame = decision.verdict !== "edit" && former?.verdict === decision.verdict;
  const label = `${isSame ? "Undecided" : VERDICTS[decision.verdict]}: ${sayTarget(app.model, target)}`;
  decide(app.decisions, [{ scope, key, decision: isSame ? null : decision }], label);
  settle(app, label);
}

function sayTarget(model, { place, series }) {
  const s = place === undefined ? series : seriesAt(model, place).at(-1);
  const where =
    place === undefined ? count(model.members[s].length, "place") : `line ${NUMBERS.format(model.changes.line[place])}`;
  return `${sayPair(model, s)}, ${where}`;
}

function takeReading(app, i, text) {
  judge(app, { place: i }, text === beforeAt(app.model, i) ? makeDecision("reject") : makeDecision("edit", text));
}

function stepBack(app, take, word) {
  const action = take(app.decisions);
  if (action) settle(app, `${word}: ${action.label}`);
  else announce(`There is nothing to ${take === undo ? "undo" : "do again"}.`);
}

/** What follows from a change of the decisions. */
function settle(app, message) {
  app.rulings = computeRulings(app.model, app.decisions);
  redrawItems(app.feed, () => true);
  app.unkept = !keepDecisions(app) && app.rulings.size > 0;
  showProgress(app);
  announce(app.unkept ? `${message}. This browser keeps nothing: save before you leave.` : message);
}

function showProgress(app) {
  const { model, rulings, decisions } = app;
  const bar = byId("progress");
  bar.max = Math.max(1, model.size);
  bar.value = rulings.size;
  byId("progress-text").textContent = `${NUMBERS.format(rulings.size)} of ${NUMBERS.format(model.size)} decided`;
  document.querySelector('[data-action="undo"]').disabled = !decisions.past.length;
  document.querySelector('[data-action="redo"]').disabled = !decisions.future.length;
}

/** Tell what was done: to the eye in the bar below, and to screen readers. */
function announce(message) {
  byId("message").textContent = message;
}

function redrawTarget({ feed, model }, { place, series }) {
  const concerned = new Set(place === undefined ? [series] : seriesAt(model, place));
  redrawItems(feed, (item) => concerned.has(item.series));
}

function explain(app, i) {
  if (!app.explained.delete(i)) app.explained.add(i);
  redrawTarget(app, { place: i });
}

/** Show more places of a series, or only its first again. */
function openSeries(app, series, pages) {
  const shown = app.opened.get(series) ?? FIRST_PLACES;
  app.opened.set(series, pages ? (shown === FIRST_PLACES ? 0 : shown) + MORE_PLACES : FIRST_PLACES);
  redrawTarget(app, { series });
}

function toggleSeries(app, { series, places }) {
  if (places.length > 1) openSeries(app, series, (app.opened.get(series) ?? FIRST_PLACES) === FIRST_PLACES ? 1 : 0);
}

function showDocuments(app) {
  app.documentsShown += 100;
  drawDocuments(app);
}

function rangeOf({ least, below }) {
  return { least: least === "0" ? "" : least / 100, below: below > 10000 ? "" : below / 100 };
}

function toggleFilters(node) {
  const isOpen = byId("filters").classList.toggle("open");
  node.setAttribute("aria-expanded", String(isOpen));
}

/* The dialogs. */

function setUpDialogs(app) {
  const reviewer = byId("reviewer");
  reviewer.value = readStore("ligafix-report:reviewer") ?? "";
  reviewer.addEventListener("input", () => writeStore("ligafix-report:reviewer", reviewer.value));
  const keys = byId("single-keys");
  keys.checked = app.singleKeys;
  keys.addEventListener("change", () => {
    app.singleKeys = keys.checked;
    writeStore("ligafix-report:keys", keys.checked);
  });
  byId("load").addEventListener("change", ({ target }) => loadFile(app, target));
}

function openSave(app) {
  const { place, series } = app.decisions;
  const told =
    place.size + series.size
      ? `${count(series.size, "series", "series")} and ${count(place.size, "single place")} decided so far.`
      : "Nothing is decided yet.";
  byId("save-text").textContent = told;
  byId("load-text").textContent = "";
  byId("save").showModal();
}

function saveFile(app) {
  download("decisions.jsonl", toLines(app.model, app.decisions, byId("reviewer").value.trim()));
  announce("Saved as decisions.jsonl");
}

async function loadFile(app, input) {
  const [file] = input.files;
  if (!file) return;
  try {
    const { entries, others } = fromLines(app.model, await file.text());
    app.decisions.others = others;
    decide(app.decisions, entries, `Loaded ${file.name}`);
    settle(app, `Loaded ${count(entries.length, "decision")} from ${file.name}`);
    const apart = others.length ? `; ${count(others.length, "other")} about other documents will be saved along` : "";
    byId("load-text").textContent = `${count(entries.length, "decision")} loaded${apart}.`;
  } catch (error) {
    byId("load-text").textContent = error.message;
  }
  input.value = "";
}

/* Light and dark. */

function readTheme() {
  const kept = readStore("ligafix-report:theme");
  return THEMES.includes(kept) ? kept : "auto";
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  writeStore("ligafix-report:theme", theme);
  const label = { auto: "as the system", light: "light", dark: "dark" }[theme];
  const node = document.querySelector('[data-action="theme"]');
  node.setAttribute("aria-label", `Theme: ${label}; change`);
  node.title = `Theme: ${label}`;
}

startPage().catch((error) => {
  document.documentElement.dataset.ready = "failed";
  byId("lead").textContent = `This browser cannot show the report: ${error.message}. A current one can.`;
});
