// Sorts and filters the tables of the summary. Without it the page holds the same, in the order of the lessons.
const SMALL = 11; // rows that one finds one's way in without a filter

function compare(a, b) {
  const [x, y] = [parseFloat(a), parseFloat(b)];
  if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1;
  return Number.isNaN(x) ? a.localeCompare(b) : x - y;
}

function sortBy(table, rows, head, column) {
  const heads = [...table.tHead.rows[0].cells];
  const ways = { none: "ascending", ascending: "descending", descending: "none" };
  const way = ways[head.getAttribute("aria-sort") ?? "none"];
  heads.forEach((other) => other.removeAttribute("aria-sort"));
  if (way !== "none") head.setAttribute("aria-sort", way);
  const text = (row) => row.cells[column].textContent.trim();
  const sign = way === "descending" ? -1 : 1;
  const sorted = way === "none" ? rows : [...rows].sort((a, b) => sign * compare(text(a), text(b)));
  table.tBodies[0].append(...sorted);
}

function addSorting(table, rows) {
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    if (head.classList.contains("bar")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sortBy(table, rows, head, column));
  });
}

function addFilter(table, rows) {
  const [label, input, count] = ["label", "input", "span"].map((name) => document.createElement(name));
  label.className = "filter";
  input.type = "search";
  count.setAttribute("role", "status");
  label.append("Show only rows with ", input, " ", count);
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    rows.forEach((row) => (row.hidden = !row.textContent.toLowerCase().includes(wanted)));
    count.textContent = wanted && `${rows.filter((row) => !row.hidden).length} of ${rows.length}`;
  });
  table.parentElement.before(label);
}

for (const table of document.querySelectorAll("table")) {
  const rows = [...table.tBodies[0].rows];
  if (rows.length > 1) addSorting(table, rows);
  if (rows.length > SMALL) addFilter(table, rows);
}
