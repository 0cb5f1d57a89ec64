/* What the reader decided, and what follows from it for each change.

   A decision is {verdict, text, reviewer, time}; those about places are kept by the numbers of changes, those about
   series by the numbers of pairs. What follows is as `ligafix apply` has it: see audit/apply.py. */

const VERDICTS = { accept: "Accepted", reject: "Rejected", edit: "Edited" };
const NOTED = new Set(["suggested", "suspected"]);

function makeDecisions() {
  return { place: new Map(), series: new Map(), past: [], future: [], others: [] };
}

/** Decide, or with null leave undecided again, as one action that can be undone. */
function decide(decisions, entries, label) {
  decisions.past.push({ entries: entries.map((entry) => exchange(decisions, entry)), label });
  decisions.future = [];
}

/** Take the last action back; answers with it, or undefined where there is none. */
function undo(decisions) {
  return move(decisions, decisions.past, decisions.future);
}

function redo(decisions) {
  return move(decisions, decisions.future, decisions.past);
}

function move(decisions, from, to) {
  const action = from.pop();
  if (!action) return undefined;
  to.push({
    entries: action.entries
      .toReversed()
      .map((e) => exchange(decisions, e))
      .reverse(),
    label: action.label,
  });
  return action;
}

/** Put a decision in its place; answers with what brings back the one that was there. */
function exchange(decisions, { scope, key, decision }) {
  const kept = decisions[scope];
  const former = kept.get(key) ?? null;
  if (decision) kept.set(key, decision);
  else kept.delete(key);
  return { scope, key, decision: former };
}

function makeDecision(verdict, text = null) {
  return { verdict, text, reviewer: null, time: new Date().toISOString().replace(/\.\d+Z$/, "Z") };
}

/** What the decisions make of each change that they concern: {verdict, text}, by the numbers of changes. */
function computeRulings(model, decisions) {
  const rulings = new Map();
  for (const s of decisions.series.keys()) {
    for (const i of model.members[s])
      if (!decisions.place.has(i)) setRuling(rulings, i, ruleBySeries(model, decisions, i));
  }
  for (const [i, decision] of decisions.place) setRuling(rulings, i, ruleByText(model, i, decision));
  for (const members of new Set([...rulings.keys()].map((i) => model.groupOf.get(i)))) {
    if (members) ruleGroup(model, rulings, members);
  }
  return rulings;
}

function setRuling(rulings, i, ruling) {
  if (ruling) rulings.set(i, ruling);
}

/** A decision about a place; to write what the source has is to reject. */
function ruleByText(model, i, { verdict, text }) {
  if (verdict !== "edit") return { verdict, text: null };
  const before = beforeAt(model, i);
  const rejects = text === before && before !== model.changes.after[i];
  return rejects ? { verdict: "reject", text: null } : { verdict, text };
}

/** What the decisions about a change's series come to; null where that cannot be told. */
function ruleBySeries(model, decisions, i) {
  const steps = stepsAt(model, i);
  const asked = stepsInQuestion(model, i, steps);
  const results = new Map();
  const verdicts = [];
  for (const n of asked) {
    const decision = decisions.series.get(model.steps.pair[asList(model.changes.steps[i])[n]]);
    if (!decision) continue;
    verdicts.push(decision.verdict);
    if (decision.verdict !== "accept") results.set(n, decision.text ?? steps[n].before);
  }
  if (!results.size) return { verdict: "accept", text: null };
  if (asked.every((n) => results.get(n) === steps[n].before)) return { verdict: "reject", text: null };
  const text = rewrite(model.changes.after[i], steps, results);
  if (text !== null) return ruleByText(model, i, { verdict: "edit", text });
  return verdicts.includes("reject") ? { verdict: "reject", text: null } : null;
}

/** The steps that a decision about a series may concern: of what is only noted, the last. */
function stepsInQuestion(model, i, steps) {
  const all = steps.map((_, n) => n);
  return NOTED.has(model.changes.status[i]) ? all.slice(-1) : all;
}

