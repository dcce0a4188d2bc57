// The explorer in a notebook: what the kernel and the browser tell each other.

import { mount } from "./mount.js";

/** How long an explanation may take before the reader is told that none comes. */
const PATIENCE = 20_000;

async function render({ model, el }) {
  const root = document.createElement("div");
  // JupyterLab takes keys that are pressed in an output for commands of its own: "d d" would delete the cell. It asks
  // the node that has the keyboard, and none around it.
  root.addEventListener("focusin", (event) => {
    event.target.dataset.lmSuppressShortcuts = "true";
  });
  el.append(root);
  const data = JSON.parse(await unpacked(model.get("_data")));
  const waiting = new Map();
  // What this view shows: what it told the model itself comes back to it as a change, and is none.
  let [claim, filters] = [null, null];

  const tell = (name, value) => {
    model.set(name, value);
    model.save_changes();
  };
  const host = {
    select: (index) => {
      claim = index;
      tell("selected", index);
    },
    filter: (state, claims) => {
      // While it is drawn for the first time, the kernel's wishes are still to come.
      if (filters === null) return;
      filters = asText(chosen(state));
      model.set("filters", chosen(state));
      tell("shown", new DataView(Uint32Array.from(claims).buffer));
    },
    explain: (index) =>
      new Promise((resolve, reject) => {
        waiting.set(index, resolve);
        setTimeout(() => reject(new Error("the kernel does not answer. Is it running, and free?")), PATIENCE);
        model.send({ kind: "explain", claim: index });
      }),
  };
  const view = mount(root, data, host);
  const selected = () => model.get("selected") !== claim && view.select(model.get("selected"));
  const filtered = () => asText(model.get("filters")) !== filters && view.filter(model.get("filters"));
  filters = "";
  filtered();
  selected();
  const heard = (message) => message.kind === "explained" && waiting.get(message.claim)?.(message.text);
  model.on("change:selected", selected);
  model.on("change:filters", filtered);
  model.on("msg:custom", heard);
  return () => {
    model.off("change:selected", selected);
    model.off("change:filters", filtered);
    model.off("msg:custom", heard);
    view.dispose();
  };
}

/** The filters that are not open. */
function chosen(state) {
  const open = { voice: "attributed" };
  return Object.fromEntries(Object.entries(state).filter(([name, value]) => value !== (open[name] ?? "")).map(([name, value]) => [name, String(value)]));
}

/** The same text for the same filters. */
function asText(filters) {
  return JSON.stringify(Object.entries(filters).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The text of gzipped bytes. */
async function unpacked(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

export default { render };
