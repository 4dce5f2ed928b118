// A sheet of pixels to draw on with the mouse, a finger or the keys: arrows move the pen, space presses it down.

const SCALE = 8; // screen pixels a pixel
const REACH = 1.7; // pixels from the pen's centre to where its ink ends

function render({ model, el }) {
  const rows = model.get("rows");
  const columns = model.get("columns");
  const frame = document.createElement("div");
  const name = document.createElement("span");
  const canvas = document.createElement("canvas");
  const help = document.createElement("span");
  const clear = document.createElement("button");
  frame.className = "coursekit-pad";
  frame.append(name, canvas, help, clear);
  name.textContent = model.get("label");
  help.textContent = "Draw with the mouse. Or with the keys: arrows move the pen, space presses it down or lifts it.";
  clear.textContent = "Clear";
  clear.type = "button";
  canvas.width = columns;
  canvas.height = rows;
  canvas.style.width = `${columns * SCALE}px`;
  canvas.style.height = `${rows * SCALE}px`;
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", `${model.get("label")}: a sheet of ${rows} by ${columns} pixels. ${help.textContent}`);
  const context = canvas.getContext("2d");
  const pen = { x: columns / 2, y: rows / 2, down: false, byKey: false };
  let ink = new Uint8Array(rows * columns);

  function show() {
    const sheet = context.createImageData(columns, rows);
    for (let i = 0; i < ink.length; i++) sheet.data.set([255 - ink[i], 255 - ink[i], 255 - ink[i], 255], 4 * i);
    context.putImageData(sheet, 0, 0);
    if (pen.byKey) {
      context.fillStyle = pen.down ? "#d55e00" : "#0072b2";
      context.fillRect(Math.floor(pen.x), Math.floor(pen.y), 1, 1);
    }
  }
  function send() {
    const position = model.get("position") + 1;
    model.set("pixels", new DataView(ink.slice().buffer));
    model.set("position", position);
    model.save_changes();
    const detail = { label: model.get("label"), position };
    canvas.dispatchEvent(new CustomEvent("coursekit-moved", { bubbles: true, detail }));
    show();
  }
  function receive() {
    const sent = model.get("pixels");
    ink = new Uint8Array(sent.buffer, sent.byteOffset, sent.byteLength).slice();
    show();
  }
  function dot(x, y) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const near = REACH - Math.hypot(column + 0.5 - x, row + 0.5 - y);
        const i = row * columns + column;
        ink[i] = Math.max(ink[i], 255 * Math.min(Math.max(near, 0), 1));
      }
    }
  }
  function moveTo(x, y) {
    const pieces = Math.ceil(2 * Math.hypot(x - pen.x, y - pen.y)) || 1;
    for (let i = 1; pen.down && i <= pieces; i++) {
      dot(pen.x + ((x - pen.x) * i) / pieces, pen.y + ((y - pen.y) * i) / pieces);
    }
    [pen.x, pen.y] = [x, y];
    if (pen.down) send();
    else show();
  }
  function place(event) {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * columns, ((event.clientY - box.top) / box.height) * rows];
  }
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    [pen.x, pen.y] = place(event);
    Object.assign(pen, { down: true, byKey: false });
    moveTo(pen.x, pen.y);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (pen.down && !pen.byKey) moveTo(...place(event));
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => Object.assign(pen, { down: false }));
  }
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  canvas.addEventListener("keydown", (event) => {
    if ((!(event.key in steps) && event.key !== " ") || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation(); // these keys draw and do not move JupyterLab's cell; all others are JupyterLab's
    if (!pen.byKey) Object.assign(pen, { byKey: true, down: false });
    if (event.key === " ") pen.down = !pen.down;
    const [dx, dy] = steps[event.key] ?? [0, 0];
    moveTo(Math.min(Math.max(pen.x + dx, 0.5), columns - 0.5), Math.min(Math.max(pen.y + dy, 0.5), rows - 0.5));
  });
  canvas.addEventListener("blur", () => {
    Object.assign(pen, { byKey: false, down: false });
    show();
  });
  clear.addEventListener("keydown", (event) => {
    if ([" ", "Enter"].includes(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  });
  clear.addEventListener("click", () => {
    ink.fill(0);
    send();
  });
  model.on("change:pixels", receive);
  receive();
  el.append(frame);
  return () => model.off("change:pixels", receive);
}

export default { render };
