/* Why a change was made: its steps, the reasons given, and the runners-up. */

/** What lies behind a change, for the reader who asks. */
function showWhy(app, i) {
  const { model } = app;
  const steps = stepsAt(model, i);
  const isLiteral = steps.length === 1 && steps[0].candidates.some(([text]) => text === model.changes.after[i]);
  return el(
    "div",
    { class: "why", id: `why-${i}` },
    steps.map((step, n) => showStep(app, i, step, { number: steps.length > 1 ? n + 1 : 0, isLiteral })),
    showFacts(app, i),
  );
}

function showStep(app, i, step, { number, isLiteral }) {
  const lineEnds = documentAt(app.model, i).line_ends;
  const change = [showMarked(step.before, lineEnds), " → ", showMarked(step.after, lineEnds)].flat();
  return el(
    "section",
    { class: "step" },
    el(
      "p",
      { class: "reason" },
      el("b", {}, step.stage),
      ` · ${step.rule}`,
      number ? [` · step ${number}: `, ...change] : null,
    ),
    step.evidence ? el("p", { class: "evidence" }, showText(step.evidence, "lf")) : null,
    step.candidates.length ? showCandidates(app, i, step, isLiteral) : null,
  );
}

/** The ways to read a place, each with its probability; another one than was taken can be taken with a click. */
function showCandidates(app, i, step, isLiteral) {
  const rows = step.candidates.map(([text, probability]) =>
    el(
      "li",
      { class: "candidate" },
      el("span", { class: "reading" }, showMarked(text, documentAt(app.model, i).line_ends)),
      meter(probability),
      el("span", { class: "number" }, percent(probability)),
      isLiteral ? offerReading(app, i, text) : null,
    ),
  );
  return el("ol", { class: "candidates", "aria-label": "Readings that were weighed" }, rows);
}

function offerReading(app, i, text) {
  if (text === app.model.changes.after[i]) return el("span", { class: "chosen" }, "proposed");
  const label = `take this: ${sayText(text)}`;
  return button("take", label, { class: "link", dataset: { place: i, text } }, "take this");
}

function meter(parts) {
  return el("span", { class: "meter", "aria-hidden": "true" }, el("i", { style: { width: `${parts / 100}%` } }));
}

function showFacts(app, i) {
  const { model } = app;
  const facts = [`line ${NUMBERS.format(model.changes.line[i])}, column ${NUMBERS.format(model.changes.column[i])}`];
  const unusual = [...new Set(beforeAt(model, i))].filter((sign) => sign > "~" || sign < " ").slice(0, 6);
  if (unusual.length) facts.push(`written with ${unusual.map(nameCode).join(", ")}`);
  const companions = (model.groupOf.get(i)?.length ?? 1) - 1;
  if (companions) facts.push(`decided together with ${count(companions, "other place")}`);
  if (model.changes.decided_by[i]) facts.push(`decided before by ${model.changes.decided_by[i]}`);
  return el("p", { class: "facts" }, facts.join(" · "));
}

function nameCode(sign) {
  const code = `U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  UNSEEN.lastIndex = 0;
  return UNSEEN.test(sign) ? code : `${code} ${/\p{M}/u.test(sign) ? "◌" : ""}${sign}`;
}
