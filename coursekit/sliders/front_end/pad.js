// A sheet of pixels to draw on with the mouse, a finger, a pen or the keys: arrows move the pen, space presses it down. Beside
// it stands what the picture below says of it, as long as that is what is drawn, and what the model sees.

const SIDE = 224; // screen pixels of the longer side
const PATIENCE_WITH_ANSWER = 250; // ms until an answer of another drawing is taken away

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const HELP = {
  pen: "Draw with the mouse, a finger or a pen. By keys: arrows move the pen, space presses it down or lifts it, Ctrl+Z undoes.",
  cells: "Click cells, or draw over them, to turn them on and off. By keys: arrows move, space turns, Ctrl+Z undoes.",
};

function make(tag, className, content, attributes = {}) {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...content);
  return Object.assign(element, attributes);
}

function paint(canvas, pixels, rows, columns, { lines, mark } = {}) {
  const context = canvas.getContext("2d");
  const side = canvas.width / columns;
  pixels.forEach((value, i) => {
    context.fillStyle = `rgb(${255 - value} ${255 - value} ${255 - value})`;
    context.fillRect((i % columns) * side, Math.floor(i / columns) * side, side, side);
  });
  context.fillStyle = "#949494";
  for (let column = 1; lines && column < columns; column++) context.fillRect(column * side, 0, 1, rows * side);
  for (let row = 1; lines && row < rows; row++) context.fillRect(0, row * side, columns * side, 1);
  if (!mark) return;
  context.strokeStyle = mark.down ? "#d55e00" : "#0072b2";
  context.lineWidth = 3;
  context.strokeRect(Math.floor(mark.x) * side + 1.5, Math.floor(mark.y) * side + 1.5, side - 3, side - 3);
}

