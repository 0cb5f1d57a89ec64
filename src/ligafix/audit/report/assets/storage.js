/* Keeping decisions in this browser, by the report's id, and saving them as a file. */

const STORE = `ligafix-report:${document.documentElement.dataset.report}`;

function readStore(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

/** Keep a value; answers whether the browser did. */
function writeStore(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** Keep the decisions; the numbers in them mean the same as long as the report is the same. */
function keepDecisions({ decisions }) {
  const { place, series, others } = decisions;
  return writeStore(STORE, { place: [...place], series: [...series], others });
}

function restoreDecisions() {
  const kept = readStore(STORE);
  const decisions = makeDecisions();
  if (!kept) return decisions;
  return { ...decisions, place: new Map(kept.place), series: new Map(kept.series), others: kept.others };
}

/** Offer a text as a file to save. */
function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/jsonl" }));
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}
