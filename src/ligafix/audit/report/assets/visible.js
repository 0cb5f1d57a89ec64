/* Showing characters that have no shape of their own, or would hide what stands around them. */

const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/gu;
const HARMLESS = new Set(["\u200c", "\u200d"]); // joiners, which Arabic, Persian and emoji are written with
const C0 =
  "NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US";
const CONTROL_NAMES = C0.split(" ");
const LONGEST_SHOWN = 240; // of a change; furniture may be whole pages

/** A label for a character, such as FF or U+00AD. */
function nameOf(character) {
  const code = character.codePointAt(0);
  if (code < 32) return CONTROL_NAMES[code];
  return code === 127 ? "DEL" : `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Nodes that show a text as it stands in a document, its line ends as such. */
function showText(text, lineEnds) {
  const plain = unifyLines(text, lineEnds);
  const parts = plain.split(/\n\s*\n/); // blank lines are narrow here: some documents have one after every line
  return parts.flatMap((part, n) => [
    ...(n ? [el("span", { class: "gap" })] : []),
    ...showUnseen(part, (sign) => (sign === "\n" || sign === "\t" ? sign : chip(nameOf(sign)))),
  ]);
}

/** Nodes that show what is marked as changed: line ends, tabs and outer spaces, too, are made visible. */
function showMarked(text, lineEnds, breaks = false) {
  if (text === "") return [chip("nothing", "void")];
  const [, left, middle, right] = clip(unifyLines(text, lineEnds)).match(/^( *)([^]*?)( *)$/);
  const shown = showUnseen(middle, (sign) => {
    if (sign === "\n") return breaks ? [chip("⏎", "soft"), "\n"] : chip("⏎", "soft");
    return sign === "\t" ? chip("⇥", "soft") : chip(nameOf(sign));
  });
  const base = /^\p{M}/u.test(middle) ? [chip("◌", "soft")] : []; // a mark needs a letter to stand on
  return [...spaces(left), ...base, ...shown, ...spaces(right)];
}

/** Text with names for what cannot be seen, for labels and announcements. */
function sayText(text) {
  if (text === "") return "nothing";
  return clip(text, 80).replace(UNSEEN, (sign) => (sign === "\n" ? " line end " : ` ${nameOf(sign)} `));
}

function unifyLines(text, lineEnds) {
  return lineEnds === "cr" ? text.replaceAll("\r", "\n") : text.replaceAll("\r\n", "\n");
}

function showUnseen(text, show) {
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(UNSEEN)) {
    if (HARMLESS.has(match[0])) continue;
    nodes.push(text.slice(at, match.index), show(match[0]));
    at = match.index + match[0].length;
  }
  return [...nodes, text.slice(at)].flat();
}

function clip(text, most = LONGEST_SHOWN) {
  if (text.length <= most) return text;
  const half = Math.floor(most / 2);
  return `${text.slice(0, half)} … ${text.slice(-half)}`;
}

function chip(label, kind = "code") {
  return el("span", { class: `chip ${kind}` }, label);
}

function spaces(text) {
  return text ? [chip("␣".repeat(Math.min(text.length, 8)), "soft")] : [];
}

/* In a line that is edited, control characters stand as their pictures (U+2400 and on). */

function toPictures(text) {
  return text.replace(/[\u0000-\u001f]/g, (sign) => String.fromCharCode(0x2400 + sign.charCodeAt(0)));
}

function fromPictures(text) {
  return text.replace(/[\u2400-\u241f]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0x2400));
}
