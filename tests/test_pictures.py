"""Pictures of what student code gave: only from shown cases, whatever came back, readable in both languages."""

from __future__ import annotations

import base64
import io
import math
import re
import zlib
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import msgspec
import numpy as np
import pytest

from autograder import curve, dashed, dots, messages, show_images, show_plot
from autograder.marks import Context, GraderError, entered
from autograder.render import html, markdown, picture, plot, scale, terminal
from autograder.result import Images, Line, Plot, from_json, to_json
from autograder.text import LANGS, Lang
from tests.test_render import printed, task
from tests.test_render import result as a_result


@pytest.fixture
def context() -> Iterator[Context]:
    with entered(Context("softmax", messages.catalogue(), shown=True)) as entered_context:
        yield entered_context


def drawn(context: Context) -> Plot:
    (made,) = context.pictures
    assert isinstance(made, Plot)
    return made


def test_a_hidden_case_is_never_drawn(context: Context) -> None:
    context.shown = False
    with pytest.raises(GraderError, match="shown=True"):
        show_plot("a", "가", curve("x", [1.0], [2.0]))
    with pytest.raises(GraderError, match="shown=True"):
        show_images("a", "가", np.zeros((1, 2, 2)), ["0"])


def test_values_that_cannot_be_drawn_are_gaps(context: Context) -> None:
    show_plot("a", "가", curve("y", [1, 2, 3, 4], np.array([1.0, np.nan, np.inf, 1e300])), dots(None, [1.0], [5]))
    first, second = drawn(context).lines
    assert (first.y, second.y) == ((1.0, None, None, None), (5.0,))


@pytest.mark.parametrize(
    "value",
    [None, "text", [1, "2"], [[1.0], [2.0]], np.zeros((2, 2)), np.array(1.0), [np.nan, np.nan], [10**400] * 2, [1.0]],
)
def test_a_line_of_which_nothing_is_left_is_left_out(context: Context, value: Any) -> None:
    show_plot("a", "가", curve("broken", [1.0, 2.0], value), logy=True)
    assert context.pictures == []


def test_a_logarithmic_axis_has_no_place_for_zero(context: Context) -> None:
    show_plot("a", "가", curve("y", [0.0, 1.0, 10.0], [1.0, 0.0, 10.0]), logx=True, logy=True)
    assert drawn(context).lines[0].y == (None, None, 10.0)


def test_a_picture_is_plain_data_and_travels_as_json(context: Context) -> None:
    show_plot("a", "가", dashed(("exact", "정확한 값"), np.arange(5), np.arange(5) / 3))
    show_images("b", "나", np.eye(3)[None], ["7 → 1"], [False])
    graded = a_result(task("softmax"), pictures=tuple(context.pictures))
    assert from_json(to_json(graded)) == graded


@pytest.mark.parametrize("lang", LANGS)
def test_a_plot_is_labelled_in_the_readers_language_and_needs_no_style(context: Context, lang: Lang) -> None:
    show_plot("slope", "기울기", curve(("exact", "정확한 값"), [0, 1], [0, 1]), xlabel="δ", ylabel=("error", "오차"))
    svg = ElementTree.fromstring(plot.svg(drawn(context), lang))
    texts = [element.text for element in svg.iter() if element.tag.endswith("text")]
    assert {"정확한 값", "오차"} <= set(texts) if lang == "ko" else {"exact", "error"} <= set(texts)
    assert all("style" not in element.attrib for element in svg.iter())


def test_every_place_of_a_plot_lies_on_its_sheet(context: Context) -> None:
    x = np.linspace(-1e6, 1e6, 101)
    show_plot("a", "가", curve("cubic", x, x**3), dots("near", x[::10], -(x[::10] ** 3)))
    text = plot.svg(drawn(context), "en")
    width, height = map(float, re.findall(r'viewBox="0 0 (\S+) (\S+)"', text)[0])
    places = re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", text) + re.findall(r'cx="(\S+)" cy="(\S+)"', text)
    assert len(places) > 100
    assert all(0 <= float(a) <= width and 0 <= float(b) <= height for a, b in places)


