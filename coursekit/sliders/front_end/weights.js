// The weights as numbers without a bound, each with a range to drag and its gradient; the keys belong to the number.

const STEPS = { ArrowUp: 0.1, ArrowRight: 0.1, ArrowDown: -0.1, ArrowLeft: -0.1, PageUp: 1, PageDown: -1 };

function render({ model, el }) {
  const table = document.createElement("div");
  const corner = document.createElement("span");
  table.className = "coursekit-weights";
  table.setAttribute("role", "group");
  table.setAttribute("aria-label", "weights");
  let cells = [];

  function make(tag, properties = {}) {
    return Object.assign(document.createElement(tag), properties);
  }
  function value(row, column) {
    return model.get("table").W[row][column];
  }
  function send(row, column, number) {
    if (Number.isFinite(number)) model.send({ row, column, value: number });
    else show();
  }
  function addCell(row, column, name) {
    const cell = make("span", { className: "coursekit-weight" });
    const field = make("input", { type: "number", step: "any" });
    const range = make("input", { type: "range", step: "any", tabIndex: -1 });
    const slope = make("output");
    range.setAttribute("aria-hidden", "true"); // the number beside it says and does the same
    field.setAttribute("aria-label", name);
    const nudge = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return; // JupyterLab's and the browser's own
      event.stopPropagation();
      const sideways = event.target === field && ["ArrowLeft", "ArrowRight"].includes(event.key); // the caret's
      if (!(event.key in STEPS) || sideways) return;
      event.preventDefault();
      const pending = field.dataset.typed ? field.valueAsNumber : value(row, column);
      delete field.dataset.typed;
      const next = pending + STEPS[event.key] * (event.shiftKey ? 10 : 1);
      send(row, column, Number(next.toPrecision(12)));
    };
    field.addEventListener("keydown", nudge);
    range.addEventListener("keydown", nudge);
    field.addEventListener("input", () => (field.dataset.typed = "yes"));
    const take = () => {
      if (!field.dataset.typed) return;
      delete field.dataset.typed;
      send(row, column, field.valueAsNumber);
    };
    field.addEventListener("change", take);
    field.addEventListener("blur", take);
    range.addEventListener("input", () => send(row, column, Math.round(100 * range.valueAsNumber) / 100));
    cell.append(field, range, slope);
    return { cell, field, range, slope };
  }
  function build({ W, rows, classes, colours }) {
    const count = W[0].length;
    table.style.gridTemplateColumns = `auto repeat(${count}, minmax(min-content, max-content))`;
    table.replaceChildren(corner);
    for (let column = 0; column < count; column++) {
      const head = make("span", { className: "coursekit-class", textContent: `${classes[column]}: weight, dW` });
      head.style.setProperty("--colour", colours[column]);
      table.append(head);
    }
    cells = W.map((_, row) => {
      const line = W[row].map((_, column) => addCell(row, column, `${rows[row]} ${classes[column]}`));
      table.append(make("span", { textContent: rows[row] }), ...line.map(({ cell }) => cell));
      return line;
    });
  }
  function show() {
    const state = model.get("table");
    if (cells[0]?.length !== state.W[0].length) build(state);
    corner.textContent = `step ${state.step}`;
    const reach = Math.max(4, 2 ** Math.ceil(Math.log2(Math.max(...state.W.flat().map(Math.abs)))));
    cells.forEach((line, row) =>
      line.forEach(({ field, range, slope }, column) => {
        const number = state.W[row][column];
        const d = state.dW[row][column];
        if (!field.dataset.typed) field.value = Number(number.toPrecision(4));
        range.min = -reach;
        range.max = reach;
        range.value = number;
        range.title = `${-reach} to ${reach}`;
        slope.textContent = `${d < 0 ? "−" : d > 0 ? "+" : ""}${Number(Math.abs(d).toPrecision(2))}`;
        slope.title = d === 0 ? "no step moves it" : `descent moves it ${d < 0 ? "up" : "down"}`;
        field.setAttribute("aria-description", `gradient ${slope.textContent}`);
      }),
    );
  }
  model.on("change:table", show);
  model.on("msg:custom", show); // a number was refused
  show();
  el.append(table);
  return () => {
    model.off("change:table", show);
    model.off("msg:custom", show);
  };
}

export default { render };
