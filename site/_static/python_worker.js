// Python in a thread of its own: loads Pyodide, the course's packages and kernel.py, then runs what the page asks for.
// It tells the page what it is doing, since the first time takes a while.

const FOLDER = new URL("python/", self.location);
const HOME = "/home/pyodide/"; // where Python looks for its modules and a lesson for its files
let python; // what is loaded, as a promise
let kernel;
let loaded = 0; // bytes
let files = 0;
let last = Promise.resolve(); // runs come one after the other

const say = (text) => postMessage({ kind: "progress", text });
const megabytes = () => `${Math.round(loaded / 1e6)} MB`;

// Count what arrives, to be told while it does.
const plain = self.fetch.bind(self);
self.fetch = async (...asked) => {
  const answer = await plain(...asked);
  loaded += Number(answer.headers.get("content-length") ?? 0); // not every server says it
  files += 1;
  say(`Loading: ${files} files so far${loaded ? `, ${megabytes()}` : ""}`);
  return answer;
};

async function load() {
  say("Loading Python");
  const answer = await plain(new URL("settings.json", FOLDER), { cache: "no-cache" });
  if (!answer.ok) throw new Error("this site was made without what it is loaded from");
  const settings = await answer.json();
  const address = new URL(settings.pyodide, FOLDER).href;
  importScripts(`${address}pyodide.js`);
  const wheels = settings.wheels.map((name) => new URL(name, FOLDER).href);
  const packages = [...settings.packages, ...wheels];
  const silent = { messageCallback: () => {}, errorCallback: say };
  const pyodide = await loadPyodide({ indexURL: address, stdout: () => {}, stderr: () => {} });
  await pyodide.loadPackage(packages, silent);
  say("Starting Python");
  pyodide.registerJsModule("page", { tell });
  const code = await (await plain(new URL("../kernel.py", FOLDER))).text();
  pyodide.FS.writeFile(`${HOME}kernel.py`, code);
  kernel = pyodide.pyimport("kernel");
  return pyodide;
}

function tell(kind, line, text, buffers) {
  if (kind === "progress") say(text);
  else postMessage({ kind, line, data: JSON.parse(text), buffers });
}

// Run cells; what they import and Pyodide has, but has not loaded yet, is loaded, and they begin again.
async function run({ cells, files }) {
  python ??= load();
  const pyodide = await python;
  for (const [path, text] of Object.entries(files)) {
    pyodide.FS.mkdirTree(HOME + path.replace(/[^/]*$/, ""));
    pyodide.FS.writeFile(HOME + path, text);
  }
  for (const tried = new Set(); ; ) {
    const result = JSON.parse(kernel.run(JSON.stringify(cells)));
    if (!result.lacks) return result.shown;
    if (tried.has(result.lacks)) return [{ kind: "error", text: result.why }];
    tried.add(result.lacks);
    say(`Loading ${result.lacks}`);
    await pyodide.loadPackagesFromImports(`import ${result.lacks}`, { messageCallback: () => {} });
  }
}

onmessage = ({ data }) => {
  if (data.kind === "hear") kernel.hear(data.line, data.text, data.buffers);
  else if (data.kind === "forget") kernel.forget(data.line);
  else {
    last = last
      .then(() => run(data))
      .then((shown) => postMessage({ kind: "done", number: data.number, shown }))
      .catch((error) => postMessage({ kind: "failed", number: data.number, text: String(error.message ?? error) }));
  }
};
