"""Pictures of a result as the terminal shows it: `screenshot.py RESULT.json -o NAME [--width 120]`.

RESULT.json comes from `translate dispatch FILE --format json`. Written are NAME-light.svg and
NAME-dark.svg, for a page that follows the reader's theme, and with `--png` the same as PNG, which
needs a Chromium on the path.
"""

# ruff: noqa: TID251 - this script takes the terminal's own view apart
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
from rich.console import Console, RenderableType
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import TerminalTheme

from translate.outputs import read_json
from translate.outputs.terminal import summary_view, view


def _theme(background: str, foreground: str, palette: str) -> TerminalTheme:
    return TerminalTheme(_rgb(background), _rgb(foreground), [_rgb(colour) for colour in palette.split()])


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour)
    return red, green, blue


# Black, red, green, yellow, blue, magenta, cyan, white: a common sober palette.
THEMES = {
    "light": _theme("ffffff", "24292f", "24292f cf222e 116329 4d2d00 0969da 8250df 1b7c83 6e7781"),
    "dark": _theme("0d1117", "e6edf3", "484f58 ff7b72 3fb950 d29922 58a6ff bc8cff 39c5cf b1bac4"),
}
# No web font: pages that show pictures do not load any. Each run of text is stretched to its cells.
FONTS = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Noto Sans Mono CJK SC',monospace"
CELL, LINE, SIZE, PAD = 8.4, 19, 14, 18  # cell width, line height, font size and margin, in points
# Rules are drawn, not written, so that they join: thickness, and the arms that go up and down.
RULES = {"─": (1, 0, 0), "┬": (1, 0, 1), "┼": (1, 1, 1), "━": (2, 0, 0), "┷": (2, 1, 0), "│": (0, 1, 1)}
_RUNS = re.compile("[─┬┼━┷]+|│|[\u2e80-\uff60]+|[^─┬┼━┷│\u2e80-\uff60]+")  # rules, Chinese, other text


def picture(shown: RenderableType, theme: TerminalTheme, width: int) -> str:
    """What a console `width` cells wide shows, as SVG."""
    console = Console(width=width, file=io.StringIO(), force_terminal=True, color_system="standard")
    lines = console.render_lines(shown, pad=False)
    cells = max(sum(segment.cell_length for segment in line) for line in lines)
    size = f"{cells * CELL + 2 * PAD:g} {len(lines) * LINE + 2 * PAD:g}"
    drawn = "\n".join(run for number, line in enumerate(lines) for run in _line(number, line, theme))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" font-family="{FONTS}" '
        f'font-size="{SIZE}" fill="{theme.foreground_color.hex}">\n'
        f'<rect width="100%" height="100%" rx="8" fill="{theme.background_color.hex}"/>\n{drawn}\n</svg>\n'
    )


def _line(number: int, line: Sequence[Segment], theme: TerminalTheme) -> Iterator[str]:
    """The runs of one line: text where one font draws it all, rules as rectangles."""
    x, top = float(PAD), PAD + number * LINE
    for segment in line:
        for run in _RUNS.findall(segment.text):
            if run[0] in RULES:
                yield from _rules(x, top, run, _colour(segment.style, theme))
            elif words := run.strip(" "):
                indent = (len(run) - len(run.lstrip(" "))) * CELL
                place = f'x="{x + indent:.5g}" y="{top + 14}" textLength="{cell_len(words) * CELL:.5g}"'
                look = f'lengthAdjust="spacingAndGlyphs"{_look(segment.style, theme)}'
                shown = html.escape(words).replace(" ", "\u00a0")  # plain ones would be run together
                yield f"<text {place} {look}>{shown}</text>"
            x += cell_len(run) * CELL


def _rules(x: float, top: int, run: str, colour: str) -> Iterator[str]:
    thick = RULES[run[0]][0]
    middle = top + LINE / 2
    if thick:
        size = f'width="{len(run) * CELL:.5g}" height="{thick}"'
        yield f'<rect x="{x:.5g}" y="{middle - thick / 2:g}" {size} fill="{colour}"/>'
    for index, sign in enumerate(run):
        _, up, down = RULES[sign]
        if up or down:
            y, height = (top if up else middle), (LINE if up and down else LINE / 2)
            place = f'x="{x + (index + 0.5) * CELL - 0.5:.5g}" y="{y:g}"'
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
    fill = f' fill="{_colour(style, theme)}"' if style.color or style.dim else ""
    return fill + ' font-weight="bold"' * bool(style.bold) + ' font-style="italic"' * bool(style.italic)


def to_png(svg: Path, png: Path) -> None:
    """The SVG drawn by Chromium, one pixel to the point."""
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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("result", type=Path, help="a result in JSON")
    parser.add_argument("-o", "--output", type=Path, required=True, help="path without -dark.svg")
    parser.add_argument("--width", type=int, default=120, help="cells (default: 120)")
    parser.add_argument("--summary", action="store_true", help="the summary view")
    parser.add_argument("--png", action="store_true", help="PNG as well")
    options = parser.parse_args(arguments)
    result = read_json(options.result.read_text(encoding="utf-8"))
    shown = summary_view(result) if options.summary else view(result)
    for name, theme in THEMES.items():
        svg = options.output.with_name(f"{options.output.name}-{name}.svg")
        svg.write_text(picture(shown, theme, options.width), encoding="utf-8")
        print(svg)
        if options.png:
            to_png(svg, svg.with_suffix(".png"))
            print(svg.with_suffix(".png"))


if __name__ == "__main__":
    main()
