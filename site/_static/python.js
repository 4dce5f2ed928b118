// Python in the page, at the reader's wish: a slider that no table holds comes alive, and code can be changed and run. One
// worker answers the whole page; the controls and pictures are the notebook's own front end, as in live.js.

const WORKER = new URL("python_worker.js", HERE);
const LOADS = "loads some 30 MB, once";
let python; // the worker and what stands on the page for it; from the first run on

// A widget's state, here and in the worker.
class Remote extends Model {
  constructor(line, values, post) {
    super(values);
    Object.assign(this, { line, post, changed: new Set() });
  }
  set(name, value) {
    Object.keys(typeof name === "object" ? name : { [name]: value }).forEach((key) => this.changed.add(key));
    super.set(name, value);
  }
  save_changes() {
    const state = Object.fromEntries([...this.changed].map((name) => [name, this.values[name]]));
    this.changed.clear();
    const binary = Object.keys(state).filter((name) => ArrayBuffer.isView(state[name]));
    const buffers = binary.map((name) => new Uint8Array(state[name].buffer.slice(0)));
    binary.forEach((name) => delete state[name]);
    this.post({ method: "update", state, buffer_paths: binary.map((name) => [name]) }, buffers);
  }
  send(content) {
    this.post({ method: "custom", content }, []);
  }
  // Take a state from the worker, which need not hear of it.
  take(state) {
    super.set(state);
  }
  hear(content) {
    this.hearers["msg:custom"]?.forEach((hear) => hear(content));
  }
}

class Python {
  constructor() {
    this.models = {};
    this.asked = new Map();
    this.worker = new Worker(WORKER);
    this.worker.onmessage = ({ data }) => this[data.kind](data);
    this.worker.onerror = (event) => this.end(event.message || "its program could not be loaded");
  }
  run(cells, files, say) {
    const number = (this.number = (this.number ?? 0) + 1);
    return new Promise((resolve, reject) => {
      this.asked.set(number, { resolve, reject, say });
      this.worker.postMessage({ kind: "run", number, cells, files });
    });
  }
  forget(line) {
    this.worker.postMessage({ kind: "forget", line });
  }
  progress({ text }) {
    this.asked.forEach(({ say }) => say(`${text} …`));
  }
  done({ number, shown }) {
    this.asked.get(number)?.resolve(shown);
    this.asked.delete(number);
  }
  failed({ text }) {
    this.end(text);
  }
  comm_open({ line, data, buffers }) {
    const post = (content, parts) =>
      this.worker.postMessage({ kind: "hear", line, text: JSON.stringify(content), buffers: parts });
    this.models[line] = new Remote(line, stateOf(data, buffers), post);
  }
  comm_msg({ line, data, buffers }) {
    if (data.method === "update") this.models[line]?.take(stateOf(data, buffers));
    if (data.method === "custom") this.models[line]?.hear(data.content);
  }
  comm_close({ line }) {
    delete this.models[line];
  }
  // Stop the worker, with all that it keeps alive; the next run begins with a new one.
  end(reason) {
    this.worker.terminate();
    if (python === this) python = undefined;
    this.asked.forEach(({ reject }) => reject(new Error(reason)));
    document.dispatchEvent(new CustomEvent("python-ended"));
  }
}

function stateOf({ state, buffer_paths: paths = [] }, buffers) {
  paths.forEach((path, i) => {
    const place = path.slice(0, -1).reduce((part, name) => part[name], state);
    place[path.at(-1)] = buffers[i];
  });
  return state;
}

