// The report: what the corpus says, section by section, and the explorer, in which everything can be looked up.

import { el, said } from "./dom.js";
import { openAll } from "./grow.js";
import { copies } from "./copies.js";
import { Explorer, legend } from "./explorer.js";
import { ledger } from "./ledger.js";
import { article } from "./marks.js";
import { findings, overview } from "./overview.js";
import { sources } from "./sources.js";
import { timeline } from "./timeline.js";
import { count } from "./words.js";

/** Draws the report into `root`. */
export function report(root, corpus, data) {
  const link = (route, ...children) => el("a", { href: `#${route}` }, ...children);
  const go = (route) => {
    location.hash = route;
  };
  const explorer = new Explorer(corpus, { link, go }, null);
  const sections = [
    ["overview", "The corpus", "Corpus", overview(corpus, link)],
    ["findings", "Findings", "Findings", findings(corpus, link)],
    ["ledger", "Ledger of figures", "Ledger", ledger(corpus, link, go)],
    ["timeline", "Timeline of claims", "Timeline", timeline(corpus, link, go)],
    ["sources", "Sources", "Sources", sources(corpus, link)],
    ["copies", "Shared text", "Copies", copies(corpus, link)],
    ["read", "Read the articles", "Read", explorer.node],
  ];
  const main = el("main", { id: "main" }, sections.map(([id, name, , body]) =>
    el("section", { id, class: `rp-section rp-section-${id}`, "aria-labelledby": `${id}-h` },
      el("h2", { id: `${id}-h`, tabindex: "-1" }, name), body)));
  const articles = el("div", { class: "rp-print" });
  root.replaceChildren(
    el("header", { class: "rp-top" }, el("a", { class: "rp-skip", href: "#findings" }, "Skip to the findings"), el("h1", null, said(data.title || "Who said what")), el("p", { class: "rp-soft" }, lead(corpus))),
    el("nav", { class: "rp-nav", "aria-label": "Sections" }, el("ul", null, sections.map(([id, , name]) => el("li", null, link(id, name))))),
    main,
    articles,
    el("footer", { class: "rp-foot" }, el("p", null, "Made by reportedly: who said what, how sure, and who else says so. Findings show what articles say; none says who is right.")),
  );
  if (corpus.documents.length) explorer.show("d0", false);
  const stop = [routes(root, explorer), paper(root, corpus, articles)];
  return {
    select: (claim) => explorer.select(claim),
    dispose: () => {
      stop.forEach((f) => f());
      root.replaceChildren();
    },
  };
}

function lead(corpus) {
  const outlets = new Set(corpus.documents.map((d) => d.outlet).filter(Boolean)).size;
  return `${count(corpus.documents.length, "article")}${outlets ? ` of ${count(outlets, "outlet")}` : ""}, ${count(corpus.claims.length, "claim")}, ${count(corpus.findings.length, "finding")}`;
}

/** The address says what is shown: sections by their ids, claims and passages by the explorer. */
function routes(root, explorer) {
  // Where the keyboard was when a link led away, so that the way back leads there.
  const left = new Map();
  let here = location.hash;
  let clicked = null;
  let inside = false;
  const click = (event) => {
    clicked = event.target.closest?.("a[href^='#']") ?? null;
    inside = root.querySelector("#read").contains(event.target);
  };
  const follow = () => {
    const [from, to] = [here, location.hash];
    here = to;
    const route = decodeURIComponent(to.slice(1));
    if (clicked) left.set(from, clicked);
    if (explorer.show(route)) showReading(root, route, inside);
    else if (root.querySelector(`section[id="${CSS.escape(route)}"]`)) focusOn(root.querySelector(`#${CSS.escape(route)}-h`), false);
    else if (!clicked) focusOn(left.get(to), false);
    // Back: the browser restores where the page was; the link that was followed gets the keyboard again.
    if (!clicked && left.get(to)?.isConnected) focusOn(left.get(to), false);
    clicked = null;
    inside = false;
  };
  root.addEventListener("click", click, true);
  addEventListener("hashchange", follow);
  if (here) {
    here = "";
    follow();
  }
  return () => {
    root.removeEventListener("click", click, true);
    removeEventListener("hashchange", follow);
  };
}

function focusOn(node, scroll) {
  if (!node?.isConnected) return;
  node.focus({ preventScroll: !scroll });
}

function showReading(root, route, inside) {
  const section = root.querySelector("#read");
  if (route.startsWith("q?")) section.scrollIntoView({ block: "start" });
  else {
    // On a wide page the panes fit a screen, and stay where they are for who reads in them; on a narrow one the passage
    // itself is scrolled to.
    const panes = section.querySelector(".rp-panes").getBoundingClientRect();
    if (panes.height > innerHeight) document.activeElement?.scrollIntoView({ block: "center" });
    else if (!inside || panes.top < 0) section.querySelector(".rp-explorer").scrollIntoView({ block: "start" });
  }
}

/** On paper everything is open, and the articles follow one another. */
function paper(root, corpus, place) {
  let close = null;
  const before = () => {
    if (close) return;
    const shut = openAll(root);
    // What each source says stands in the articles.
    const folded = [...root.querySelectorAll("details:not([open], .rp-source-details)")];
    folded.forEach((d) => { d.open = true; });
    const link = (route, ...children) => el("span", null, ...children);
    place.replaceChildren(el("h2", null, "Articles"), legend(), ...corpus.documents.map((d) =>
      article(corpus, d, { shown: (c) => c.kind !== "narrated", passage: null, link, choose: () => {} }).node));
    close = () => {
      shut();
      folded.forEach((d) => { d.open = false; });
      place.replaceChildren();
      close = null;
    };
  };
  const after = () => close?.();
  const media = matchMedia("print");
  const change = (e) => (e.matches ? before() : after());
  addEventListener("beforeprint", before);
  addEventListener("afterprint", after);
  media.addEventListener("change", change);
  if (media.matches) before();
  return () => {
    removeEventListener("beforeprint", before);
    removeEventListener("afterprint", after);
    media.removeEventListener("change", change);
  };
}