/** The text of a change, had some of its steps had other results; null where that cannot be told. */
function rewrite(after, steps, results) {
  const first = Math.min(...results.keys());
  let text = after;
  for (const step of steps.slice(first).reverse()) text = swap(text, step.after, step.before);
  steps.forEach((step, n) => {
    if (n >= first) text = swap(text, step.before, results.get(n) ?? step.after);
  });
  return text;
}

/** A text with another piece in the place of the one and only; null if it is not that. */
function swap(text, old, other) {
  if (!text || !old || !text.includes(old) || text.indexOf(old) !== text.lastIndexOf(old)) return null;
  return text.replace(old, () => other);
}

/** A group stays whole: one member rejected rejects it, one accepted takes those along that were only suggested. */
function ruleGroup(model, rulings, members) {
  const rejected = members.some((i) => rulings.get(i)?.verdict === "reject");
  for (const i of members) {
    if (rejected) rulings.set(i, { verdict: "reject", text: null });
    else if (!rulings.has(i) && model.changes.status[i] !== "applied") {
      rulings.set(i, { verdict: "accept", text: null });
    }
  }
}

/** Whether a change is, or would be, made. */
function isMade(model, i, ruling) {
  if (ruling) return ruling.verdict !== "reject";
  return model.changes.status[i] === "applied";
}

/* The decisions file: JSON Lines, as audit/decisions.schema.json describes them. */

function toLines(model, decisions, reviewer) {
  const series = [...decisions.series].map(([s, decision]) => [seriesKey(model, s), decision]);
  const places = [...decisions.place].map(([i, decision]) => [placeKey(model, i), decision]);
  const records = [...series, ...places].map(([key, decision]) => ({
    type: "decision",
    ...key,
    ...decision,
    reviewer: decision.reviewer ?? (reviewer || null),
  }));
  return [...records, ...decisions.others].map((record) => `${toAscii(JSON.stringify(record))}\n`).join("");
}

function seriesKey({ pairs }, s) {
  return { scope: "series", stage: pairs.stage[s], before: pairs.before[s], after: pairs.after[s] };
}

function placeKey(model, i) {
  const { start, length, after } = model.changes;
  const span = { start: start[i], end: start[i] + length[i] };
  return { scope: "place", source: documentAt(model, i).sha256, ...span, before: beforeAt(model, i), after: after[i] };
}

function toAscii(json) {
  return json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Read a decisions file: what is about this report, and how many lines are about others.
    Throws an Error that says which line is none. */
function fromLines(model, text) {
  const find = makeFinder(model);
  const found = { entries: [], others: [] };
  text.split("\n").forEach((line, number) => {
    if (!line.trim()) return;
    const record = readRecord(line, number + 1);
    const key = find(record);
    if (key === undefined) found.others.push(record);
    else found.entries.push({ scope: record.scope, key, decision: pickDecision(record) });
  });
  return found;
}

function readRecord(line, number) {
  let record = null;
  try {
    record = JSON.parse(line);
  } catch {
    /* the same complaint as for other lines that are no decisions */
  }
  const known = record?.type === "decision" && ["place", "series"].includes(record.scope) && record.verdict in VERDICTS;
  if (!known || (record.verdict === "edit") !== (typeof record.text === "string")) {
    throw new Error(`Line ${number} is no decision; is this a decisions file?`);
  }
  return record;
}

function pickDecision({ verdict, text, reviewer, time }) {
  return { verdict, text, reviewer, time };
}

/** A way to find what a record is about in the data. */
function makeFinder(model) {
  const known = new Map(model.series.map((s) => [JSON.stringify(seriesKey(model, s)), s]));
  for (let i = 0; i < model.size; i++) known.set(JSON.stringify(placeKey(model, i)), i);
  return (record) => known.get(JSON.stringify(pickKey(record)));
}

/** What a record is about, its fields in the order in which `seriesKey` and `placeKey` have them. */
function pickKey({ scope, source, start, end, stage, before, after }) {
  return scope === "place" ? { scope, source, start, end, before, after } : { scope, stage, before, after };
}
