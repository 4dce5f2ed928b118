// A few words to choose from, all in sight: native radio buttons. Role, focus and keys are the browser's own.

const OWN = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", " "]);

function render({ model, el }) {
  const group = document.createElement("fieldset");
  const legend = document.createElement("legend");
  const inputs = [];
  group.className = "coursekit-options";
  group.append(legend);
  const together = `coursekit-${Math.random()}`; // one name for each group on the page

  model.get("texts").forEach((text, position) => {
    const label = document.createElement("label");
    const input = document.createElement("input");
    Object.assign(input, { type: "radio", name: together });
    input.addEventListener("change", () => {
      model.set("position", position);
      model.save_changes();
    });
    input.addEventListener("keydown", (event) => {
      if (OWN.has(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
    });
    label.append(input, text);
    group.append(label);
    inputs.push(input);
  });
  function show() {
    legend.textContent = model.get("label");
    inputs.forEach((input, position) => (input.checked = position === model.get("position")));
  }
  // By a hand or by the kernel, which may refuse a choice.
  function moved() {
    const detail = { label: model.get("label"), position: model.get("position") };
    el.dispatchEvent(new CustomEvent("coursekit-moved", { bubbles: true, detail }));
  }
  function asleep({ detail }) {
    const position = detail.answered[model.get("label")];
    if (detail.root.contains(el) && position !== undefined) inputs[position].checked = true;
  }
  document.addEventListener("coursekit-asleep", asleep);
  model.on("change", show);
  model.on("change:position", moved);
  show();
  el.append(group);
  return () => {
    document.removeEventListener("coursekit-asleep", asleep);
    model.off("change", show);
    model.off("change:position", moved);
  };
}

export default { render };