@pytest.mark.parametrize("values", [[3.0], [0.0, 0.0], [1e-12, 2e-12], [-5e90, 5e90], [1.0, 1.0 + 1e-15]])
def test_an_axis_has_a_width_and_ticks_at_round_numbers(values: list[float]) -> None:
    axis = scale.axis(values, log=False)
    ticks = axis.ticks()
    assert 2 <= len(ticks) <= 12
    assert all(-1e-6 <= axis.place(value) <= 1 + 1e-6 for value, _ in ticks)
    assert all(0 <= axis.place(value) <= 1 for value in values)


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("values", [[5e-324], [5e-324, 1.0], [1e-320, 2e-320], [1e-300], [1e300], [5e-324, 1.7e308]])
def test_an_axis_stays_where_floats_can_follow(values: list[float], log: bool) -> None:
    axis = scale.axis(values, log)
    assert all(0 <= axis.place(value) <= 1 for value in values)
    assert all(value == 0 or 1e-301 < abs(value) <= 1.01e300 for value, _ in axis.ticks())
    assert axis.ticks()


@pytest.mark.parametrize("lang", LANGS)
def test_the_smallest_float_stops_no_report(context: Context, lang: Lang) -> None:
    show_plot("a", "가", curve("y", [1, 2], [1.0, 5e-324]), logy=True)
    assert drawn(context).lines[0].y == (1.0, None)
    for tiny in (5e-324, 1e-308):
        for log in (False, True):
            lines = (Line(kind="curve", label=None, x=(1.0, tiny), y=(tiny, tiny)),)
            made = msgspec.structs.replace(drawn(context), lines=lines, logx=log, logy=log)
            assert plot.svg(made, lang).startswith("<svg")
            assert "│" in plot.text(made, lang)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("y", [(math.nan, 1.0), (None, None)])
def test_a_picture_that_cannot_be_drawn_costs_the_picture_not_the_page(
    context: Context, lang: Lang, y: tuple[float | None, ...]
) -> None:
    show_plot("slope", "기울기", curve("y", [1, 2], [1, 2]))
    broken = msgspec.structs.replace(drawn(context), lines=(Line(kind="curve", label=None, x=(1.0, 2.0), y=y),))
    graded = a_result(task("softmax"), pictures=(broken,))
    told = {"en": "this picture cannot be drawn", "ko": "이 그림은 그릴 수 없습니다"}[lang]
    assert told in html.page(graded, lang)
    assert told in markdown.report(graded, lang)
    assert told in printed(terminal.report(graded, lang))


def test_powers_of_ten_are_written_as_such() -> None:
    assert [name for _, name in scale.axis([1e-4, 1.0], log=True).ticks()] == ["10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "10⁰"]


def test_images_are_png_that_a_page_shows_without_fetching_anything(context: Context) -> None:
    image = np.zeros((1, 4, 6))
    image[0, 1, 2] = 1.0
    show_images("digits", "숫자", image, ["7 → <1>"], [False])
    (images,) = context.pictures
    assert isinstance(images, Images)
    page = html.page(a_result(task("softmax"), pictures=(images,)), "ko")
    assert "img-src data:" in page
    assert "7 → &lt;1&gt;" in page
    (data,) = re.findall(r'<img src="data:image/png;base64,([^"]+)"', page)
    png = io.BytesIO(base64.b64decode(data))
    assert png.read(8) == b"\x89PNG\r\n\x1a\n"
    body = png.getvalue().split(b"IDAT")[1]
    rows = zlib.decompress(body[: -4 - 12])
    assert len(rows) == 4 * 7
    assert rows[7 + 1 + 2] == 255


@pytest.mark.parametrize("images", [None, "x", np.zeros((2, 2)), np.zeros((41, 2, 2)), np.zeros((1, 65, 2)), [[[1]]]])
def test_what_are_no_images_is_left_out(context: Context, images: Any) -> None:
    show_images("a", "가", images, ["x"])
    assert context.pictures == []


def test_a_terminal_and_a_comment_show_a_plot_in_signs(context: Context) -> None:
    show_plot("slope", "기울기", curve("x²", np.linspace(-1, 1, 56), np.linspace(-1, 1, 56) ** 2))
    lines = picture.text(drawn(context), "en").split("\n")
    assert lines[-1] == "+ x²   x"
    assert sum(line.count("+") for line in lines[:-1]) > 30
    assert "slope" in markdown.report(a_result(task("softmax"), pictures=tuple(context.pictures)), "en")


def test_too_many_lines_are_the_graders_mistake(context: Context) -> None:
    with pytest.raises(GraderError, match="at most"):
        show_plot("a", "가", *(curve(str(n), [1.0], [1.0]) for n in range(13)))
    with pytest.raises(GraderError, match="as many"):
        show_images("a", "가", np.zeros((2, 2, 2)), ["one"])
