/* Choosing and ordering what is shown. */

const ANY = { text: "", order: "common", stage: "", status: "", decision: "", file: "", least: 0, below: null };

/** The changes that the filters let through, a 1 for each. */
function chooseChanges(app) {
  const { model, query, rulings } = app;
  const { status, confidence } = model.changes;
  const files = chooseDocuments(model, query.file);
  const chosen = new Uint8Array(model.size);
  for (let i = 0; i < model.size; i++) {
    chosen[i] =
      (!query.status || status[i] === query.status) &&
      confidence[i] >= query.least &&
      (query.below === null || confidence[i] < query.below) &&
      (!files || files[model.documentOf[i]]) &&
      (!query.decision || (rulings.get(i)?.verdict ?? "none") === query.decision);
  }
  return chosen;
}

/** Which documents have a name that holds what was typed; null for all. */
function chooseDocuments(model, typed) {
  if (!typed) return null;
  const exact = model.documents.some((doc) => doc.name === typed);
  return model.documents.map(({ name }) => (exact ? name === typed : holds(name, typed.toLowerCase())));
}

/** The series to show, each with those of its places that the filters and the search let through, in their order. */
function findSeries(app) {
  const { model, query } = app;
  const chosen = chooseChanges(app);
  const found = [];
  for (const s of model.series) {
    if (query.stage && model.pairs.stage[s] !== query.stage) continue;
    let places = model.members[s].filter((i) => chosen[i]);
    if (query.text && places.length) places = searchPlaces(app, s, places);
    if (places.length) found.push({ series: s, places, least: leastOf(model, places) });
  }
  return sortSeries(model, query.order, found);
}

/** A series whose word is searched for is found whole, otherwise those of its places whose lines hold the text. */
function searchPlaces({ model, query }, s, places) {
  const wanted = query.text.toLowerCase();
  const { before, after } = model.pairs;
  if (holds(before[s], wanted) || holds(after[s], wanted)) return places;
  return places.filter((i) => {
    const at = model.changes.offset[i];
    const near = excerptAt(model, i).slice(Math.max(0, at - AROUND), at + AROUND);
    return holds(near, wanted) || holds(model.changes.after[i], wanted);
  });
}

function holds(text, wanted) {
  return text.toLowerCase().includes(wanted);
}

function leastOf(model, places) {
  return places.reduce((least, i) => Math.min(least, model.changes.confidence[i]), 10000);
}

function sortSeries({ pairs }, order, found) {
  const compare = {
    common: (a, b) => b.places.length - a.places.length || a.least - b.least,
    uncertain: (a, b) => a.least - b.least || b.places.length - a.places.length,
    text: (a, b) => a.places[0] - b.places[0],
  }[order];
  const name = (a, b) => byName(pairs.before, a, b) || byName(pairs.after, a, b) || byName(pairs.stage, a, b);
  return found.sort((a, b) => compare(a, b) || name(a, b));
}

function byName(names, a, b) {
  return Number(names[a.series] > names[b.series]) - Number(names[a.series] < names[b.series]);
}

/** The places of a series as they are shown: by certainty where that is the order, otherwise by place. */
function orderPlaces({ model, query }, places) {
  if (query.order !== "uncertain") return places;
  return places.toSorted((a, b) => model.changes.confidence[a] - model.changes.confidence[b] || a - b);
}

/** How many different changes some series show. */
function countPlaces(found) {
  return new Set(found.flatMap((item) => item.places)).size;
}
