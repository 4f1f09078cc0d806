"""The pictures of a Result, of whatever kind: a caption, lines of text, and a drawing for pages."""

from __future__ import annotations

from markupsafe import Markup

from autograder.render import circuit, images, labels, plot
from autograder.render.outline import label
from autograder.result import Circuit, Images, Picture, Plot
from autograder.text import Lang

_SMALL_CIRCUIT = 6  # gates


def caption(picture: Picture, lang: Lang) -> str:
    """What stands above the picture."""
    if isinstance(picture, Circuit):
        return labels.CIRCUIT.in_(lang)
    return label(picture.title.in_(lang))


def text(picture: Picture, lang: Lang) -> str:
    """The picture in lines of text."""
    match picture:
        case Circuit():
            return circuit.text(picture, lang)
        case Plot():
            return plot.text(picture, lang)
        case Images():
            return images.text(picture, lang)


def figure(picture: Picture, lang: Lang) -> Markup:
    """The picture as a `<figure>` of a page."""
    match picture:
        case Circuit(gates=gates):
            small = ' class="small"' if len(gates) <= _SMALL_CIRCUIT else ""
            said = f"{caption(picture, lang)}: {labels.gates(len(gates)).in_(lang)}"
            drawing = _circuit(picture, lang)
        case Plot():
            small, said, drawing = ' class="small"', caption(picture, lang), Markup(plot.svg(picture, lang))
        case Images():
            small, said, drawing = "", caption(picture, lang), _tiles(picture)
    head = Markup("<figcaption>{}</figcaption>").format(said)
    return Markup(f"<figure{small}>") + head + drawing + Markup("</figure>")


def _circuit(drawn: Circuit, lang: Lang) -> Markup:
    if len(drawn.gates) > circuit.LARGEST_DRAWING:
        return Markup("<pre>{}</pre>").format(circuit.text(drawn, lang))
    return Markup(circuit.svg(drawn, lang))


def _tiles(picture: Images) -> Markup:
    tile = Markup('<li><img src="{}" alt="{}"><span>{}</span> <span class="sign {}">{}</span></li>')
    shown = [tile.format(url, said, said, verdict, sign) for url, said, verdict, sign in images.tiles(picture)]
    return Markup('<ul class="tiles">{}</ul>').format(Markup("").join(shown))
