// What a picture knows of its kernel: whether it answers, and that it has gone. Put before picture.js, which shows it.
// What a saved page needs to show the last picture is written into the file here, too.

const STATE = "application/vnd.jupyter.widget-state+json";
const VIEW = "application/vnd.jupyter.widget-view+json";
const GONE = new Set(["restarting", "autorestarting", "terminating", "dead"]);
const TOUCHES = ["pointerdown", "keydown"];
const PATIENCE = 350; // ms without an answer until that is said

// Watch the controls around a picture and the kernel behind them; `show` hears of every change of state: awake, waiting (for
// a busy kernel), gone (while the page was open), asleep (from the beginning).
function attend(model, el, show) {
  const asked = new Map(); // where each control is that has been moved
  let sent = 0; // messages that a hand here has caused and the kernel has not dealt with
  let state = "awake";
  let timer;

  const root = () => el.closest(".coursekit-explorer");
  const become = (next) => {
    if (state === next || state === "gone" || state === "asleep") return;
    state = next;
    if (state === "gone" || state === "asleep") lull(root(), el, model.get("answered"));
    show(state);
  };
  const tooLate = () => {
    timer = undefined;
    become("waiting");
  };
  const hear = ({ type, target, detail }) => {
    const place = root();
    if (type === "coursekit-moved" && !place?.contains(target)) return;
    if (type === "coursekit-moved") asked.set(detail.label, detail.position);
    const answered = model.get("answered");
    const late = [...asked].some(([label, position]) => answered[label] !== position);
    const behind = late || sent > 0;
    if (place) place.dataset.behind = late ? "yes" : "";
    if (!behind || type === "answered") timer = clearTimeout(timer);
    if (!behind) become("awake");
    else timer ??= setTimeout(tooLate, PATIENCE);
  };
  const answer = () => hear({ type: "answered" });
  const look = () => setTimeout(() => el.closest(".jupyter-widgets-disconnected") && become("asleep"));
  const unplug = whenKernelGoes(model.widget_manager, () => become("gone"));
  const unhook = countMessages(model.widget_manager, root, (count, type) => {
    sent = count;
    hear({ type });
  });
  document.addEventListener("coursekit-moved", hear);
  model.on("change:answered", answer);
  model.on("comm_live_update", look);
  whenAttached(el, look);
  keepInFile(model.widget_manager);
  return () => {
    clearTimeout(timer);
    unplug();
    unhook();
    document.removeEventListener("coursekit-moved", hear);
    model.off("change:answered", answer);
    model.off("comm_live_update", look);
  };
}

// Let nobody move what nothing follows: all but the picture is out of reach, and each slider is where the picture has it.
function lull(root, el, answered) {
  if (!root) return;
  const quiet = () => [...root.children].forEach((part) => (part.inert = !part.contains(el)));
  new MutationObserver(quiet).observe(root, { childList: true });
  quiet();
  document.dispatchEvent(new CustomEvent("coursekit-asleep", { detail: { root, answered } }));
}

function whenAttached(el, deed) {
  if (el.isConnected) deed();
  else requestAnimationFrame(() => whenAttached(el, deed));
}

// In JupyterLab and Notebook 7 the manager knows its notebook; elsewhere it may not.
function whenKernelGoes(manager, gone) {
  const session = manager?.context?.sessionContext;
  if (!session?.statusChanged) return () => {};
  const status = (_, now) => GONE.has(now) && gone();
  const kernel = (_, { oldValue, newValue }) => oldValue && oldValue.id !== newValue?.id && gone();
  session.statusChanged.connect(status);
  session.kernelChanged.connect(kernel);
  return () => {
    session.statusChanged.disconnect(status);
    session.kernelChanged.disconnect(kernel);
  };
}

// What is not told by a position (a dragged point, a weight, a button) still is a message, and the kernel says when it has dealt
// with it. Counted are the messages to widgets that follow a touch of what `root` holds.
function countMessages(manager, root, tell) {
  const session = manager?.context?.sessionContext;
  if (!session?.statusChanged) return () => {};
  const open = new Set();
  const cells = new Set(); // what the kernel runs
  let here = false; // whether the last touch was here
  let kernel;
  const touch = ({ target }) => (here = Boolean(root()?.contains(target)));
  const read = (_, { direction, msg }) => {
    const { msg_type: kind, msg_id: id } = msg.header;
    const { msg_type: cause, msg_id: of } = msg.parent_header;
    const state = kind === "status" && msg.content.execution_state;
    if (state === "busy" && cause === "execute_request") cells.add(of);
    if (state === "idle" && cells.delete(of) && !cells.size) open.delete("cell");
    const begins = direction === "send" && kind === "comm_msg" && here;
    if (begins) open.add(id);
    if (begins && cells.size) open.add("cell"); // the message may be read beside it, but nothing is drawn before its end
    if (state === "idle") open.delete(of);
    if (begins || state === "idle") tell(open.size, begins || open.has("cell") ? "sent" : "answered");
  };
  const plug = () => {
    const next = session.session?.kernel;
    if (next === kernel) return;
    kernel?.anyMessage?.disconnect(read);
    kernel = next;
    kernel?.anyMessage?.connect(read);
  };
  plug();
  session.kernelChanged.connect(plug);
  for (const kind of TOUCHES) document.addEventListener(kind, touch, true);
  return () => {
    session.kernelChanged.disconnect(plug);
    kernel?.anyMessage?.disconnect(read);
    for (const kind of TOUCHES) document.removeEventListener(kind, touch, true);
  };
}

// JupyterLab saves widgets if a setting says so, and only those that a kernel is behind: a page that is opened, read and saved
// would lose its pictures. So each save keeps the explorers that the page shows, live or asleep, and no others.
function keepInFile(manager) {
  const context = manager?.context;
  const kept = (window.coursekitKept ??= new WeakSet());
  if (!context?.saveState || !manager.get_state_sync || kept.has(manager)) return;
  kept.add(manager);
  context.saveState.connect((_, phase) => phase === "started" && write(manager, context.model));
}

function write(manager, notebook) {
  const saved = notebook.getMetadata("widgets")?.[STATE]?.state ?? {};
  const known = { ...saved, ...manager.get_state_sync({ drop_defaults: true }).state };
  const outputs = notebook.toJSON().cells.flatMap((cell) => cell.outputs ?? []);
  const shown = outputs.map((output) => output.data?.[VIEW]?.model_id);
  const wanted = shown.filter((id) => id in saved || known[id]?.state._dom_classes?.includes("coursekit-explorer"));
  const state = {};
  for (const id of wanted) {
    if (!known[id] || id in state) continue;
    state[id] = known[id];
    for (const [, part] of JSON.stringify(known[id].state).matchAll(/IPY_MODEL_(\w+)/g)) wanted.push(part);
  }
  if (Object.keys(state).length) {
    notebook.setMetadata("widgets", { [STATE]: { version_major: 2, version_minor: 0, state } });
  } else if (Object.keys(saved).length) notebook.deleteMetadata("widgets");
}
