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

/** A table: `head` are names of columns, or `[name, class]`; rows are lists of cells, or of `[cell, class]`. */
export function table(caption, head, rows, props) {
  const columns = head.map((h) => (Array.isArray(h) ? h : [h, null]));
  return el(
    "table",
    { class: "rp-table", ...props },
    caption && el("caption", null, caption),
    el("thead", null, el("tr", null, columns.map(([name, kind]) => el("th", { scope: "col", class: kind }, name)))),
    el("tbody", null, rows.map((cells) => row(cells, columns))),
  );
}

/** One row of a table, with the classes of its columns. */
export function row(cells, columns) {
  return el("tr", null, cells.map((cell, i) => {
    const kind = Array.isArray(columns[i]) ? columns[i][1] : null;
    return el("td", { class: kind }, cell);
  }));
}

/** What is wider than its place, in a box that scrolls, also by keys. */
export function scrolling(label, node) {
  return el("div", { class: "rp-scroll", role: "region", "aria-label": label, tabindex: "0" }, node);
}
