"""Draw the pictures of the README from real output: the class table in a terminal (SVG), feedback pages (PNG).

    python docs/draw_readme.py            needs chromium and a Korean font for the PNG; without chromium only the SVG

The submissions are labelled ones, graded as `autograder grade` grades them, with a fixed secret.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageChops
from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import TerminalTheme

from autograder.render import terminal
from autograder.result import Result, from_json

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
ASSIGNMENT = "01_gates"
CLASS = """
accepted/if_chains accepted/lecture_book_style accepted/more_gates_than_needed hostile/exits_at_import
mistakes/and_weights_of_or mistakes/nand_bias_too_small mistakes/neuron_bias_left_out mistakes/nor_is_or
mistakes/or_named_otherwise mistakes/perceptron_bias_left_out mistakes/xor_nand_is_or
mistakes/xor_nand_uses_the_caret
""".split()
# Picture: assignment, submission, and the pixels of the page that are shown. A right circuit is not given away.
PAGES = {
    "feedback": ("01_gates", "mistakes/xor_nand_is_or", 978, 1350),
    "digits": ("07_mnist", "mistakes/predict_bias_read_and_not_added", 562, 1172),
}
WIDTH = 100
COMMAND = "autograder grade {assignment} class --out marks --lang {lang}"
COLOURS = """
0d1117 e6edf3
484f58 ff7b72 3fb950 d29922 58a6ff bc8cff 39c5cf b1bac4
6e7681 ffa198 56d364 e3b341 79c0ff d2a8ff 56d4dd ffffff
"""  # background, foreground; eight colours; the same eight, bright
SVG = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
    <style>
    .{unique_id}-matrix {{
        font-family: Menlo, Consolas, "DejaVu Sans Mono", D2Coding, "Noto Sans Mono CJK KR", "Malgun Gothic", monospace;
        font-size: {char_height}px;
        line-height: {line_height}px;
    }}
    {styles}
    </style>
    <defs>
    <clipPath id="{unique_id}-clip-terminal">
      <rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
    </clipPath>
    {lines}
    </defs>
    {chrome}
    <g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
    {backgrounds}
    <g class="{unique_id}-matrix">
    {matrix}
    </g>
    </g>
</svg>
"""


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    for lang in ("en", "ko"):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            draw_table(grade(folder / "class", ASSIGNMENT, CLASS, lang), lang)
            for name, (assignment, label, top, bottom) in PAGES.items():
                grade(folder / name, assignment, [label], lang)
                page = folder / name / "marks" / "feedback" / f"{Path(label).name}.html"
                draw_page(page, IMAGES / f"{name}.{lang}.png", top, bottom)


def grade(folder: Path, assignment: str, labels: Sequence[str], lang: str) -> list[Result]:
    """Lay a class out below `folder` and grade it through the command line; the Results in its order."""
    for label in labels:
        source = ROOT / "solutions" / assignment / f"{label}.py"
        target = folder / "class" / source.stem / f"{assignment.partition('_')[2]}.py"
        target.parent.mkdir(parents=True)
        shutil.copyfile(source, target)
    said = COMMAND.format(assignment=assignment, lang=lang)
    command = [sys.executable, "-m", "autograder", *said.split()[1:], "--json", "-"]
    environment = os.environ | {"NAND2MNIST_SECRET": "readme"}
    ended = subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.PIPE)
    return [from_json(json.dumps(record).encode()) for record in json.loads(ended.stdout)]


def theme() -> TerminalTheme:
    (background, foreground, *colours) = [tuple(bytes.fromhex(colour)) for colour in COLOURS.split()]
    return TerminalTheme(background, foreground, colours[:8], colours[8:])


def draw_table(results: list[Result], lang: str) -> None:
    with open(os.devnull, "w") as nowhere:
        console = Console(
            record=True, width=WIDTH, file=nowhere, force_terminal=True, color_system="truecolor", legacy_windows=False
        )
        console.print(f"$ {COMMAND.format(assignment=ASSIGNMENT, lang=lang)}\n", highlight=False)
        console.print(terminal.class_table(results, lang))
        console.print()
        console.print(terminal.common_mistakes(results, lang)[1])
        console.print("marks/grades.csv  marks/index.html  marks/feedback/")
        svg = console.export_svg(title="nand2mnist", theme=theme(), code_format=SVG, unique_id="terminal")
    (IMAGES / f"class.{lang}.svg").write_text(_wide(svg), encoding="utf-8")


def _wide(svg: str) -> str:
    """Give Korean letters the two columns that they take; rich counts one for the length of a text."""

    def stretch(found: re.Match[str]) -> str:
        text = html.unescape(found[3])
        length = float(found[1]) * cell_len(text) / len(text)
        return f'textLength="{length:g}"{found[2]}>{found[3]}</text>'

    return re.sub(r'textLength="([\d.]+)"([^>]*)>([^<]+)</text>', stretch, svg)


def draw_page(page: Path, target: Path, top: int, bottom: int) -> None:
    """A screenshot of a part of a feedback page, if there is a browser."""
    if whole := shot(page.as_uri(), page.with_suffix(".png"), bottom):
        save(whole.crop((0, top, whole.width, bottom)), target)


def screenshot(page: Path, target: Path, most: int = 2000) -> None:
    """A screenshot of a page down to where its background begins, if there is a browser."""
    if whole := shot(page.as_uri(), page.with_suffix(".png"), most):
        background = Image.new("RGB", whole.size, whole.getpixel((0, most - 1)))
        left, top, _, bottom = ImageChops.difference(whole, background).getbbox() or (0, 0, 0, most)
        save(whole.crop((0, 0, whole.width, min(most, bottom + min(left, top)))), target)


def shot(address: str, whole: Path, height: int, width: int = 900, patience: int = 0) -> Image.Image | None:
    """The page at `address`, also kept as `whole`, if there is a browser.

    `patience`: milliseconds that scripts of the page may take.
    """
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        print(f"no chromium; {whole.name} is not drawn", file=sys.stderr)
        return None
    flags = f"--headless --no-sandbox --disable-gpu --hide-scrollbars --window-size={width},{height}".split()
    flags += [f"--virtual-time-budget={patience}"] if patience else []
    subprocess.run([browser, *flags, f"--screenshot={whole}", address], check=True, capture_output=True)
    with Image.open(whole) as picture:
        return picture.convert("RGB")


def save(picture: Image.Image, target: Path) -> None:
    picture.quantize(128).save(target, optimize=True)


if __name__ == "__main__":
    main()
