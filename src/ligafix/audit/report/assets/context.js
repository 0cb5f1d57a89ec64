/* A change in its lines. */

const AROUND = 160; // UTF-16 units on each side at most, as excerpts.py cuts them
const MOST_NEIGHBOURS = 60;
const LONGEST_WORD = 24;

/** Nodes that show a change marked in its lines; the other changes there read as they are decided. */
function showContext(app, i) {
  const { model } = app;
  const text = excerptAt(model, i);
  const lineEnds = documentAt(model, i).line_ends;
  const span = { start: model.changes.offset[i], end: endOf(model, i) };
  const shown = windowAround(text, span, lineEnds === "cr" ? "\r" : "\n");
  const nodes = shown.cutBefore ? ["…\u2060"] : [];
  let at = shown.start;
  for (const part of [...neighboursOf(app, i, shown, span), { ...span, own: true }].sort((a, b) => a.start - b.start)) {
    if (part.start < at) continue;
    nodes.push(...showText(text.slice(at, part.start), lineEnds));
    nodes.push(...(part.own ? showChange(app, i, true) : [showNeighbour(part.after, lineEnds)]));
    at = part.end;
  }
  nodes.push(...showText(text.slice(at, shown.end), lineEnds), shown.cutAfter ? "…" : "");
  return nodes;
}

/** The marks of a change: what stands in the source, struck where it goes, and what comes in its place. */
function showChange(app, i, inContext = false) {
  const { model } = app;
  const lineEnds = documentAt(model, i).line_ends;
  const before = el("del", {}, showMarked(beforeAt(model, i), lineEnds));
  const ruling = app.rulings.get(i);
  if (isSuspected(model, i) && ruling?.verdict !== "edit") return [before];
  const after = outcomeOf(app, i, ruling);
  return [before, el("ins", {}, showMarked(after, lineEnds, inContext))];
}

/** What would stand in place of a change. */
function outcomeOf({ model }, i, ruling) {
  if (ruling?.verdict === "edit") return ruling.text;
  const written = ruling ? null : model.changes.written[i];
  return written ?? model.changes.after[i];
}

/** The lines of a span and the line on each side that is not blank, or as much of them as is shown. */
function windowAround(text, span, lineEnd) {
  const low = Math.max(0, span.start - AROUND);
  const high = Math.min(text.length, span.end + AROUND);
  const left = text.slice(low, span.start).split(lineEnd);
  const right = text.slice(span.end, high).split(lineEnd);
  const start = span.start - lengthOf(left.slice(-2 - blanks(left.slice(0, -1).reverse())), lineEnd);
  const end = span.end + lengthOf(right.slice(0, 2 + blanks(right.slice(1))), lineEnd);
  const cutBefore = start > 0 && text[start - 1] !== lineEnd;
  const cutAfter = end < text.length && text[end] !== lineEnd;
  return {
    start: cutBefore ? Math.min(span.start, skipWord(text, start, 1)) : start,
    end: cutAfter ? Math.max(span.end, skipWord(text, end, -1)) : end,
    cutBefore,
    cutAfter,
  };
}

/** Where the word that a place lies in ends, or with -1 starts, so that none is cut; a long one is. */
function skipWord(text, at, step) {
  for (let n = 0; n < LONGEST_WORD; n++) {
    const place = at + n * step;
    if (/\s/.test(text[step > 0 ? place : place - 1] ?? " ")) return place;
  }
  return isLowSurrogate(text, at) ? at + step : at;
}

/** How many blank lines stand first, if any other comes behind them. */
function blanks(lines) {
  const first = lines.findIndex((line) => line.trim());
  return Math.max(first, 0);
}

function lengthOf(lines, lineEnd) {
  return lines.join(lineEnd).length;
}

function isLowSurrogate(text, at) {
  const code = text.charCodeAt(at);
  return at > 0 && code >= 0xdc00 && code <= 0xdfff && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
}

/** The other changes of a window that are made, in its text. */
function neighboursOf(app, i, shown, span) {
  const near = [...neighbourNumbers(app.model, i, -1), ...neighbourNumbers(app.model, i, 1)];
  const parts = near.map((j) => ({ start: app.model.changes.offset[j], end: endOf(app.model, j), number: j }));
  return parts
    .filter((p) => p.start >= shown.start && p.end <= shown.end && (p.end <= span.start || p.start >= span.end))
    .map((p) => ({ ...p, ruling: app.rulings.get(p.number) }))
    .filter((p) => isMade(app.model, p.number, p.ruling))
    .map((p) => ({ ...p, after: outcomeOf(app, p.number, p.ruling) }));
}

function neighbourNumbers(model, i, step) {
  const { excerpt } = model.changes;
  const found = [];
  for (let j = i + step; found.length < MOST_NEIGHBOURS; j += step) {
    if (model.documentOf[j] !== model.documentOf[i] || excerpt[j] !== excerpt[i]) break;
    found.push(j);
  }
  return found;
}

function showNeighbour(after, lineEnds) {
  return el("span", { class: "neighbour" }, showText(after, lineEnds));
}
