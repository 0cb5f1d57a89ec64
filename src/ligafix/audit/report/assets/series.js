/* A series as an article: what was made of what, how often, and its places in their lines. */

const FIRST_PLACES = 1;
const MORE_PLACES = 50;

/** The article of a series; `item` is {series, places, least}. */
function drawSeries(app, item, number) {
  const { model, feed } = app;
  const s = item.series;
  const lone = model.members[s].length === 1;
  const isOpen = (app.opened.get(s) ?? FIRST_PLACES) > FIRST_PLACES;
  const attributes = {
    class: "series",
    tabindex: number === app.current ? 0 : -1,
    dataset: { number, verdict: verdictOfSeries(app, s) ?? "none", ...(isOpen ? { open: "" } : {}) },
    "aria-posinset": number + 1,
    "aria-setsize": feed.items.length,
    "aria-label": sayPair(model, s),
    "aria-describedby": `about-${s}`,
  };
  return el("article", attributes, drawHead(app, item, lone), drawPlaces(app, item, lone), drawMore(app, item));
}

function drawHead(app, item, lone) {
  const target = lone ? { place: app.model.members[item.series][0] } : { series: item.series };
  return el(
    "header",
    {},
    el("h3", {}, showPair(app.model, item.series)),
    drawAbout(app, item),
    isEditing(app, target)
      ? drawEditor(app, target)
      : drawButtons(app, target, lone ? 1 : app.model.members[item.series].length),
  );
}

/** `rst → first`, the change that makes a series. */
function showPair(model, s) {
  const { before, after } = model.pairs;
  const first = documentAt(model, model.members[s][0]).line_ends;
  const old = el("del", {}, showMarked(before[s], first));
  if (isRiddle(model, s)) return [old, el("span", { class: "arrow" }, "looks damaged")];
  return [
    old,
    el("span", { class: "arrow", role: "img", "aria-label": "becomes" }, "→"),
    el("ins", {}, showMarked(after[s], first)),
  ];
}

function sayPair(model, s) {
  const before = sayText(model.pairs.before[s]);
  return isRiddle(model, s) ? `${before} looks damaged` : `${before} becomes ${sayText(model.pairs.after[s])}`;
}

function drawAbout(app, item) {
  const { model } = app;
  const all = model.members[item.series].length;
  const files = new Set(item.places.map((i) => model.documentOf[i])).size;
  const places =
    item.places.length < all ? `${NUMBERS.format(item.places.length)} of ${count(all, "place")}` : count(all, "place");
  const facts = [all > 1 && model.documents.length > 1 ? `${places} in ${count(files, "file")}` : places];
  const verdict = verdictOfSeries(app, item.series);
  return el(
    "p",
    { class: "about", id: `about-${item.series}` },
    el("span", { class: "stage", dataset: { stage: model.pairs.stage[item.series] } }, model.pairs.stage[item.series]),
    el("span", {}, facts),
    drawStatuses(model, item),
    el("span", { class: "certainty" }, all > 1 ? `from ${percent(item.least)}` : percent(item.least)),
    verdict ? el("span", { class: "verdict" }, verdict === "mixed" ? "Partly decided" : VERDICTS[verdict]) : null,
  );
}

function drawStatuses(model, item) {
  const open = item.places.filter((i) => model.changes.status[i] !== "applied");
  if (!open.length) return null;
  const statuses = [...new Set(open.map((i) => model.changes.status[i]))];
  const number = open.length < item.places.length ? `${NUMBERS.format(open.length)} ` : "";
  return el("span", { class: "status" }, number + statuses.join(", "));
}

