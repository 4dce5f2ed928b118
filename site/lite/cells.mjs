// Run the code cells of lessons in Pyodide, under node: node site/lite/cells.mjs PYODIDE WHEELS LESSON.ipynb ...
// One line for each lesson, one for each cell that raises; exit code 1 if any does.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [pyodideFolder, wheels, ...lessons] = process.argv.slice(2).map((path) => resolve(path));
const { loadPyodide } = await import(pathToFileURL(join(pyodideFolder, "pyodide.mjs")));
const NEEDED = ["ipython", "scikit-learn", "scipy", "matplotlib", "pillow", "packaging", "sqlite3"];
const RUN = `
import io, sys, time
from contextlib import redirect_stdout
from IPython.core.interactiveshell import InteractiveShell

def run(source):
    with redirect_stdout(io.StringIO()):
        result = InteractiveShell.instance(colors="NoColor").run_cell(source, store_history=True)
    error = result.error_before_exec or result.error_in_exec
    return "" if error is None else f"{type(error).__name__}: {error}"
run`;

async function failuresOf(path) {
    const python = await loadPyodide({ indexURL: pyodideFolder + "/", packages: NEEDED, stdout: () => {}, stderr: () => {} });
    const pure = readdirSync(wheels).filter((name) => name.endsWith(".whl"));
    await python.loadPackage(pure.map((name) => join(wheels, name)));
    python.FS.mkdirTree("/course");
    python.FS.mount(python.FS.filesystems.NODEFS, { root: dirname(path) }, "/course");
    python.runPython("import os; os.chdir('/course'); os.environ['MPLBACKEND'] = 'agg'");
    const run = python.runPython(RUN);
    const cells = JSON.parse(readFileSync(path, "utf8")).cells;
    const failed = [];
    let count = 0;
    for (const [index, cell] of cells.entries()) {
        const meant = (cell.metadata.tags ?? []).includes("raises-exception");
        if (cell.cell_type !== "code" || meant) continue;
        count += 1;
        const said = run([cell.source].flat().join(""));
        if (said) failed.push(`  cell ${index} (${cell.id}): ${said.slice(0, 600)}`);
    }
    return [count, failed];
}

let bad = 0;
for (const path of lessons) {
    const start = Date.now();
    const [count, failed] = await failuresOf(path);
    console.log([`${path.split("/").pop()}: ${count - failed.length} of ${count} cells, ${Math.round((Date.now() - start) / 1000)} s`, ...failed].join("\n"));
    bad += failed.length;
}
process.exit(bad ? 1 : 0);
