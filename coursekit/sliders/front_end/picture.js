// One image element whose source changes; it keeps its size, so nothing jumps. On it, handles that can be dragged or moved
// with the arrow keys; below it, one line for messages.

const STEP = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function render({ model, el }) {
  const frame = document.createElement("div");
  const image = document.createElement("img");
  const message = document.createElement("p");
  const handles = [];
  frame.className = "coursekit-frame";
  frame.dataset.lmSuppressShortcuts = "true"; // the arrow keys move a handle, not JupyterLab's cell
  frame.append(image);
  image.className = "coursekit-picture";
  image.width = model.get("width");
  image.height = model.get("height");
  message.className = "coursekit-message";
  message.setAttribute("role", "status");
  let url;

  function showPicture() {
    const old = url;
    url = URL.createObjectURL(new Blob([model.get("png")], { type: "image/png" }));
    image.src = url;
    if (old) URL.revokeObjectURL(old);
  }
  function showTexts() {
    image.alt = model.get("description");
    message.textContent = model.get("message");
    message.classList.toggle("failed", model.get("failed"));
  }
  function moveTo(i, x, y) {
    const places = model.get("handles").map((handle) => ({ ...handle }));
    Object.assign(places[i], { x: Math.min(Math.max(x, 0), 1), y: Math.min(Math.max(y, 0), 1) });
    model.set("handles", places);
    model.save_changes();
  }
  function addHandle(i) {
    const handle = document.createElement("button");
    handle.type = "button";
    handle.className = "coursekit-handle";
    handle.addEventListener("pointerdown", (event) => handle.setPointerCapture(event.pointerId));
    handle.addEventListener("pointermove", (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      const box = frame.getBoundingClientRect();
      moveTo(i, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
    });
    handle.addEventListener("keydown", (event) => {
      if (!(event.key in STEP)) return;
      event.preventDefault();
      const [dx, dy] = STEP[event.key].map((step) => step * (event.shiftKey ? 20 : 4));
      const { x, y } = model.get("handles")[i];
      moveTo(i, x + dx / image.width, y + dy / image.height);
    });
    frame.append(handle);
    return handle;
  }
  function showHandles() {
    model.get("handles").forEach(({ x, y, label }, i) => {
      handles[i] ??= addHandle(i);
      handles[i].style.left = `${100 * x}%`;
      handles[i].style.top = `${100 * y}%`;
      handles[i].setAttribute("aria-label", label);
    });
  }
  model.on("change:png", showPicture);
  model.on("change:handles", showHandles);
  model.on("change", showTexts);
  showPicture();
  showHandles();
  showTexts();
  el.append(frame, message);
  return () => {
    model.off("change:png", showPicture);
    model.off("change:handles", showHandles);
    model.off("change", showTexts);
    URL.revokeObjectURL(url);
  };
}

export default { render };
