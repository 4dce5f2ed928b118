// A native range input over a list of values. Role, focus and keys are the browser's own.

const OWN = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown", " "]);

function render({ model, el }) {
  const label = document.createElement("label");
  const name = document.createElement("span");
  const input = document.createElement("input");
  const output = document.createElement("output");
  label.className = model.get("compact") ? "coursekit-slider compact" : "coursekit-slider";
  label.append(name, input, output);
  input.type = "range";
  output.setAttribute("aria-hidden", "true"); // the input says its value itself

  function show() {
    const texts = model.get("texts");
    const text = texts[model.get("position")];
    name.textContent = model.get("label");
    input.max = texts.length - 1;
    input.value = model.get("position");
    input.setAttribute("aria-label", model.get("label"));
    input.setAttribute("aria-valuetext", text);
    output.textContent = text;
  }
  input.addEventListener("input", () => {
    model.set("position", input.valueAsNumber);
    model.save_changes();
  });
  input.addEventListener("keydown", (event) => {
    // The slider's own keys do not move JupyterLab's cell as well; all others, Ctrl+S say, are JupyterLab's.
    if (OWN.has(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  });
  model.on("change", show);
  show();
  el.append(label);
  return () => model.off("change", show);
}

export default { render };
