"""Pictures of a result as the terminal shows it: `screenshot.py RESULT.json -o NAME [--width 120]`.

RESULT.json comes from `translate dispatch FILE --format json`. Written are NAME-light.svg and
NAME-dark.svg, for a page that follows the reader's theme, and with `--png` the same as PNG, which
needs a Chromium on the path.
"""

from __future__ import annotations

import argparse
import html
import io
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.cells import cell_len
from rich.color import blend_rgb
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import TerminalTheme

from translate.outputs import read_json
from translate.outputs.terminal import summary_view, view

# Black, red, green, yellow, blue, magenta, cyan, white, then the same bright: a common sober palette.
THEMES = {
    "light": TerminalTheme(
        (255, 255, 255),
        (36, 41, 47),
        [(36, 41, 47), (207, 34, 46), (17, 99, 41), (77, 45, 0)]
        + [(9, 105, 218), (130, 80, 223), (27, 124, 131), (110, 119, 129)],
    ),
    "dark": TerminalTheme(
        (13, 17, 23),
        (230, 237, 243),
        [(72, 79, 88), (255, 123, 114), (63, 185, 80), (210, 153, 34)]
        + [(88, 166, 255), (188, 140, 255), (57, 197, 207), (177, 186, 196)],
    ),
}
# No web font: pages that show pictures do not load any. Each run of text is stretched to its cells.
FONTS = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Noto Sans Mono CJK SC',monospace"
CELL, LINE, SIZE, PAD = 8.4, 19, 14, 18  # cell width, line height, font size and margin, in points
# Rules are drawn, not written, so that they join: thickness, and the arms that go up and down.
RULES = {"─": (1, 0, 0), "┬": (1, 0, 1), "┼": (1, 1, 1), "━": (2, 0, 0), "┷": (2, 1, 0), "│": (0, 1, 1)}
_RUNS = re.compile("[─┬┼━┷]+|│|[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\uff60]+|[^─┬┼━┷│\u2e80-\uff60]+")


def picture(result: Path, theme: TerminalTheme, width: int, *, summary: bool = False) -> str:
    """The view of a result as SVG, `width` cells wide."""
    translated = read_json(result.read_text(encoding="utf-8"))
    console = Console(width=width, file=io.StringIO(), force_terminal=True, color_system="standard")
    lines = console.render_lines(summary_view(translated) if summary else view(translated), pad=False)
    cells = max(sum(segment.cell_length for segment in line) for line in lines)
    size = f"{cells * CELL + 2 * PAD:g} {len(lines) * LINE + 2 * PAD:g}"
    drawn = "\n".join(run for y, line in enumerate(lines) for run in _line(y, line, theme))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" font-family="{FONTS}" '
        f'font-size="{SIZE}" fill="{theme.foreground_color.hex}" xml:space="preserve">\n'
        f'<rect width="100%" height="100%" rx="8" fill="{theme.background_color.hex}"/>\n{drawn}\n</svg>\n'
    )


def _line(number: int, line: Sequence[Segment], theme: TerminalTheme) -> Iterator[str]:
    """The runs of one line: text where one font draws it all, rules as rectangles."""
    x, top = float(PAD), PAD + number * LINE
    for segment in line:
        for run in _RUNS.findall(segment.text):
            width = cell_len(run) * CELL
            if run[0] in RULES:
                yield from _rules(x, top, run, _colour(segment.style, theme))
            elif run.strip():
                look = _look(segment.style, theme)
                place = f'x="{x:.4g}" y="{top + 14}" textLength="{width:.4g}"'
                yield f'<text {place} lengthAdjust="spacingAndGlyphs"{look}>{html.escape(run)}</text>'
            x += width


def _rules(x: float, top: int, run: str, colour: str) -> Iterator[str]:
    thick = RULES[run[0]][0]
    middle = top + LINE / 2
    if thick:
        size = f'width="{len(run) * CELL:.4g}" height="{thick}"'
        yield f'<rect x="{x:.4g}" y="{middle - thick / 2:g}" {size} fill="{colour}"/>'
    for index, sign in enumerate(run):
        _, up, down = RULES[sign]
        if up or down:
            y, height = (top if up else middle), (LINE if up and down else LINE / 2)
            place = f'x="{x + (index + 0.5) * CELL - 0.5:.4g}" y="{y:g}"'
            yield f'<rect {place} width="1" height="{height:g}" fill="{colour}"/>'


def _colour(style: Style | None, theme: TerminalTheme) -> str:
    colour, background = theme.foreground_color, theme.background_color
    if style and style.color:
        colour = style.color.get_truecolor(theme)
    return blend_rgb(colour, background, 0.45).hex if style and style.dim else colour.hex


def _look(style: Style | None, theme: TerminalTheme) -> str:
    """Colour, weight and slant as attributes; nothing for plain text."""
    if style is None:
        return ""
    plain = not (style.color or style.dim)
    fill = "" if plain else f' fill="{_colour(style, theme)}"'
    return fill + ' font-weight="bold"' * bool(style.bold) + ' font-style="italic"' * bool(style.italic)


def to_png(svg: Path, png: Path) -> None:
    """The SVG drawn by Chromium, two pixels to the point."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        sys.exit("no Chromium found: leave out --png, or install one")
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg.read_text(encoding="utf-8"))
    assert size, "an SVG of ours has a viewBox"
    width, height = (round(float(value)) for value in size.groups())
    page = svg.with_suffix(".html")
    page.write_text(f'<body style="margin:0"><img src="{svg.name}" width="{width}">', encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    options += [f"--window-size={width},{height}", f"--screenshot={png.resolve()}"]
    try:
        subprocess.run([browser, *options, page.resolve().as_uri()], check=True, capture_output=True)
    finally:
        page.unlink()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("result", type=Path, help="a result in JSON")
    parser.add_argument("-o", "--output", type=Path, required=True, help="path of the pictures, without -dark.svg")
    parser.add_argument("--width", type=int, default=120, help="cells (default: 120)")
    parser.add_argument("--summary", action="store_true", help="the summary view")
    parser.add_argument("--png", action="store_true", help="PNG as well")
    options = parser.parse_args(arguments)
    for name, theme in THEMES.items():
        svg = options.output.with_name(f"{options.output.name}-{name}.svg")
        svg.write_text(picture(options.result, theme, options.width, summary=options.summary), encoding="utf-8")
        print(svg)
        if options.png:
            to_png(svg, svg.with_suffix(".png"))
            print(svg.with_suffix(".png"))


if __name__ == "__main__":
    main()
