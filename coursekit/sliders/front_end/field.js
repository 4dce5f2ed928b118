// Text to type or paste: one line, taken with Enter, or several. Ctrl+S and its like stay JupyterLab's.

function render({ model, el }) {
  const label = document.createElement("label");
  const name = document.createElement("span");
  const rows = model.get("rows");
  const input = document.createElement(rows > 1 ? "textarea" : "input");
  label.className = "coursekit-field";
  label.append(name, input);
  name.textContent = model.get("label");
  input.spellcheck = false;
  input.placeholder = model.get("placeholder");
  if (rows > 1) input.rows = rows;

  function show() {
    input.value = model.get("value");
  }
  input.addEventListener("change", () => {
    model.set("value", input.value);
    model.save_changes();
  });
  input.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation(); // it is typed
  });
  model.on("change:value", show);
  show();
  el.append(label);
  return () => model.off("change:value", show);
}

export default { render };