function make(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

// Put a widget and those in it on the page.
function view(models, line) {
  const model = models[line];
  const named = (name) => models[model.get(name)?.replace("IPY_MODEL_", "")];
  const el = make("div", { className: (model.get("_dom_classes") ?? []).join(" ") });
  for (const [name, value] of Object.entries(named("layout")?.values ?? {})) {
    if (value !== null && !name.startsWith("_")) el.style.setProperty(name.replaceAll("_", "-"), value);
  }
  const kind = (model.get("_anywidget_id") ?? model.get("_model_name")).split(".").pop().toLowerCase();
  if (coursekitFrontEnd[kind]) coursekitFrontEnd[kind].render({ model, el });
  else if (model.get("children")) {
    el.classList.add(model.get("_model_name") === "VBoxModel" ? "python-column" : "python-box");
    el.append(...model.get("children").map((child) => view(models, child.replace("IPY_MODEL_", ""))));
  } else if (kind === "htmlmodel") el.innerHTML = model.get("value");
  else if (kind === "buttonmodel") el.append(pressed(model));
  else el.textContent = `(${kind} is shown only in a notebook)`;
  return el;
}

function pressed(model) {
  const made = button(model.get("description"), () => model.send({ event: "click" }));
  model.on("change:description", () => (made.textContent = model.get("description")));
  return made;
}

const SHOW = {
  widget: ({ line }) => view(python.models, line),
  picture: ({ png, alt }) => make("img", { src: `data:image/png;base64,${png}`, alt }),
  text: ({ text }) => make("pre", { textContent: text }),
  error: ({ text }) => make("p", { className: "python-error", textContent: `✗ ${text}` }),
};

// What a page has to know of its lesson, loaded once.
const lessons = {};
function lessonOf(name) {
  lessons[name] ??= fetch(new URL(`python/cells/${name}.json`, HERE)).then((answer) => answer.json());
  return lessons[name].catch((error) => {
    delete lessons[name]; // the next one asks again
    throw error;
  });
}

// The buttons below a slider, and what comes of them.
class Bar {
  constructor(cell) {
    [, this.name] = cell.className.match(/tag_python-([\w-]+)/);
    this.status = make("p", { className: "slider-note", role: "status" });
    this.result = make("div", { className: "python-result" });
    this.wake = button("Run with Python", () => this.start());
    this.change = button("Change the code", () => this.open());
    this.stop = button("Stop", () => python?.end("you stopped it"));
    this.stop.hidden = true;
    const lives = cell.className.includes("tag_live-");
    this.picture = lives ? null : cell.querySelector(".cell_output img");
    this.wake.hidden = lives;
    this.wake.title = LOADS;
    cell.append(make("div", { className: "python-bar" }, this.wake, this.change, this.stop, this.status, this.result));
    document.addEventListener("python-ended", () => this.sleep());
  }
  say(text) {
    this.status.textContent = text;
  }
  lesson() {
    return lessonOf(location.pathname.split("/").pop().replace(/\.html$/, ""));
  }
  // Run the cells that come before, and this one, perhaps with other code; give what it shows.
  async run(code) {
    const [{ cells, sliders, files }] = await Promise.all([this.lesson(), load("front_end.js")]);
    const needed = sliders[this.name].map((place) => [place, cells[place]]);
    if (code !== undefined) needed.at(-1)[1] = code;
    python ??= new Python();
    return python.run(needed, files, (text) => this.say(text));
  }
  // Tell whether Python can be had here, and what it needs if not.
  possible() {
    const here = location.protocol !== "file:";
    if (!here) this.say("Python needs these pages from a web server: python3 -m http.server --directory build/site");
    return here;
  }
  // Run, say how far it is, and put what comes of it in its place: a slider where its picture was, all else below.
  async start(code) {
    if (!this.possible()) return;
    this.say(python ? "Waiting for Python …" : `Loading Python (${LOADS}) …`);
    this.busy(true);
    try {
      const shown = await this.run(code);
      this.say("");
      this.show(shown, code === undefined);
    } catch (error) {
      this.say(`Python has ended: ${error.message}. The button starts it again.`);
    }
    this.busy(false);
  }
  busy(now) {
    this.stop.hidden = !now;
    for (const each of [this.wake, this.again]) if (each) each.disabled = now;
  }
  show(shown, own) {
    const made = shown.map((one) => SHOW[one.kind](one));
    const line = shown.find(({ kind }) => kind === "widget")?.line;
    if (own && line) {
      this.awake = make("div", {}, ...made);
      this.asleep = this.picture.closest(".coursekit-frame") ?? this.picture;
      this.asleep.replaceWith(this.awake);
      this.wake.hidden = true;
      this.awake.querySelector("input, canvas")?.focus({ preventScroll: true });
      return;
    }
    if (this.line) python.forget(this.line);
    this.line = line;
    this.result.replaceChildren(...made);
  }
  // Python has ended: nothing moves any more what it has drawn.
  sleep() {
    this.line = undefined;
    this.result.replaceChildren();
    if (!this.awake) return;
    this.awake.replaceWith(this.asleep);
    this.awake = undefined;
    this.wake.hidden = false;
    this.say("Python has ended, and this slider with it. The button starts it again.");
  }
  // Give the code to change, in place of the button.
  async open() {
    if (!this.possible()) return;
    const { cells, sliders } = await this.lesson();
    const source = cells[sliders[this.name].at(-1)];
    const area = make("textarea", { value: source, rows: source.split("\n").length + 1, spellcheck: false });
    area.setAttribute("autocapitalize", "off");
    area.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.again.click();
    });
    this.again = button("Run", () => this.start(area.value));
    const back = button("As it was", () => (area.value = source));
    const told = "Your code. Ctrl + Enter runs it; what it shows stands below.";
    const label = make("label", { className: "python-code" }, told, area);
    this.change.replaceWith(label, this.again, back);
    area.focus();
  }
}

function button(textContent, deed) {
  const made = make("button", { type: "button", className: "python-button", textContent });
  made.addEventListener("click", deed);
  return made;
}

addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll(".cell[class*='tag_python-']").forEach((cell) => new Bar(cell));
});
