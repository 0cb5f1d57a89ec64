/* Making elements. Text of documents gets onto the page through text nodes alone. */

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes and children; null, undefined and false stand for none. */
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) setAttribute(node, name, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function setAttribute(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "dataset") Object.assign(node.dataset, value);
  else if (name === "style") Object.entries(value).forEach(([key, v]) => node.style.setProperty(key, v));
  else node.setAttribute(name, value === true ? "" : value);
}

/** A sign drawn from the symbols of the template. */
function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** A button that does something by name: `actions` in main.js has them. */
function button(action, label, attributes, ...children) {
  const { dataset, ...others } = attributes ?? {};
  const all = { type: "button", "aria-label": label, title: label, dataset: { action, ...dataset }, ...others };
  return el("button", all, ...children);
}

/** Text for screen readers only. */
function unseen(text) {
  return el("span", { class: "unseen-text" }, ` ${text} `);
}

function byId(id) {
  return document.getElementById(id);
}

const NUMBERS = new Intl.NumberFormat("en");

function count(number, noun, plural = `${noun}s`) {
  return `${NUMBERS.format(number)} ${number === 1 ? noun : plural}`;
}

/** A probability, given in ten-thousandths, as a percentage that never claims more than it is. */
function percent(parts) {
  if (parts >= 10000) return "100 %";
  const digits = parts >= 9900 || parts < 100 ? 2 : parts % 100 ? 1 : 0;
  return `${(Math.floor(parts) / 100).toFixed(digits)} %`;
}

/** A list in words: `a, b and c`. */
function inWords(items) {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

function asList(value) {
  return Array.isArray(value) ? value : [value];
}
