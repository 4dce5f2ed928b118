// Figures that a notebook shows beside its sliders: on a dark page their images keep their colours, as in sliders' pictures.
// A PNG tells in a text, before its pixels, where its images are. Put before picture.js.

const PNG_DATA = "data:image/png;base64,";
const TOLD = "tEXtimages\0";
const ROOM = 64_000; // letters of base64 that hold the texts

function boxesIn(image) {
  if (!image.src.startsWith(PNG_DATA)) return [];
  const head = atob(image.src.slice(PNG_DATA.length, PNG_DATA.length + ROOM));
  const at = head.indexOf(TOLD);
  if (at < 0) return [];
  const length = [...head.slice(at - 4, at)].reduce((sum, byte) => 256 * sum + byte.charCodeAt(0), 0);
  return JSON.parse(head.slice(at + TOLD.length, at + 4 + length));
}

// Boxes as one path: from a corner of the picture to each of them, around it, and back.
function cutTo(boxes) {
  const at = (...corner) => corner.map((share) => `${100 * share}%`).join(" ");
  const around = ([x0, y0, x1, y1]) => ["0 0", at(x0, y0), at(x1, y0), at(x1, y1), at(x0, y1), at(x0, y0), "0 0"];
  return `polygon(${boxes.flatMap(around).join(", ") || "0 0"})`;
}

function layOver(image) {
  const frame = document.createElement("span");
  const kept = document.createElement("img");
  frame.className = "coursekit-frame";
  kept.className = "coursekit-kept";
  kept.alt = "";
  kept.src = image.src;
  kept.style.clipPath = cutTo(boxesIn(image));
  image.replaceWith(frame);
  frame.append(image, kept);
}

// JupyterLab and Notebook make a class of what a figure tells about its ground. Each page is watched once.
function watchFigures() {
  if (window.coursekitFigures) return;
  const figures = document.getElementsByClassName("jp-needs-dark-background");
  const look = () => [...figures].filter((image) => !image.closest(".coursekit-frame")).forEach(layOver);
  window.coursekitFigures = new MutationObserver(look);
  window.coursekitFigures.observe(document.body, { subtree: true, childList: true });
  look();
}