function render({ model, el }) {
  const [rows, columns, cells] = ["rows", "columns", "cells"].map((name) => model.get(name));
  const label = model.get("label");
  const side = Math.max(2, Math.floor(SIDE / Math.max(rows, columns)));
  const size = { width: columns * side, height: rows * side };
  const help = HELP[cells ? "cells" : "pen"];
  const canvas = make("canvas", "coursekit-sheet", [], { ...size, tabIndex: 0 });
  const undo = make("button", "", ["Undo"], { type: "button" });
  const clear = make("button", "", ["Clear"], { type: "button" });
  const box = make("input", "", [], { type: "checkbox" });
  const told = make("span", "", []);
  const seen = make("canvas", "coursekit-seen", [], size);
  const answer = make("output", "coursekit-answer", []);
  const place = make("p", "coursekit-place", []);
  const choice = make("label", "", [box, told]);
  const beside = make("div", "coursekit-beside", [answer, make("figure", "", [seen, make("figcaption", "", ["what the model sees"])])]);
  const below = make("div", "coursekit-tools", [undo, clear, choice]);
  const frame = make("div", "coursekit-pad", [make("span", "", [label]), canvas, beside, below, make("p", "", [help]), place]);
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", `${label}: a sheet of ${rows} by ${columns} pixels. ${help}`);
  seen.setAttribute("role", "img");
  seen.setAttribute("aria-label", `${label}: what the model sees`);
  place.setAttribute("role", "status");
  choice.hidden = seen.parentElement.hidden = !model.get("offers_centring");
  answer.hidden = !model.get("asks");
  const ink = inkOf(rows, columns, cells);
  const sheets = new Map(); // by position, what was drawn then and has had no answer
  const pen = { x: Math.floor(columns / 2) + 0.5, y: Math.floor(rows / 2) + 0.5, down: false, byKey: false };
  let timer;

  function show() {
    paint(canvas, ink.pixels, rows, columns, { lines: cells, mark: pen.byKey && pen });
    undo.setAttribute("aria-disabled", !ink.canUndo());
    const where = `row ${Math.floor(pen.y) + 1}, column ${Math.floor(pen.x) + 1}`;
    const here = cells ? (ink.pixels[Math.floor(pen.y) * columns + Math.floor(pen.x)] ? "on" : "off") : pen.down ? "pen down" : "pen up";
    place.textContent = pen.byKey ? `${where}: ${here}` : "";
    box.checked = model.get("centred");
    told.textContent = `Centred and scaled as MNIST was made: ${box.checked ? "on" : "off"}`;
  }
  function showAnswer() {
    const { position, name, share, seen: pixels } = model.get("answer");
    const follows = position === model.get("position");
    if (follows) timer = clearTimeout(timer);
    else timer ??= setTimeout(sayLate, PATIENCE_WITH_ANSWER);
    if (follows) sheets.clear();
    if (follows && pixels) paint(seen, new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength), rows, columns);
    if (follows || ink.isEmpty()) say(follows ? name : undefined, share);
  }
  function say(name, share) {
    const words = name === undefined ? [ink.isEmpty() ? "Draw something." : "…"] : [make("b", "", [name]), ` ${share}`];
    if (ink.isEmpty()) words.splice(0, 2, "Draw something.");
    answer.replaceChildren(...words);
    seen.classList.toggle("old", model.get("answer").position !== model.get("position"));
  }
  function sayLate() {
    timer = undefined;
    say();
  }
  function send(changes = {}) {
    const position = model.get("position") + 1;
    model.set({ pixels: new DataView(ink.pixels.slice().buffer), position, ...changes });
    model.save_changes();
    sheets.set(position, ink.pixels.slice());
    canvas.dispatchEvent(new CustomEvent("coursekit-moved", { bubbles: true, detail: { label, position } }));
    show();
    showAnswer();
  }
  function receive() {
    const sent = model.get("pixels");
    ink.take(new Uint8Array(sent.buffer, sent.byteOffset, sent.byteLength).slice());
    show();
    showAnswer();
  }
  function asleep({ detail }) {
    if (!detail.root.contains(el)) return;
    clearTimeout(timer);
    ink.pixels = sheets.get(detail.answered[label]) ?? ink.pixels;
    const { position, name, share } = model.get("answer");
    show();
    say(position === detail.answered[label] ? name : undefined, share);
  }
  function moveTo(x, y) {
    if (pen.down) ink.line(pen.x, pen.y, x, y);
    Object.assign(pen, { x, y });
    if (pen.down) send();
    else show();
  }
  function press(x, y, byKey) {
    Object.assign(pen, { x, y, byKey, down: true });
    ink.begin(x, y);
    moveTo(x, y);
  }
  function takeBack() {
    if (!ink.canUndo()) return;
    pen.down = false; // the stroke that is being drawn is over
    ink.undo();
    send();
  }
  function spot(event) {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const edge = parseFloat(getComputedStyle(canvas).borderTopWidth) || 0;
    const share = (from, to, all) => (from - to - edge) / (all - 2 * edge);
    return [share(event.clientX, left, width) * columns, share(event.clientY, top, height) * rows];
  }
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary) return; // a second finger draws nothing
    canvas.setPointerCapture(event.pointerId);
    press(...spot(event), false);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (pen.down && !pen.byKey && event.isPrimary) moveTo(...spot(event));
  });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
    canvas.addEventListener(end, () => pen.byKey || Object.assign(pen, { down: false }));
  }
  canvas.addEventListener("keydown", (event) => {
    if ((!(event.key in STEPS) && event.key !== " ") || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation(); // these keys draw and do not move JupyterLab's cell; all others are JupyterLab's
    const within = (value, last) => Math.floor(Math.min(Math.max(value, 0), last - 1)) + 0.5;
    const [dx, dy] = STEPS[event.key] ?? [0, 0];
    if (!pen.byKey) Object.assign(pen, { byKey: true, down: false });
    const [x, y] = [within(pen.x + dx, columns), within(pen.y + dy, rows)];
    if (event.key !== " ") return moveTo(x, y);
    if (pen.down) pen.down = false;
    else press(x, y, true);
    if (cells) pen.down = false;
    show();
  });
  canvas.addEventListener("blur", () => {
    Object.assign(pen, { byKey: false, down: false });
    show();
  });
  frame.addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (plain && event.target !== canvas && [" ", "Enter"].includes(event.key)) event.stopPropagation();
    if (event.key.toLowerCase() !== "z" || event.shiftKey || event.altKey || plain) return;
    event.preventDefault();
    event.stopPropagation();
    takeBack();
  });
  undo.addEventListener("click", takeBack);
  clear.addEventListener("click", () => {
    if (ink.isEmpty()) return;
    ink.clear();
    send();
  });
  box.addEventListener("change", () => send({ centred: box.checked }));
  document.addEventListener("coursekit-asleep", asleep);
  model.on("change:pixels change:centred", receive);
  model.on("change:answer", showAnswer);
  receive();
  el.append(frame);
  return () => {
    clearTimeout(timer);
    document.removeEventListener("coursekit-asleep", asleep);
    model.off("change:pixels change:centred", receive);
    model.off("change:answer", showAnswer);
  };
}

export default { render };
