/* Writing another text for a place or a series. */

function isEditing({ editing }, { place, series }) {
  if (!editing) return false;
  return place === undefined ? editing.series === Number(series) : editing.place === Number(place);
}

/** The form that takes the place of the buttons. */
function drawEditor(app, target) {
  const { model } = app;
  const proposed = target.place === undefined ? model.pairs.after[target.series] : model.changes.after[target.place];
  const label = el("span", { class: "label" }, "Write instead");
  const input = el("input", {
    name: "text",
    value: toPictures(ownDecision(app, target)?.text ?? proposed),
    autocomplete: "off",
    spellcheck: "false",
    dir: "auto",
  });
  const hint = /[\u0000-\u001f]/.test(proposed) ? el("small", {}, "␊ is a line end") : null;
  return el(
    "form",
    { class: "editor", dataset: target },
    el("label", {}, label, input, hint),
    el("button", { type: "submit", class: "primary" }, "Save"),
    button("cancel", "Cancel the edit", {}, "Cancel"),
  );
}

function startEditing(app, target) {
  const former = app.editing;
  app.editing = target;
  if (former) redrawTarget(app, former);
  redrawTarget(app, target);
  const input = app.feed.container.querySelector("form.editor input");
  input?.focus();
  input?.select();
}

function stopEditing(app) {
  const target = app.editing;
  if (!target) return;
  app.editing = null;
  document.activeElement?.blur();
  redrawTarget(app, target);
  app.feed.container.querySelector(targetSelector(target, "edit"))?.focus({ preventScroll: true });
}

/** Take what was written: the text proposed is an acceptance. */
function saveEdit(app, form) {
  const target = app.editing;
  const text = fromPictures(form.elements.text.value);
  const proposed =
    target.place === undefined ? app.model.pairs.after[target.series] : app.model.changes.after[target.place];
  const riddle = target.place !== undefined && isSuspected(app.model, target.place);
  stopEditing(app);
  judge(app, target, text === proposed && !riddle ? makeDecision("accept") : makeDecision("edit", text));
}

function targetSelector({ place, series }, action) {
  const about = place === undefined ? `[data-series="${series}"]` : `[data-place="${place}"]`;
  return `[data-action="${action}"]${about}`;
}
