/* Search, order and filters. */

const TYPING_PAUSE = 150; // milliseconds

function setUpToolbar(app) {
  const form = byId("query");
  fillSelect(form.elements.stage, app.model.stages);
  fillSelect(form.elements.status, [...new Set(app.model.changes.status)]);
  byId("file-names").replaceChildren(
    ...app.model.documents.slice(0, 1000).map((doc) => el("option", { value: doc.name })),
  );
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    app.feed.container.setAttribute("aria-busy", "true");
    waiting = setTimeout(() => refresh(app), TYPING_PAUSE);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
}

function fillSelect(select, values) {
  select.append(...values.map((value) => el("option", { value }, value)));
  select.disabled = values.length < 2;
}

/** What the form asks for. */
function readQuery(form) {
  const { text, order, stage, status, decision, file, least, below } = form.elements;
  return {
    text: text.value,
    order: order.value,
    stage: stage.value,
    status: status.value,
    decision: decision.value,
    file: file.value.trim(),
    least: least.value === "" ? ANY.least : Math.round(least.valueAsNumber * 100),
    below: below.value === "" ? ANY.below : Math.round(below.valueAsNumber * 100),
  };
}

/** Set some fields of the form, clear the other filters, and show what fits. */
function ask(app, fields) {
  const form = byId("query");
  const order = form.elements.order.value;
  form.reset();
  Object.entries({ order, ...fields }).forEach(([name, value]) => (form.elements[name].value = value));
  refresh(app);
  byId("corrections").scrollIntoView();
}

/** Show what the form asks for. */
function refresh(app) {
  app.query = readQuery(byId("query"));
  app.editing = null;
  app.current = 0;
  const found = findSeries(app);
  app.feed.container.setAttribute("aria-busy", "false");
  fillFeed(app.feed, found);
  showResult(app, found);
}

function showResult(app, found) {
  const nothing = !found.length;
  byId("found").textContent = nothing
    ? "Nothing found"
    : `${count(found.length, "series", "series")}, ${count(countPlaces(found), "place")}`;
  const isFiltered = Object.keys(ANY).some((name) => name !== "order" && app.query[name] !== ANY[name]);
  byId("clear").hidden = !isFiltered;
  byId("filters-on").hidden = !isFiltered;
  byId("empty").hidden = !nothing;
  byId("empty-text").textContent = app.model.size
    ? "No correction fits this search and these filters."
    : "Nothing was changed, and nothing looks damaged.";
  byId("empty-reset").hidden = !app.model.size;
}
