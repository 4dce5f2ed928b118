// What is on a sheet of pixels, and what was on it before each stroke. Put before pad.js, which shows it.

const REACH = 1.7; // pixels from the pen's centre to where its ink ends
const MOST = 200; // strokes that can be undone

function inkOf(rows, columns, cells) {
  const before = []; // the sheet before each stroke
  let colour = 255; // what this stroke puts on a cell
  const ink = { pixels: new Uint8Array(rows * columns) };
  const at = (x, y) => Math.floor(y) * columns + Math.floor(x);
  const inside = (x, y) => 0 <= x && x < columns && 0 <= y && y < rows;

  function dot(x, y) {
    if (cells) return inside(x, y) && (ink.pixels[at(x, y)] = colour);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const near = REACH - Math.hypot(column + 0.5 - x, row + 0.5 - y);
        const i = at(column, row);
        ink.pixels[i] = Math.max(ink.pixels[i], 255 * Math.min(Math.max(near, 0), 1));
      }
    }
  }
  return Object.assign(ink, {
    isEmpty: () => !ink.pixels.some((value) => value > 0),
    canUndo: () => before.length > 0,
    // A stroke begins here; on cells it turns all that it meets to what the first one becomes.
    begin(x, y) {
      before.push(ink.pixels.slice());
      if (before.length > MOST) before.shift();
      colour = cells && inside(x, y) && ink.pixels[at(x, y)] ? 0 : 255;
    },
    line(x0, y0, x, y) {
      const pieces = Math.ceil(2 * Math.hypot(x - x0, y - y0)) || 1;
      for (let i = 1; i <= pieces; i++) dot(x0 + ((x - x0) * i) / pieces, y0 + ((y - y0) * i) / pieces);
    },
    clear() {
      before.push(ink.pixels.slice());
      ink.pixels.fill(0);
    },
    undo() {
      ink.pixels = before.pop() ?? ink.pixels;
    },
    // What came from Python, if it is another picture, can be undone too.
    take(pixels) {
      if (pixels.every((value, i) => value === ink.pixels[i])) return;
      if (!ink.isEmpty()) before.push(ink.pixels);
      ink.pixels = pixels;
    },
  });
}
