"""What stands below a test cell: the parts of its task and what each earned, as nbgrader's cells show outputs."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from autograder.render import labels, picture
from autograder.render.outline import amount, label, points, withheld
from autograder.result import Part, Result, Task
from autograder.text import Lang

_ROW = Markup("<li>{} {}: <strong>{}</strong></li>")  # what nbconvert's sanitiser lets through


def outputs(result: Result, task: str, most: float, lang: Lang) -> list[dict[str, Any]]:
    """The output of the test cell of `task`: its points as the text that nbgrader reads, its parts as a list.

    nbgrader takes a cell without outputs for a right one, and refuses more points than the cell has (a bonus): so
    there is always an output, and its number is at most `most`. The gradebook has the score as it is.
    """
    found = next((each for each in result.tasks if each.name == task), None)
    earned = 0.0 if withheld(result) or found is None else sum(p.score for p in found.parts if p.written is None)
    data = {"text/plain": amount(min(earned, most)), "text/html": str(_parts(result, found, lang))}
    return [{"output_type": "execute_result", "execution_count": None, "metadata": {}, "data": data}]


def _parts(result: Result, task: Task | None, lang: Lang) -> Markup:
    if withheld(result) or task is None:
        return Markup("<div>{}</div>").format(labels.WITHHELD_NOTICE.in_(lang))
    rows = Markup("").join(_row(part, lang) for part in task.parts if part.written is None)
    listed = Markup("<ul>{}</ul>").format(rows)
    drawn = [each for each in dict.fromkeys(result.pictures) if each.task == task.name]
    shape = Markup("<div>{}</div><pre>{}</pre>")
    shown = (shape.format(picture.caption(each, lang), picture.text(each, lang)) for each in drawn)
    return listed + Markup("").join(shown)


def _row(part: Part, lang: Lang) -> Markup:
    bonus = f" ({labels.BONUS.in_(lang)})" if part.bonus else ""
    missed = part.bonus and part.verdict != "pass"
    sign = labels.BONUS_SIGN if missed else labels.SIGNS[part.verdict]
    return _ROW.format(sign, label(part.title.in_(lang)) + bonus, points(part.score, part.max_score))
