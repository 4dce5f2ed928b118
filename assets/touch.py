"""Put two screenshots of the browser's tests side by side, for the README: a slider, and the sheet to draw on.

COURSEKIT_SCREENSHOTS=screenshots python -m pytest tests/browser && python assets/touch.py screenshots
"""

import sys
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from coursekit.plots.boxes import as_text

SHOTS = ("12_backpropagation-06-learning-rate.png", "13_convnet-pad.png")
GAP = 40  # pixels


def main(folder):
    """Paste them on white, as high as the higher one."""
    parts = [Image.open(folder / name).convert("RGB") for name in SHOTS]
    width = sum(part.width for part in parts) + GAP * (len(parts) - 1)
    sheet, x = Image.new("RGB", (width, max(part.height for part in parts)), "white"), 0
    for part in parts:
        sheet.paste(part, (x, (sheet.height - part.height) // 2))
        x += part.width + GAP
    texts = PngInfo()
    for key, text in as_text([]).items():  # at night the site turns all of it dark
        texts.add_text(key, text)
    sheet.quantize(128).save(Path(__file__).with_suffix(".png"), optimize=True, pnginfo=texts)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
