"""Feedback as self-contained pages: one per student, and one about the class for the instructor.

No script, nothing fetched: the policy in each page allows its own style sheet, by its hash, and nothing else.
The seed is not on the pages; whoever has it and the course's sources comes closer to the hidden inputs.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import quote

import jinja2
from markupsafe import Markup, escape

from autograder.manifest import Manifest
from autograder.render import labels, mistakes, outline, picture
from autograder.render.tables import Class, task_names
from autograder.result import Result
from autograder.text import Lang, Text, clean
from autograder.written import Criterion

_FOLDER = Path(__file__).parent


def page(result: Result, lang: Lang, manifest: Manifest | None = None) -> str:
    """One student's feedback page."""
    return _render(
        "page.html",
        lang,
        page=outline.outline(result, lang, manifest),
        result=result,
        draw=lambda drawn: picture.figure(drawn, lang),
    )


def class_page(
    results: Sequence[Result],
    lang: Lang,
    links: Mapping[str, str],
    manifest: Manifest | None = None,
    rubric: Mapping[str, Sequence[Criterion]] | None = None,
    n: int = 5,
) -> str:
    """The instructor's page about a class. `links`: student → path of the feedback page, relative to this page.

    `rubric`: the criteria of each written answer.
    """
    pages = [outline.outline(result, lang, manifest) for result in results]
    graded = [result for result in results if not outline.withheld(result)]
    return _render(
        "class.html",
        lang,
        heading=pages[0].heading if pages else "",
        tasks=[outline.label(name) for name in task_names(results)],
        rows=[(page, _href(links.get(result.student))) for page, result in zip(pages, results, strict=True)],
        graded=len(graded),
        mean=outline.amount(sum(r.score for r in graded) / len(graded)) if graded else "",
        maximum=outline.amount(max((r.max_score for r in results), default=0)),
        mistakes=mistakes.commonest(results, n),
        questions=_questions(results, manifest, rubric or {}, lang),
        troubles=[
            (page.student, outline.trouble(r, lang)) for page, r in zip(pages, results, strict=True) if page.withheld
        ],
    )


def course_page(rows: Sequence[Class], lang: Lang) -> str:
    """The page from which those of the classes are reached."""
    return _render("course.html", lang, rows=rows)


def _questions(
    results: Sequence[Result], manifest: Manifest | None, rubric: Mapping[str, Sequence[Criterion]], lang: Lang
) -> list[dict[str, object]]:
    """Each written question with its criteria and what the students answered."""
    return [
        {
            "name": spec.name,
            "question": spec.question,
            "criteria": [(outline.amount(c.points), c.text) for c in rubric.get(spec.name, ())],
            "answers": [
                (outline.label(result.student), outline.answer(given, lang))
                for result in results
                for given in result.manual
                if given.name == spec.name
            ],
        }
        for spec in (manifest.written if manifest else ())
    ]


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["labels"] = labels
    environment.filters["coded"] = coded
    environment.filters["label"] = outline.label
    environment.filters["amount"] = outline.amount
    return environment


@cache
def _style() -> tuple[str, str]:
    """The style sheet and its hash for the policy."""
    css = (_FOLDER / "page.css").read_text(encoding="utf-8").strip()
    return css, base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()


def _render(template: str, lang: Lang, **values: object) -> str:
    css, digest = _style()

    def t(text: Text) -> str:
        return clean(text.in_(lang), cap=4000, newlines=True)

    return _environment().get_template(template).render(lang=lang, t=t, css=Markup(css), digest=digest, **values)


def coded(text: str) -> Markup:
    """`text` with what stands between backticks as code."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:
        return escape(text)
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if place % 2 else escape(piece) for place, piece in enumerate(pieces)
    )


def _href(path: str | None) -> str:
    """A relative address; a file name cannot turn into a scheme or leave the folder by `//`."""
    return f"./{quote(path.lstrip('/'))}" if path else ""
