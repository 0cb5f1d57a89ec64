/* The data: columns, as payload.py makes them, and what is looked up in them. */

/** Read the compressed data of the page. */
async function unpack(packed) {
  const letters = atob(packed);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
}

/** The data with the ways into it: which document a change is in, which changes a series has. */
function makeModel(payload) {
  const { documents, pairs, changes } = payload;
  const size = changes.start.length;
  const model = { ...payload, size, documentOf: new Int32Array(size), firstOf: [], members: [] };
  documents.forEach((doc, number) => {
    const first = number ? model.firstOf[number - 1] + documents[number - 1].changes : 0;
    model.firstOf.push(first);
    model.documentOf.fill(number, first, first + doc.changes);
  });
  model.members = pairs.before.map(() => []);
  for (let i = 0; i < size; i++) asList(changes.series[i]).forEach((s) => model.members[s].push(i));
  model.series = pairs.before.map((_, s) => s).filter((s) => model.members[s].length);
  model.groupOf = findGroups(model);
  model.stages = [...new Set(model.series.map((s) => pairs.stage[s]))].sort();
  return model;
}

function documentAt(model, i) {
  return model.documents[model.documentOf[i]];
}

function excerptAt(model, i) {
  return documentAt(model, i).excerpts[model.changes.excerpt[i]];
}

/** What the source has at a change. */
function beforeAt(model, i) {
  const offset = model.changes.offset[i];
  return excerptAt(model, i).slice(offset, endOf(model, i));
}

/** Where a change ends in its excerpt: the logs count code points, strings here count UTF-16 units. */
function endOf(model, i) {
  const text = excerptAt(model, i);
  let at = model.changes.offset[i];
  for (let n = model.changes.length[i]; n > 0; n--) at += text.codePointAt(at) > 0xffff ? 2 : 1;
  return at;
}

function seriesAt(model, i) {
  return asList(model.changes.series[i]);
}

/** The steps of a change, spelt out. */
function stepsAt(model, i) {
  const { steps, pairs, texts } = model;
  return asList(model.changes.steps[i]).map((n) => ({
    stage: pairs.stage[steps.pair[n]],
    before: pairs.before[steps.pair[n]],
    after: pairs.after[steps.pair[n]],
    rule: texts[steps.rule[n]],
    evidence: texts[steps.evidence[n]],
    confidence: steps.confidence[n],
    candidates: steps.candidates[n],
  }));
}

/** What a change asks for: `suspected` places have no reading. */
function isSuspected(model, i) {
  return model.changes.status[i] === "suspected";
}

/** Whether a series is of places that only look damaged. */
function isRiddle(model, s) {
  return model.members[s].every((i) => isSuspected(model, i));
}

/** The members of each group by their changes: a group is decided as one. */
function findGroups(model) {
  const groups = new Map();
  const groupOf = new Map();
  model.changes.group.forEach((number, i) => {
    if (number === null) return;
    const key = `${model.documentOf[i]}:${number}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(i);
    groupOf.set(i, groups.get(key));
  });
  return groupOf;
}
