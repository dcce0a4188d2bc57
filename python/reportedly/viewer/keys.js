// The explorer by keys: arrows go through claims, articles and panes.

import { el } from "./dom.js";

const FIELDS = "input, select, textarea";

/** Listens to the keys of an explorer, and says below it which there are. Returns what takes it back. */
export function keys(root, explorer, go) {
  const help = el("p", { class: "rp-keys" }, "Keys: ", [
    [["↑", "↓"], "articles, or claims in the text"],
    [["←", "→"], "from list to text to explanation"],
    [["Enter"], "opens"],
    [["/"], "searches"],
    [["Esc"], "lets go of the claim"],
  ].map(([names, what], i) => [i > 0 && "; ", names.map((name) => [el("kbd", null, name), " "]), what]));
  explorer.node.append(help);
  const listen = (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (act(event, explorer, go)) event.preventDefault();
  };
  root.addEventListener("keydown", listen);
  return () => {
    root.removeEventListener("keydown", listen);
    help.remove();
  };
}

/** Does what a key means where it was pressed; whether it means anything. */
function act({ key, target }, explorer, go) {
  const inField = target.closest(FIELDS);
  if (key === "/" && !target.closest("input, textarea")) return reach(explorer.filters.inputs.text);
  if (key === "Escape") return escape(inField, explorer);
  if (inField || !key.startsWith("Arrow")) return false;
  const panes = [explorer.list, explorer.text, explorer.side];
  const at = panes.findIndex((pane) => pane.contains(target));
  if (at < 0) return false;
  const by = key === "ArrowDown" || key === "ArrowRight" ? 1 : -1;
  if (key === "ArrowLeft" || key === "ArrowRight") return into(panes[at + by], explorer);
  if (panes[at] === explorer.list) return alongArticles(target, by, explorer);
  return panes[at] === explorer.text && alongClaims(by, explorer, go);
}

function escape(inField, explorer) {
  if (inField) return into(explorer.text, explorer);
  // With nothing chosen the key is the page's, so that nobody is shut in.
  if (!explorer.claim) return false;
  explorer.select(null);
  return true;
}

/** To the matter of a pane: the article that is open, the claim that is chosen. */
function into(pane, explorer) {
  if (!pane) return false;
  const inside = { list: "[aria-current], .rp-entry", text: "[data-anchor][aria-current]" };
  const name = pane === explorer.list ? "list" : pane === explorer.text ? "text" : null;
  return reach((name && pane.querySelector(inside[name])) ?? pane);
}

function alongArticles(target, by, explorer) {
  const entries = [...explorer.list.querySelectorAll(".rp-entry, button:not([hidden])")];
  const at = entries.indexOf(target.closest(".rp-entry, button"));
  return reach(entries[at < 0 ? 0 : at + by]);
}

function alongClaims(by, explorer, go) {
  const claims = explorer.drawn?.claims ?? [];
  const at = claims.indexOf(explorer.claim);
  const next = at < 0 ? claims[by > 0 ? 0 : claims.length - 1] : claims[at + by];
  if (!next) return at >= 0;
  go(`c${next.index}`);
  return true;
}

function reach(node) {
  if (!node) return false;
  node.focus();
  return true;
}
