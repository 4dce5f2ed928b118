// Wakes the pictures of sliders when they come near the screen. The controls and the picture are the notebook's own front
// end; here a table of pictures, drawn when the site was made, stands behind them instead of a kernel.

const NEAR = "600px 0px"; // how far from the screen a slider wakes
const AHEAD = 4; // steps of each control whose pieces are decoded before they are asked for
// Before those: of a move like the last one and of two, and of some steps more or less, since a hand is not as even.
const ONWARD = [[1, 0], [1, 1], [1, -1], [2, 0], [1, 2], [1, -2], [2, 1], [2, -1], [2, 2], [2, -2]];
const ROOM = 16e6; // pixels of decoded pieces that a page keeps
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
  // Take one value by its name, or several: first all of them, then those hear of it who wait for one.
  set(name, value) {
    const given = typeof name === "object" ? name : { [name]: value };
    const changed = Object.keys(given).filter((key) => this.values[key] !== given[key]);
    Object.assign(this.values, given);
    const events = changed.length ? [...changed.map((key) => `change:${key}`), "change"] : [];
    for (const event of events) this.hearers[event]?.forEach((hear) => hear());
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

// A part of a picture, decoded when it is asked for; a page forgets those that it has not used for the longest time.
class Piece {
  static decoded = new Set(); // the one used last at the end
  static pixels = 0;
  constructor(bytes, place) {
    Object.assign(this, { bytes, place });
  }
  load() {
    if (this.image) this.use(); // what is asked for again is not the next to be forgotten
    return (this.loading ??= imageOf(this.bytes).then((image) => {
      this.image = image;
      Piece.pixels += image.width * image.height;
      this.use();
    }));
  }
  use() {
    Piece.decoded.delete(this);
    Piece.decoded.add(this);
    for (const old of Piece.decoded) {
      if (Piece.pixels <= ROOM || old === this) break;
      old.forget();
    }
  }
  forget() {
    Piece.decoded.delete(this);
    Piece.pixels -= this.image.width * this.image.height;
    this.image.close();
    this.image = this.loading = undefined;
  }
  drawOn(context, colour) {
    this.use();
    context.drawImage(colour ? tinted(this.image, colour) : this.image, ...this.place);
  }
}

const dye = new OffscreenCanvas(1, 1).getContext("2d");

// An image as it would be in one colour, until the next one is dyed.
function tinted(image, colour) {
  Object.assign(dye.canvas, { width: image.width, height: image.height }); // and it is empty
  dye.drawImage(image, 0, 0);
  dye.globalCompositeOperation = "source-in";
  dye.fillStyle = colour;
  dye.fillRect(0, 0, image.width, image.height);
  return dye.canvas;
}

function piecesOf({ pieces, sizes, places }) {
  const all = bytesOf(pieces);
  let end = 0;
  return sizes.map((size, i) => new Piece(all.subarray(end, (end += size)), places[i]));
}

// Draws the states of a table on a canvas: the base, and over it the pieces that make a state. Some sliders leave traces in
// later pictures: these lie over the state, and under what the table says lies over any.
class Painter {
  constructor(table, ground) {
    const pieces = piecesOf(table);
    const chosen = (lists) => table.states.map((_, state) => (lists?.[state] ?? []).map((number) => pieces[number]));
    this.ground = ground;
    this.states = chosen(table.states);
    const { most = 0, colours = [], alone, left, over } = table.traces;
    Object.assign(this, { most, colours, alone: chosen(alone), left: chosen(left), over: chosen(over) });
  }
  // All pieces of a state, and of the traces of earlier ones.
  of(state, earlier) {
    const own = [this.states, this.alone, this.left, this.over].flatMap((part) => part[state]);
    return [...own, ...earlier.flatMap((former) => this.left[former])];
  }
  ready(state, earlier) {
    return this.of(state, earlier).every((piece) => piece.image);
  }
  load(state, earlier = []) {
    return Promise.all(this.of(state, earlier).map((piece) => piece.load()));
  }
  // Earlier states are given the newest first, and drawn so.
  paint(state, earlier, context) {
    context.drawImage(this.ground, 0, 0);
    this.states[state].forEach((piece) => piece.drawOn(context));
    earlier.forEach((former, age) => {
      const colour = age && this.colours[Math.min(age, this.colours.length - 1)]; // the pieces have that of the newest
      this.left[former].forEach((piece) => piece.drawOn(context, colour === this.colours[0] ? 0 : colour));
    });
    this[earlier.length ? "over" : "alone"][state].forEach((piece) => piece.drawOn(context));
  }
}

// The places of controls as the number of a state, and the states that may be asked for next.
class States {
  constructor(controls) {
    this.controls = controls;
    this.counts = controls.map((control) => control.get("texts").length);
    this.before = this.positions();
  }
  positions() {
    return this.controls.map((control) => control.get("position"));
  }
  number(positions) {
    return positions.reduce((sum, position, i) => sum * this.counts[i] + position, 0);
  }
  now() {
    return this.number(this.positions());
  }
  places() {
    return Object.fromEntries(this.controls.map((control) => [control.get("label"), control.get("position")]));
  }
  // Where a hand comes to that goes on as it does, more or less, then what is near.
  next() {
    const now = this.positions();
    const moved = now.map((position, i) => position - this.before[i]);
    const within = (position, i) => Math.min(Math.max(position, 0), this.counts[i] - 1);
    const on = (moves, more) =>
      this.number(now.map((at, i) => within(at + moves * moved[i] + more * Math.sign(moved[i]), i)));
    this.before = now;
    return [...new Set([...ONWARD.map(([moves, more]) => on(moves, more)), ...this.near()])];
  }
  // The states some steps away in one control, the nearest first.
  near() {
    const found = [];
    const now = this.now();
    for (let steps = 1; steps <= AHEAD; steps++) {
      let stride = 1;
      for (let i = this.counts.length - 1; i >= 0; stride *= this.counts[i--]) {
        const place = this.controls[i].get("position");
        if (place + steps < this.counts[i]) found.push(now + steps * stride);
        if (place >= steps) found.push(now - steps * stride);
      }
    }
    return found;
  }
}

// Put canvases in the place of the front end's two images: what is drawn on them is seen in the next frame.
function canvasesIn(el, { width, height }, ground) {
  const images = ["coursekit-picture", "coursekit-kept"].map((name) => el.querySelector(`img.${name}`));
  return images.map((image) => {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: ground.width, height: ground.height, className: image.className });
    if (image === images[0]) Object.assign(canvas.style, { width: `${width}px`, aspectRatio: `${width} / ${height}` });
    image.replaceWith(canvas);
    return canvas;
  });
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
  const ground = await imageOf(bytesOf(table.base));
  const painter = new Painter(table, ground);
  const controls = table.controls.map((values) => new Model(values));
  const states = new States(controls);
  const picture = new Model({
    ...{ width: table.width, height: table.height, message: "", failed: false, handles: [], selected: -1 },
    ...{ area: [0, 0, 1, 1], rows: [0, 0, 0, 0], scale: Infinity, frame: 0, seen: 0, answered: states.places() },
    ...{ images: [], description: "", png: new Uint8Array() },
  });
  await painter.load(states.now());
  let earlier = []; // the states whose traces are shown next
  const explorer = document.createElement("div");
  explorer.className = "coursekit-explorer";
  const panel = add(explorer, "coursekit-panel");
  Object.assign(panel.style, { width: `${table.width}px`, maxWidth: "100%" });
  controls.forEach((model) => {
    const el = add(panel, model.get("first") ? "coursekit-first" : "");
    coursekitFrontEnd[model.get("kind")].render({ model, el });
  });
  const el = add(explorer, "");
  coursekitFrontEnd.picture.render({ model: picture, el });
  const [seen, kept] = canvasesIn(el, table, ground);
  const contexts = [seen, kept].map((canvas) => canvas.getContext("2d", { alpha: false }));
  seen.setAttribute("role", "img");
  kept.setAttribute("aria-hidden", "true");
  let asked = 0;
  let shown = -1;
  // One state after the other until the hand moves: what is asked for must not wait behind what may be.
  const decodeAhead = async () => {
    const since = asked;
    for (const state of states.next()) {
      await painter.load(state);
      if (asked !== since) return;
    }
  };
  const show = ({ number, state, answered }) => {
    contexts.forEach((context) => painter.paint(state, earlier, context));
    earlier = [state, ...earlier].slice(0, painter.most);
    kept.style.clipPath = coursekitFrontEnd.picture.cutTo(table.images[table.boxes[state]]);
    seen.setAttribute("aria-label", table.descriptions[state]);
    shown = number;
    picture.set("description", table.descriptions[state]);
    picture.set("answered", answered);
    setTimeout(decodeAhead);
  };
  const attempt = (now) => {
    if (now.number < shown) return;
    if (painter.ready(now.state, earlier)) show(now); // in the event of the hand
    else painter.load(now.state, earlier).then(() => attempt(now));
  };
  const follow = () => attempt({ number: asked++, state: states.now(), answered: states.places() });
  follow();
  controls.forEach((model) => model.on("change:position", follow));
  (image.closest(".coursekit-frame") ?? image).replaceWith(explorer);
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
