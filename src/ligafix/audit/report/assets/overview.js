/* What happened to the documents: how their ligatures fared, which stages worked, how certain they were. */

const LIGATURES = ["ff", "fi", "fl", "ffi", "ffl"];
const STATUSES = ["applied", "suggested", "suspected", "rejected"];
const BIN_EDGES = [0, 5000, 6000, 7000, 8000, 9000, 9500, 9900, 9990, 10001];
const FIRST_DOCUMENTS = 12;
const SURELY = 0.5;
const MOST_SIGNS = 5;
const FEW = 4; // of what is left: so few are shown rather than offered

function drawOverview(app) {
  const { model } = app;
  byId("lead").replaceChildren(...tellStory(model));
  byId("totals").replaceChildren(...drawTotals(model));
  byId("stages").replaceChildren(...drawStages(model));
  byId("histogram").replaceChildren(...drawHistogram(model));
  drawDocuments(app);
  document.documentElement.dataset.empty = String(!model.size);
}

/** The whole in a few sentences. */
function tellStory(model) {
  const read = model.documents.filter((doc) => doc.evidence);
  if (!model.documents.length) return ["There are no documents here."];
  if (!read.length) return ["The sources are not where the logs say, so that only the logs can speak here."];
  return [...tellLigatures(read), ". ", tellOthers(model)];
}

/** `Of 9 documents, 5 lost ligatures without a trace and 4 lost none`. */
function tellLigatures(read) {
  const fates = read.map((doc) => LIGATURES.map((ligature) => fateOf(doc, ligature)));
  const having = (kind) => fates.filter((row) => row.some((fate) => fate.kind === kind)).length;
  const intact = fates.filter((row) => row.every((fate) => fate.kind === "intact" || fate.kind === "unseen")).length;
  const signs = [...new Set(fates.flat().flatMap((fate) => fate.signs ?? []))];
  const parts = [
    [having("lost"), (what) => [`lost ${what} without a trace`]],
    [having("coded"), (what) => [`wrote ${what} as other signs (`, ...showSigns(signs), ")"]],
    [intact, (what) => [what === "them" ? "lost none" : "lost no ligature"]],
  ].filter(([number]) => number);
  const alone = read.length === 1;
  const told = parts.flatMap(([number, tell], n) => [
    n === 0 ? " " : n === parts.length - 1 ? " and " : ", ",
    alone ? "" : `${NUMBERS.format(number)} `,
    ...tell(n ? "them" : "ligatures"),
  ]);
  return [alone ? "This document" : `Of ${count(read.length, "document")},`, ...told];
}

function showSigns(signs) {
  const shown = signs.slice(0, MOST_SIGNS).flatMap((sign, n) => [n ? ", " : "", ...showMarked(sign, "lf")]);
  return signs.length > MOST_SIGNS ? [...shown, " …"] : shown;
}

/** What the other stages met, in a sentence. */
function tellOthers(model) {
  const told = {
    marks: "accents had come loose",
    hyphens: "words were divided at line ends",
    spaces: "spaces were lost",
    furniture: "page numbers or running heads stood in the text",
  };
  const parts = Object.entries(told).map(([stage, words]) => [words, documentsWith(model, stage)]);
  const sentence = inWords(parts.filter(([, n]) => n).map(([words, n]) => `${words} in ${NUMBERS.format(n)}`));
  return sentence ? `${sentence[0].toUpperCase()}${sentence.slice(1)}.` : "";
}

/** In how many documents a stage did or proposed anything. */
function documentsWith(model, stage) {
  const series = model.series.filter((s) => model.pairs.stage[s] === stage);
  return new Set(series.flatMap((s) => model.members[s].map((i) => model.documentOf[i]))).size;
}

/** What became of a ligature in a document: lost, coded, intact or unseen. */
function fateOf({ evidence }, ligature) {
  const codes = evidence.codes.filter((code) => code.meaning === ligature || code.meaning === "*");
  const rows = evidence.ligatures.filter((row) => row.ligature === ligature);
  const lost = rows.find((row) => row.lost >= SURELY && row.remains >= SURELY);
  const intact = rows.reduce((most, row) => Math.max(most, row.intact), 0);
  if (codes.length)
    return { kind: "coded", signs: codes.map((code) => code.sign), times: codes.reduce((n, c) => n + c.count, 0) };
  if (lost) return { kind: "lost", share: lost.lost, left: lost.left, intact };
  return { kind: intact ? "intact" : "unseen", intact };
}

function drawTotals(model) {
  const totals = new Map(STATUSES.map((status) => [status, 0]));
  model.changes.status.forEach((status) => totals.set(status, totals.get(status) + 1));
  const labels = { applied: "corrections made", suggested: "suggested", suspected: "suspected", rejected: "rejected" };
  const tiles = STATUSES.filter((s) => totals.get(s) || s === "applied").map((s) => [totals.get(s), labels[s], s]);
  const changed = model.documents.filter((doc) => doc.changes).length;
  return [
    ...tiles,
    [model.series.length, "different ones", "different"],
    [changed, `of ${count(model.documents.length, "file")} concerned`, "files"],
  ].map(([number, label, kind]) =>
    el("div", { class: `tile ${kind}` }, el("dd", {}, NUMBERS.format(number)), el("dt", {}, label)),
  );
}