/** Accept, reject, edit: about a series or a place. */
function drawButtons(app, target, size = 1) {
  const decision = ownDecision(app, target);
  const what = size > 1 ? ` all ${count(size, "place")}` : " this place";
  const make = (verdict, sign, label) =>
    button(
      verdict,
      label + what,
      { "aria-pressed": String(decision?.verdict === verdict), class: `decide ${verdict}`, dataset: target },
      icon(sign),
      el("span", {}, label),
    );
  const riddle = target.place !== undefined ? isSuspected(app.model, target.place) : isRiddle(app.model, target.series);
  return el(
    "div",
    { class: "buttons", role: "group", "aria-label": "Decide" },
    make("accept", "check", riddle ? "Leave" : "Accept"),
    riddle ? null : make("reject", "cross", "Reject"),
    make("edit", "pen", "Edit"),
  );
}

function drawPlaces(app, item, lone) {
  const shown = orderPlaces(app, item.places).slice(0, app.opened.get(item.series) ?? FIRST_PLACES);
  const isApart = !lone && app.opened.get(item.series) > FIRST_PLACES;
  return el(
    "ol",
    { class: "places", "aria-label": "Places" },
    shown.map((i) => drawPlace(app, i, { lone, isApart })),
  );
}

/** A place in its lines; where places are judged one by one, with buttons of its own. */
function drawPlace(app, i, { lone, isApart }) {
  const { model } = app;
  const state = { place: i, status: model.changes.status[i], verdict: app.rulings.get(i)?.verdict ?? "none" };
  const language = Object.keys(documentAt(model, i).evidence?.languages ?? {})[0];
  return el(
    "li",
    { class: "place", tabindex: -1, dataset: state },
    el("p", { class: "context", dir: "auto", lang: language }, showContext(app, i)),
    drawWhere(app, i, lone),
    isApart ? (isEditing(app, { place: i }) ? drawEditor(app, { place: i }) : drawButtons(app, { place: i })) : null,
    app.explained.has(i) ? showWhy(app, i) : null,
  );
}

function drawWhere(app, i, lone) {
  const { line, confidence, status } = app.model.changes;
  return el(
    "div",
    { class: "where" },
    el("span", { class: "file" }, documentAt(app.model, i).name),
    el("span", {}, `line ${NUMBERS.format(line[i])}`),
    lone ? null : el("span", {}, percent(confidence[i])),
    lone || status[i] === "applied" ? null : el("span", { class: "status" }, status[i]),
    drawWhyButton(app, i),
  );
}

function drawWhyButton(app, i) {
  const isOpen = app.explained.has(i);
  const attributes = {
    class: "link",
    dataset: { place: i },
    "aria-expanded": String(isOpen),
    "aria-controls": isOpen ? `why-${i}` : null,
  };
  return button(
    "why",
    isOpen ? "Less: hide the reasons" : "Why? Show the reasons",
    attributes,
    isOpen ? "Less" : "Why?",
  );
}

/** How to see the places that are not shown yet. */
function drawMore(app, { series, places }) {
  const shown = app.opened.get(series) ?? FIRST_PLACES;
  const rest = places.length - shown;
  if (rest <= 0 && shown <= FIRST_PLACES) return null;
  const dataset = { series };
  const more =
    shown > FIRST_PLACES || rest > MORE_PLACES
      ? `Show ${count(Math.min(rest, MORE_PLACES), "more place")}`
      : `Show all ${NUMBERS.format(places.length)} places`;
  return el(
    "p",
    { class: "more" },
    rest > 0 ? button("more", more, { class: "link", dataset }, more) : null,
    shown > FIRST_PLACES ? button("fewer", "Show one place only", { class: "link", dataset }, "Show one") : null,
  );
}

/** The decision about a place or a series itself. */
function ownDecision({ decisions }, { place, series }) {
  return place === undefined ? decisions.series.get(Number(series)) : decisions.place.get(Number(place));
}

/** What the rulings on a series' places have in common; `mixed` if that is little, null if there are none. */
function verdictOfSeries({ model, rulings, decisions }, s) {
  const members = model.members[s];
  const first = rulings.get(members[0])?.verdict ?? null;
  const alike = members.every((i) => (rulings.get(i)?.verdict ?? null) === first);
  if (alike) return first;
  return decisions.series.get(s)?.verdict ?? "mixed";
}
