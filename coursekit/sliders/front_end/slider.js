// A native range input over a list of values, with its scale below it and its value beside it, to read or to type.
// Role, focus and keys of the range are the browser's own; Delete or a double click goes back to the start.

const OWN = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown", " "]);
const BACK = new Set(["Delete", "Backspace"]);
const BEAT = 120; // ms between two steps of a journey
const STEPS = 100; // of a whole journey, at most
const LATE = 0.9; // of the way: too near the end to start there

function make(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function render({ model, el }) {
  const texts = model.get("texts");
  const last = texts.length - 1;
  const start = model.get("start");
  const label = model.get("label");
  const input = make("input", { type: "range", min: 0, max: last });
  const field = make("input", { type: "text", size: 6, autocomplete: "off" });
  const play = make("button", { type: "button", className: "coursekit-play", textContent: "▶" });
  const frame = make("div", { className: "coursekit-slider" });
  let playing;
  frame.append(make("span", { textContent: label }), make("div", {}, input, scale()), field);
  if (model.get("plays")) frame.append(play);
  const told = `${texts[0]} to ${texts[last]}${model.get("logarithmic") ? ", in equal factors" : ""}`;
  input.title = `${told}. Double click or Delete: back to ${texts[start]}`;
  input.setAttribute("aria-label", label);
  input.setAttribute("aria-description", `${told}; Delete goes back to ${texts[start]}`);
  field.setAttribute("aria-label", `${label}, to type`);
  field.title = "Type a value; Enter takes it";
  field.style.setProperty("--letters", Math.max(...texts.map((text) => text.length)));

  // The ends, the start and what is between them, where the knob's centre comes to stand.
  function scale() {
    const line = make("div", { className: "coursekit-scale", ariaHidden: "true" });
    const put = (position, className, textContent = "") => {
      const mark = make("span", { className, textContent });
      mark.style.setProperty("--at", last ? position / last : 0);
      line.append(mark);
    };
    for (const [position, text] of model.get("ticks")) put(position, "tick", text);
    put(0, "tick end", texts[0]);
    put(last, "tick end", texts[last]);
    put(start, "start");
    if (model.get("logarithmic")) line.append(make("span", { className: "kind", textContent: "log" }));
    return line;
  }
  function show() {
    const text = texts[model.get("position")];
    input.value = model.get("position");
    input.setAttribute("aria-valuetext", text);
    if (document.activeElement !== field || !field.dataset.typed) field.value = text;
  }
  // By a hand or by the kernel.
  function moved() {
    show();
    const detail = { label, position: model.get("position") };
    el.dispatchEvent(new CustomEvent("coursekit-moved", { bubbles: true, detail }));
  }
  function moveTo(position) {
    const next = Math.min(Math.max(position, 0), last);
    if (next !== model.get("position")) {
      model.set("position", next);
      model.save_changes();
    }
    show();
  }
  function take() {
    if (!field.dataset.typed) return;
    delete field.dataset.typed;
    const typed = field.value.trim().replace(",", ".").replace("−", "-");
    const word = texts.findIndex((text) => text.toLowerCase() === typed.toLowerCase());
    const numbers = texts.map(Number);
    const within = Math.min(Math.max(Number(typed), Math.min(...numbers)), Math.max(...numbers));
    const far = numbers.map((number) => Math.abs(number - within));
    if (word >= 0) moveTo(word);
    else if (typed && far.every(Number.isFinite)) moveTo(far.indexOf(Math.min(...far)));
    else show();
  }
  function pause() {
    clearInterval(playing);
    playing = undefined;
    play.textContent = "▶";
    play.setAttribute("aria-label", `play ${label}`);
    play.title = `From ${texts[0]} to ${texts[last]}`;
  }
  function go() {
    if (model.get("position") > LATE * last) moveTo(0);
    play.textContent = "❚❚";
    play.setAttribute("aria-label", `pause ${label}`);
    playing = setInterval(() => {
      if (el.closest(".coursekit-explorer")?.dataset.behind === "yes") return; // the picture comes along
      if (!el.isConnected || model.get("position") === last) return pause();
      moveTo(model.get("position") + Math.ceil(last / STEPS));
    }, BEAT);
  }
  function asleep({ detail }) {
    if (!detail.root.contains(el)) return;
    pause();
    input.value = detail.answered[label] ?? model.get("position");
    field.value = texts[input.value];
  }
  input.addEventListener("input", () => {
    pause();
    moveTo(input.valueAsNumber);
  });
  const goBack = () => {
    pause();
    moveTo(start);
  };
  input.addEventListener("dblclick", goBack);
  // A control's own keys do not move JupyterLab's cell as well; all others, Ctrl+S say, are JupyterLab's.
  input.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(OWN.has(event.key) || BACK.has(event.key))) return;
    event.stopPropagation();
    if (BACK.has(event.key)) goBack();
  });
  field.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || (event.key === "Enter" && event.shiftKey)) return;
    event.stopPropagation(); // it is typed
    if (event.key === "Escape") delete field.dataset.typed;
    if (event.key === "Escape") show();
    if (event.key === "Enter") take();
    if (event.key === "Enter") field.select(); // what is typed next comes in its place
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    take();
    moveTo(model.get("position") + step);
  });
  field.addEventListener("input", () => (field.dataset.typed = "yes"));
  field.addEventListener("focus", () => {
    pause(); // else it writes where one types
    field.select();
  });
  field.addEventListener("blur", take);
  play.addEventListener("click", () => (playing ? pause() : go()));
  play.addEventListener("keydown", (event) => {
    if ([" ", "Enter"].includes(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  });
  document.addEventListener("coursekit-asleep", asleep);
  model.on("change:position", moved);
  pause();
  show();
  el.append(frame);
  return () => {
    pause();
    document.removeEventListener("coursekit-asleep", asleep);
    model.off("change:position", moved);
  };
}

export default { render };