/** A bar for each stage, parted by what became of its changes; a click filters. */
function drawStages(model) {
  const rows = model.stages.map((stage) => [stage, new Map(STATUSES.map((s) => [s, 0]))]);
  const byStage = new Map(rows);
  for (let i = 0; i < model.size; i++) {
    for (const stage of new Set(seriesAt(model, i).map((s) => model.pairs.stage[s])))
      addTo(byStage.get(stage), model.changes.status[i]);
  }
  rows.sort(([, a], [, b]) => sumOf(b) - sumOf(a));
  const most = Math.max(1, ...rows.map(([, counts]) => sumOf(counts)));
  return rows.map(([stage, counts]) => {
    const number = sumOf(counts);
    return button(
      "filter-stage",
      `Show the corrections by ${stage}`,
      { class: "row", "aria-label": null, dataset: { stage } },
      el("span", { class: "name" }, stage),
      el("span", { class: "bar" }, drawParts(counts, most)),
      el("span", { class: "number" }, NUMBERS.format(number)),
      unseen(`${number === 1 ? "correction" : "corrections"}; show them`),
    );
  });
}

/** How many changes are how certain. The columns are logarithmic, or the many sure ones would hide the rest; a sixth of
    the height is left for the numbers on them. */
function drawHistogram({ changes }) {
  const bins = BIN_EDGES.slice(1).map(() => new Map(STATUSES.map((s) => [s, 0])));
  changes.confidence.forEach((c, i) => addTo(bins[BIN_EDGES.findIndex((edge) => edge > c) - 1], changes.status[i]));
  const height = (n) => (n ? 4 + 80 * (Math.log(n) / Math.log(Math.max(2, ...bins.map(sumOf)))) : 0);
  return bins.map((counts, n) => drawBin(counts, n, height(sumOf(counts))));
}

function drawBin(counts, n, height) {
  const [least, below] = [BIN_EDGES[n], BIN_EDGES[n + 1]];
  const number = sumOf(counts);
  const isInner = n > 0 && below <= 10000;
  return button(
    "filter-confidence",
    "Show these corrections",
    { class: "bin", "aria-label": null, disabled: !number, dataset: { least, below } },
    el(
      "span",
      { class: "plot" },
      el("span", { class: "number" }, number ? NUMBERS.format(number) : ""),
      unseen(`${number === 1 ? "correction" : "corrections"}, confidence`),
      el("span", { class: "column", style: { height: `${height}%` } }, drawParts(counts, number)),
    ),
    el("span", { class: "edge" }, edgeLabel(n)),
    unseen(isInner ? `to ${below / 100} %; show them` : "%; show them"),
  );
}

function edgeLabel(n) {
  if (n === 0) return "< 50";
  const from = BIN_EDGES[n] / 100;
  return n === BIN_EDGES.length - 2 ? `≥ ${from}` : String(from);
}

function drawParts(counts, whole) {
  return [...counts]
    .filter(([, n]) => n)
    .map(([status, n]) => el("i", { dataset: { status }, style: { "--share": n / whole } }));
}

function addTo(counts, key) {
  counts.set(key, counts.get(key) + 1);
}

function sumOf(counts) {
  return [...counts.values()].reduce((sum, n) => sum + n, 0);
}

/** A row for each document, those with the most changes first; a click filters. */
function drawDocuments(app) {
  const { model } = app;
  const order = model.documents
    .map((doc, number) => ({ doc, number }))
    .sort((a, b) => b.doc.changes - a.doc.changes || a.number - b.number);
  const rest = order.length - app.documentsShown;
  const shown = rest > FEW ? order.slice(0, app.documentsShown) : order;
  byId("documents").replaceChildren(...shown.map(({ doc, number }) => drawDocument(model, doc, number)));
  byId("documents-more").hidden = shown.length >= order.length;
  byId("documents-more").textContent =
    `Show ${NUMBERS.format(Math.min(100, order.length - shown.length))} more of ${count(order.length, "file")}`;
}

function drawDocument(model, doc, number) {
  const open = openPlaces(model, doc, number);
  return el(
    "tr",
    { role: "row" },
    el(
      "th",
      { scope: "row", role: "rowheader" },
      button(
        "filter-file",
        `Show the corrections in ${doc.name}`,
        { class: "link file", dataset: { file: doc.name } },
        showFileName(doc.name),
      ),
    ),
    LIGATURES.map((ligature) => drawFate(doc, ligature)),
    el("td", { role: "cell", class: "number" }, NUMBERS.format(doc.changes - open)),
    el("td", { role: "cell", class: "number open" }, open ? NUMBERS.format(open) : el("span", { class: "none" }, "0")),
  );
}

function openPlaces(model, doc, number) {
  const first = model.firstOf[number];
  return model.changes.status.slice(first, first + doc.changes).filter((status) => status !== "applied").length;
}

/** A path whose folders may be cut short, but never its name. */
function showFileName(name) {
  const cut = name.lastIndexOf("/") + 1;
  return [
    cut ? el("span", { class: "folder" }, name.slice(0, cut)) : null,
    el("span", { class: "name" }, name.slice(cut)),
  ];
}

function drawFate(doc, ligature) {
  if (!doc.evidence) return el("td", { role: "cell", class: "fate unseen" }, "?");
  const fate = fateOf(doc, ligature);
  const cell = {
    lost: () => [
      `${Math.round(fate.share * 100)} %`,
      `${ligature}: about ${Math.round(fate.share * 100)} % lost${fate.left ? `, leaving ${fate.left}` : ""}`,
    ],
    coded: () => [
      showMarked(fate.signs[0], "lf"),
      `${ligature}: written as another sign, ${count(fate.times, "time")}`,
    ],
    intact: () => [NUMBERS.format(fate.intact), `${ligature}: intact in ${count(fate.intact, "word")}`],
    unseen: () => ["–", `${ligature}: does not occur`],
  }[fate.kind]();
  return el(
    "td",
    { role: "cell", class: `fate ${fate.kind}`, title: cell[1] },
    el("span", { "aria-hidden": "true" }, cell[0]),
    el("span", { class: "unseen-text" }, cell[1]),
  );
}
