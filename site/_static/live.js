// Wakes the pictures of sliders when they come near the screen. The controls and the picture are the notebook's own front
// end; here a table of pictures, drawn when the site was made, stands behind them instead of a kernel.

const NEAR = "600px 0px"; // how far from the screen a slider wakes
const HERE = new URL(".", document.currentScript.src);
const tables = {};
const loading = {};

function coursekitTable(name, table) {
  tables[name] = table;
}

// A script is loaded once, and a page that was opened from a folder may load it, too.
function load(file) {
  return (loading[file] ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    Object.assign(script, { src: new URL(file, HERE), onload: resolve, onerror: reject });
    document.head.append(script);
  }));
}

// What the front end asks of a model, without a kernel.
class Model {
  constructor(values) {
    this.values = values;
    this.hearers = {};
  }
  get(name) {
    return this.values[name];
  }
  set(name, value) {
    if (this.values[name] === value) return;
    this.values[name] = value;
    for (const event of [`change:${name}`, "change"]) this.hearers[event]?.forEach((hear) => hear());
  }
  on(event, hear) {
    (this.hearers[event] ??= new Set()).add(hear);
  }
  off(event, hear) {
    this.hearers[event]?.delete(hear);
  }
  save_changes() {}
  send() {}
}

function bytesOf(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

function imageOf(bytes) {
  return createImageBitmap(new Blob([bytes], { type: "image/webp" }));
}

// Give what draws a state of a table: the base, and over it the pieces that make the state.
async function painter({ base, pieces, sizes, places, states }) {
  const ground = await imageOf(bytesOf(base));
  const all = bytesOf(pieces);
  const ends = sizes.map(((sum) => (size) => (sum += size))(0));
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: ground.width, height: ground.height });
  const context = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
  return async (state) => {
    const over = states[state].map((piece) => imageOf(all.subarray(ends[piece] - sizes[piece], ends[piece])));
    const images = await Promise.all(over);
    context.drawImage(ground, 0, 0);
    images.forEach((image, i) => context.drawImage(image, ...places[states[state][i]]));
    return new Promise((resolve) => canvas.toBlob(resolve));
  };
}

function add(parent, className) {
  const child = document.createElement("div");
  child.className = className;
  parent.append(child);
  return child;
}

async function wake(image, name) {
  await Promise.all([load("front_end.js"), load(`tables/${name}.js`)]);
  const table = tables[name];
  const paint = await painter(table);
  const controls = table.controls.map((values) => new Model(values));
  const positions = () => Object.fromEntries(controls.map((one) => [one.get("label"), one.get("position")]));
  const stateOf = () => controls.reduce((sum, one) => sum * one.get("texts").length + one.get("position"), 0);
  const imagesOf = (state) => table.images[table.boxes[state]];
  const picture = new Model({
    ...{ width: table.width, height: table.height, message: "", failed: false, handles: [], selected: -1 },
    ...{ area: [0, 0, 1, 1], rows: [0, 0, 0, 0], scale: Infinity, frame: 0, seen: 0, answered: positions() },
    ...{ images: imagesOf(stateOf()), description: table.descriptions[stateOf()], png: await paint(stateOf()) },
  });
  let painting = false;
  let wanted = -1;
  const follow = async () => {
    wanted = stateOf();
    if (painting) return; // the newest state is drawn next
    painting = true;
    for (let state = -1; state !== wanted; ) {
      state = wanted;
      const answered = positions();
      const png = await paint(state);
      picture.set("images", imagesOf(state));
      picture.set("png", png);
      picture.set("description", table.descriptions[state]);
      picture.set("answered", answered);
    }
    painting = false;
  };
  const explorer = document.createElement("div");
  explorer.className = "coursekit-explorer";
  const panel = add(explorer, "coursekit-panel");
  Object.assign(panel.style, { width: `${table.width}px`, maxWidth: "100%" });
  controls.forEach((model) => {
    const el = add(panel, model.get("first") ? "coursekit-first" : "");
    coursekitFrontEnd[model.get("kind")].render({ model, el });
    model.on("change:position", follow);
  });
  const el = add(explorer, "");
  (image.closest(".coursekit-frame") ?? image).replaceWith(explorer);
  coursekitFrontEnd.picture.render({ model: picture, el });
}

const nearby = new IntersectionObserver(
  (entries) =>
    entries.forEach(({ isIntersecting, target }) => {
      if (!isIntersecting) return;
      nearby.unobserve(target);
      wake(target, target.closest("[class*='live-']").className.match(/live-([\w-]+)/)[1]);
    }),
  { rootMargin: NEAR },
);
addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[class*='live-'] img:not(.coursekit-kept)").forEach((image) => nearby.observe(image));
});
