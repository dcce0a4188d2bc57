// Elements. What articles say only ever becomes text nodes: nothing here reads mark-up.

const SVG = "http://www.w3.org/2000/svg";

/** An element: `props` are attributes, except `on…` (listeners) and `style` (set through the CSSOM, as the page's policy asks). */
export function el(tag, props, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** The same for drawings. */
export function svg(tag, props, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "style") Object.assign(node.style, value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  add(node, children);
  return node;
}

/** Adds nodes, texts and lists of them; null and false add nothing. */
export function add(node, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) add(node, child);
    else if (child instanceof Node) node.append(child);
    else node.append(...text(String(child)));
  }
}

// Overrides turn the direction of all that follows them; control characters would not be seen.
const ODD = /[\u202d\u202e]/u;
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]/g;

/** Nodes for a text, character for character: overrides are shown by their code, each shut in by itself. */
export function text(value) {
  const seen = value.replace(CONTROL, picture);
  if (!ODD.test(seen)) return [document.createTextNode(seen)];
  return seen.split(/([\u202d\u202e])/u).filter(Boolean).map((part) => {
    if (!ODD.test(part)) return document.createTextNode(part);
    const code = `U+${part.codePointAt(0).toString(16).toUpperCase()}`;
    const node = document.createElement("span");
    node.className = "rp-odd";
    node.dataset.code = code;
    node.append(document.createTextNode(part));
    return node;
  });
}

function picture(char) {
  const code = char.charCodeAt(0);
  return code < 32 ? String.fromCharCode(0x2400 + code) : "\ufffd";
}

/** Words of an article among words of ours: their direction stays theirs. */
export function said(value, props) {
  return el("bdi", props, value ?? "");
}

let numbers = 0;

/** An id that nothing else on the page has. */
export function newId(name) {
  numbers += 1;
  return `rp-${name}-${numbers}`;
}

/** A text that is read out, but not seen. */
export function heard(value) {
  return el("span", { class: "rp-heard" }, value);
}

/**
 * A table: `head` are `[name, class]` for each column. Rows are laid out below one another where it is narrow, which
 * makes browsers forget that they are rows: hence the roles.
 */
export function table(caption, head, rows) {
  return el(
    "table",
    { class: "rp-table", role: "table" },
    el("caption", null, caption),
    el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, head.map(([name, kind]) => el("th", { scope: "col", role: "columnheader", class: kind }, name)))),
    el("tbody", { role: "rowgroup" }, rows.map((cells) => row(cells, head))),
  );
}

/** One row of a table with this head; the cell of a column of the class `rp-of` heads the row. */
export function row(cells, head) {
  return el("tr", { role: "row" }, cells.map((cell, i) => {
    const [name, kind] = head[i];
    const props = { class: kind, "data-name": typeof name === "string" ? name : name.textContent };
    return kind === "rp-of" ? el("th", { scope: "row", role: "rowheader", ...props }, cell) : el("td", { role: "cell", ...props }, cell);
  }));
}

/** Whether there is only the width of a phone: drawings are drawn narrower then. */
export function narrow() {
  return document.documentElement.clientWidth < 640;
}

/** What is wider than its place, in a box that scrolls, also by keys. */
export function scrolling(label, node) {
  return el("div", { class: "rp-scroll", role: "region", "aria-label": label, tabindex: "0" }, node);
}
