/* A feed of any length: only the articles near the screen are on the page.

   The articles lie in chunks; a chunk that is far away is an empty box of the height that it had, or is likely
   to have. The browser itself does the scrolling and keeps the place where boxes above turn out higher. */

const CHUNK = 8;
const NEAR = "1600px 0px";

/** A feed in a container; `draw(item, number)` makes an article. */
function makeFeed(container, draw) {
  const feed = { container, draw, items: [], chunks: [], drawn: new Set(), height: 0 };
  feed.observer = new IntersectionObserver((entries) => entries.forEach((e) => onCross(feed, e)), { rootMargin: NEAR });
  return feed;
}

/** Show other items. */
function fillFeed(feed, items) {
  feed.observer.disconnect();
  feed.items = items;
  feed.drawn.clear();
  feed.height ||= feed.container.clientWidth < 600 ? 250 : 150; // of an article, until some were drawn
  feed.chunks = Array.from({ length: Math.ceil(items.length / CHUNK) }, (_, number) => makeChunk(feed, number));
  feed.container.replaceChildren(...feed.chunks);
  if (feed.chunks.length) drawChunk(feed, feed.chunks[0]);
  feed.chunks.forEach((chunk) => feed.observer.observe(chunk));
}

/** The article of an item, drawn if it was not. */
function articleAt(feed, number) {
  const chunk = feed.chunks[Math.floor(number / CHUNK)];
  if (!chunk) return null;
  if (!feed.drawn.has(chunk)) drawChunk(feed, chunk);
  return chunk.children[number % CHUNK];
}

/** Draw some of the items again, if they are on the page. */
function redrawItems(feed, isStale) {
  for (const chunk of feed.drawn) {
    const first = feed.chunks.indexOf(chunk) * CHUNK;
    [...chunk.children].forEach((article, n) => {
      if (isStale(feed.items[first + n])) replaceKeepingFocus(article, feed.draw(feed.items[first + n], first + n));
    });
  }
}

/** Draw everything, as for printing. */
function drawAll(feed) {
  feed.chunks.filter((chunk) => !feed.drawn.has(chunk)).forEach((chunk) => drawChunk(feed, chunk));
}

function makeChunk(feed, number) {
  const size = Math.min(CHUNK, feed.items.length - number * CHUNK);
  return el("div", { class: "chunk", role: "presentation", style: { height: `${size * feed.height}px` } });
}

function onCross(feed, { target, isIntersecting }) {
  if (isIntersecting && !feed.drawn.has(target)) drawChunk(feed, target);
  if (!isIntersecting && feed.drawn.has(target)) clearChunk(feed, target);
}

function drawChunk(feed, chunk) {
  const first = feed.chunks.indexOf(chunk) * CHUNK;
  const items = feed.items.slice(first, first + CHUNK);
  chunk.style.removeProperty("height");
  chunk.append(...items.map((item, n) => feed.draw(item, first + n)));
  feed.drawn.add(chunk);
}

/** Take a chunk off the page, unless the reader is in it. */
function clearChunk(feed, chunk) {
  if (chunk.contains(document.activeElement) || chunk.querySelector("form")) return;
  chunk.style.setProperty("height", `${chunk.offsetHeight}px`);
  chunk.replaceChildren();
  feed.drawn.delete(chunk);
}

/** Put a new element in the place of an old one; what has the focus in it keeps it. */
function replaceKeepingFocus(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  old.replaceWith(fresh);
  if (!focused) return;
  const { action, place } = focused.dataset;
  const selector = `[data-place="${place}"]${action ? `[data-action="${action}"]` : ".place"}`;
  const match =
    place === undefined
      ? action && fresh.querySelector(`[data-action="${action}"]:not([data-place])`)
      : fresh.querySelector(selector);
  (match || fresh).focus({ preventScroll: true });
}
