// Lists that draw a part of themselves and grow on request, so that a thousand articles open as fast as ten.

import { el } from "./dom.js";
import { count, number } from "./words.js";

const all = new Set();

/**
 * Fills `list` with `draw(item)` for the first items; a button under it adds the next ones, and moves the focus to the
 * first of those. Returns the nodes to put on the page.
 */
export function growing(list, items, draw, { step = 20, noun = "row", plural } = {}) {
  let shown = 0;
  const more = el("button", { type: "button", class: "rp-button rp-more", onclick: () => next(step, true) });
  const next = (n, focus) => {
    const from = shown;
    shown = Math.min(shown + n, items.length);
    const nodes = items.slice(from, shown).map(draw);
    list.append(...nodes);
    const left = items.length - shown;
    more.hidden = left === 0;
    more.textContent = left > step ? `Show ${number(step)} more of ${count(left, noun, plural)}` : `Show ${count(left, noun, plural)} more`;
    if (focus && nodes.length) {
      const first = nodes[0].querySelector("a, button, [tabindex]") ?? nodes[0];
      if (first === nodes[0] && !first.matches("a, button, [tabindex]")) first.tabIndex = -1;
      first.focus({ preventScroll: true });
    }
  };
  next(step, false);
  const entry = {
    list,
    open: () => {
      entry.before = shown;
      next(items.length, false);
    },
    close: () => {
      while (list.children.length > entry.before) list.lastChild.remove();
      shown = entry.before;
      next(0, false);
    },
  };
  if (items.length > step) all.add(entry);
  return [list, more];
}

/** Draws everything, for paper. Returns what takes it back. */
export function openAll(root) {
  // Lists that are no longer on a page are forgotten.
  for (const entry of all) if (!entry.list.isConnected) all.delete(entry);
  const opened = [...all].filter((entry) => root.contains(entry.list));
  opened.forEach((entry) => entry.open());
  return () => opened.forEach((entry) => entry.close());
}
