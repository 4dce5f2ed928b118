// One image element whose source changes; it keeps its size, so nothing jumps. On it, handles that can be dragged, moved with
// the arrow keys, relabelled, added and removed; below it, one line for messages. What a hand does is told to Python, which
// draws it.

const STEP = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const OTHER = { PageUp: (i) => i - 1, PageDown: (i) => i + 1, Home: () => 0, End: () => Infinity };
const DEEDS = { Delete: "remove", Backspace: "remove", n: "add", Insert: "add", " ": "relabel", Enter: "relabel" };
const SHARPEST = 2; // pixels per CSS pixel; more would cost time and show no more

const SAID = {
  waiting: (text) => `The kernel is busy or does not answer. The picture follows when it does; it is still that of ${text}`,
  gone: () => "The controls sleep: the kernel that drew this picture has ended. Wake them with Run › Run All Cells.",
  asleep: () => "The controls sleep: no kernel has run this cell since the page was opened. Wake them with Run › Run All Cells.",
};

function render({ model, el }) {
  const frame = document.createElement("div");
  const image = document.createElement("img");
  const kept = document.createElement("img"); // the same picture, cut to its images, for a dark page: see controls.css
  const message = document.createElement("p");
  const handles = [];
  frame.className = "coursekit-frame";
  frame.append(image, kept);
  frame.addEventListener("dragstart", (event) => event.preventDefault()); // else a drag could take the image along
  image.className = "coursekit-picture";
  image.draggable = false;
  kept.className = "coursekit-kept";
  kept.alt = "";
  image.width = model.get("width");
  image.height = model.get("height");
  message.className = "coursekit-message";
  message.setAttribute("role", "status");
  let url;
  let hovered = -1;
  let held = -1; // which handle is being dragged
  let touched = -Infinity; // when a handle was moved here
  let state = "awake"; // what is known of the kernel
  let places = []; // where the handles are now; Python hears of each move and draws it

  function showPicture() {
    const old = url;
    const number = model.get("frame");
    url = URL.createObjectURL(new Blob([model.get("png")], { type: "image/png" }));
    image.onload = () => {
      if (number === model.get("seen")) return;
      model.set("seen", number);
      model.save_changes();
    };
    image.src = kept.src = url;
    kept.style.clipPath = cutTo(model.get("images"));
    if (old) URL.revokeObjectURL(old);
  }
  function showTexts() {
    const failed = model.get("failed") && !(state in SAID);
    image.alt = model.get("description");
    message.textContent = SAID[state]?.(image.alt) ?? model.get("message");
    message.classList.toggle("failed", failed);
    frame.classList.toggle("old", failed || state === "waiting" || state === "gone");
    el.closest(".coursekit-explorer")?.setAttribute("data-kernel", state);
    if (state === "asleep" || state === "gone") {
      el.prepend(message); // beside the controls that it tells of
      handles.forEach((handle) => (handle.disabled = true));
    }
  }
  function within([x0, y0, x1, y1], { x, y }) {
    return x0 <= x && x <= x1 && y0 <= y && y <= y1;
  }
  function share(event) {
    const box = image.getBoundingClientRect();
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  }
  function moveTo(i, x, y) {
    const [x0, y0, x1, y1] = model.get("area");
    places[i] = { x: Math.min(Math.max(x, x0), x1), y: Math.min(Math.max(y, y0), y1) };
    put(i);
    touched = performance.now();
    model.send({ deed: "move", point: i, ...places[i] });
  }
  function put(i) {
    handles[i].style.left = `${100 * places[i].x}%`;
    handles[i].style.top = `${100 * places[i].y}%`;
  }
  function hover(i) {
    if (i !== hovered) model.send({ deed: "hover", point: i });
    hovered = i;
  }
  function press(i, event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return; // JupyterLab's and the browser's own
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const label = "abcd".indexOf(key);
    if (key in STEP) {
      const [x0, y0, x1, y1] = model.get("area");
      const [dx, dy] = STEP[key].map((step) => step * (event.shiftKey ? 1 / 12 : 1 / 60)); // of the area
      moveTo(i, places[i].x + dx * (x1 - x0), places[i].y + dy * (y1 - y0));
    } else if (key in OTHER) handles[Math.min(Math.max(OTHER[key](i), 0), handles.length - 1)].focus();
    else if (label >= 0 && key) model.send({ deed: "relabel", point: i, label });
    else if (key in DEEDS) model.send({ deed: DEEDS[key], point: i });
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  function addHandle() {
    const handle = document.createElement("button");
    const number = () => handles.indexOf(handle);
    handle.type = "button";
    handle.className = "coursekit-handle";
    handle.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault(); // no selection of text begins here, and no drag of the image
      handle.focus();
      handle.setPointerCapture(event.pointerId);
      held = number();
    });
    handle.addEventListener("pointermove", (event) => {
      if (held !== number() || held < 0) return hover(number());
      const { x, y } = share(event);
      moveTo(held, x, y);
    });
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
      handle.addEventListener(end, () => (held = -1));
    }
    handle.addEventListener("focus", () => {
      reachable(number());
      model.send({ deed: "select", point: number() });
    });
    handle.addEventListener("dblclick", () => model.send({ deed: "relabel", point: number() }));
    handle.addEventListener("keydown", (event) => press(number(), event));
    frame.append(handle);
    return handle;
  }
  function reachable(i) {
    handles.forEach((handle, other) => (handle.tabIndex = other === i ? 0 : -1)); // one stop for the Tab key
  }
  function showHandles() {
    const given = model.get("handles");
    const focused = handles.indexOf(document.activeElement);
    const echo = given.length === places.length && performance.now() - touched < 500; // of a move that has gone on since
    places.length = given.length;
    while (handles.length > given.length) handles.pop().remove();
    given.forEach(({ x, y, label }, i) => {
      handles[i] ??= addHandle();
      if (!echo) places[i] = { x, y };
      put(i);
      handles[i].setAttribute("aria-label", label);
    });
    if (!given.length) return;
    const selected = Math.min(Math.max(model.get("selected"), 0), given.length - 1);
    reachable(selected);
    if (focused >= 0 && focused !== selected) handles[selected].focus();
  }
  frame.addEventListener("pointermove", (event) => {
    if (event.target !== image || !handles.length) return;
    const place = share(event);
    const [, top, , bottom] = model.get("rows");
    const row = Math.floor(((place.y - top) / (bottom - top)) * handles.length);
    hover(within(model.get("rows"), place) ? Math.min(row, handles.length - 1) : -1);
  });
  frame.addEventListener("pointerleave", () => hover(-1));
  image.addEventListener("dblclick", (event) => {
    const place = share(event);
    if (!handles.length || !within(model.get("area"), place)) return;
    model.send({ deed: "add", point: model.get("selected"), ...place }); // of the class of the selected point
  });
  model.on("change:png", showPicture);
  model.on("change:handles", showHandles);
  model.on("change", showTexts);
  showPicture();
  showHandles();
  showTexts();
  watchFigures();
  el.append(frame, message);
  const leave = attend(model, el, (now) => {
    state = now;
    showTexts();
  });
  const sharp = () => {
    const scale = Math.min(window.devicePixelRatio, SHARPEST);
    if (scale <= model.get("scale")) return; // another page on the same kernel may be the sharper one
    model.set("scale", scale);
    model.save_changes();
  };
  sharp();
  return () => {
    leave();
    model.off("change:png", showPicture);
    model.off("change:handles", showHandles);
    model.off("change", showTexts);
    URL.revokeObjectURL(url);
  };
}

export default { render, cutTo };
