// The way in: a report if there is no host, else the explorer in the host's hands.

import { el } from "./dom.js";
import { Corpus } from "./corpus.js";
import { Explorer } from "./explorer.js";
import { keys } from "./keys.js";
import { report } from "./report.js";

/**
 * Draws into `root`. `data` is what `_viewer.data` made. `host`, if given, may have `select(claim)`, called with the
 * position of the chosen claim or null, `filter(state, claims)`, called with the filters and the set of what they let
 * through, and `explain(claim)`, which promises a text. Returns `select(claim)` and `filter(state)`, which choose from
 * outside, and `dispose()`.
 */
export function mount(root, data, host) {
  const corpus = new Corpus(data);
  root.classList.add("rp-view");
  if (!host) return report(root, corpus, data);
  root.classList.add("rp-widget");
  let explorer = null;
  const go = (route) => explorer.show(route);
  // No address: the page around a widget has one of its own. And no button, which would not break over lines.
  const link = (route, ...children) => el("a", {
    role: "link",
    tabindex: "0",
    onclick: () => go(route),
    onkeydown: (e) => e.key === "Enter" && go(route),
  }, ...children);
  explorer = new Explorer(corpus, { link, go }, host);
  root.replaceChildren(explorer.node);
  const stop = keys(root, explorer, go);
  return {
    select: (claim) => explorer.select(claim),
    filter: (state) => explorer.filters.set(state, true),
    dispose: () => {
      stop();
      root.replaceChildren();
    },
  };
}
