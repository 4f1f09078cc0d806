"""What a notebook says beside the handouts and the code, in both languages, Korean first."""

from __future__ import annotations

from autograder.course import Assignment
from autograder.manifest import TaskSpec, WrittenSpec
from autograder.text import LANGS, Lang, Text

HANDOUT = Text(en="Handout", ko="교재")
INTRODUCTION = Text(
    en="""You can do the whole assignment in this notebook. {handouts}

1. **Complete the solution cells.** Replace `raise NotImplementedError(...)` by your code and run the cell
   (Shift+Enter). Keep the names and arguments as they are.
2. **Run the examples right below.** If no error appears, they pass. The grading asks more questions of the same kind.
3. **Save this file, `{notebook}`, and hand it in.** If you work here, leave `{module}` as it is.

Where the handout says `{module}`, it means the solution cells of this notebook. Add as many cells as you like to try
things out: the grader takes the functions of the tasks and what they use, and runs nothing else. When you have opened
the notebook or restarted its kernel, run the cells from the top.""",
    ko="""이 노트북 하나로 과제를 끝까지 할 수 있습니다. {handouts}

1. **풀이 셀을 완성하세요.** `raise NotImplementedError(...)`를 여러분의 코드로 바꾸고 셀을 실행하세요(Shift+Enter).
   이름과 인수는 그대로 두세요.
2. **바로 아래의 예제 셀을 실행하세요.** 오류가 나오지 않으면 통과입니다. 채점할 때는 같은 종류의 질문을 더 많이 합니다.
3. **이 파일 `{notebook}`를 저장해서 제출하세요.** 여기서 푼다면 `{module}`는 그대로 두세요.

교재에 나오는 `{module}`는 이 노트북의 풀이 셀을 가리킵니다. 이것저것 시험해 볼 셀은 얼마든지 더 만들어도 됩니다.
채점기는 문제의 함수와 그 함수가 쓰는 것만 가져가고 나머지는 실행하지 않습니다. 노트북을 새로 열었거나 커널을 다시
시작했으면 위에서부터 차례로 실행하세요.""",
)
HANDOUTS = Text(
    en="The handout follows, in Korean and in English, and then the tasks. Fold the handout that you do not read: "
    "there is an arrow beside its heading.",
    ko="아래에 교재가 한국어와 영어로 나오고, 그다음에 문제가 나옵니다. 읽지 않을 쪽은 제목 옆의 화살표를 눌러 접어 "
    "두세요.",
)
TASKS_HEADING = "# 문제 · Tasks"
TASKS = Text(
    en="First run the two cells below: the first prepares your solutions, the second has what the examples share. The "
    "names in the second belong to the examples, so give other names to variables of your own. If you are stuck, ask "
    "for a hint in a terminal: `autograder hint {assignment} {task}`",
    ko="먼저 아래의 두 셀을 실행하세요. 첫 번째 셀은 풀이를 위한 준비이고, 두 번째 셀에는 예제들이 함께 쓰는 것이 "
    "있습니다. 두 번째 셀의 이름은 예제가 쓰므로, 여러분의 변수에는 다른 이름을 붙이세요. 막히면 터미널에서 힌트를 볼 "
    "수 있습니다: `autograder hint {assignment} {task}`",
)
POINTS = Text(en="{points}", ko="{points}점")
BONUS = Text(en=" + {points} bonus", ko=" + 보너스 {points}점")
SHARED = Text(
    en="{points}: {code} for the code, {written} for the written answer further down",
    ko="{points}: 코드 {code}점, 아래의 서술형 답 {written}점",
)
NO_EXAMPLE = Text(
    en="# There is no example to see for {task}; the grader asks.",
    ko="# {task}에는 눈에 보이는 예제가 없고, 채점기가 확인합니다.",
)
WRITTEN = Text(en="Written answer", ko="서술형")
HOW_TO_ANSWER = Text(
    en="Open the cell below with a double click and write your answer in place of the text there, in English or "
    "Korean. Leave the first line, the name, as it is. A person reads the answer and marks it.",
    ko="아래 셀을 두 번 눌러 열고, 안내문 대신 답을 쓰세요. 한국어와 영어 모두 좋습니다. 첫 줄의 이름은 그대로 두세요. "
    "답은 사람이 읽고 채점합니다.",
)
END_HEADING = "# 마무리 · To finish"
END = Text(
    en="`check()` tries all examples at once. It needs the course's package `autograder`; your mark does not depend on "
    "it. Run this cell by itself: “Run All” stops at the first example that fails. When you are done, save the "
    "notebook and hand in `{notebook}`.",
    ko="`check()`를 실행하면 모든 예제를 한 번에 확인할 수 있습니다. 강의 패키지 `autograder`가 설치되어 있어야 하며, "
    "실행하지 않아도 점수는 달라지지 않습니다. 이 셀은 따로 실행하세요. ‘모두 실행(Run All)’은 통과하지 못한 첫 "
    "예제에서 멈춥니다. 다 했으면 노트북을 저장하고 `{notebook}`를 제출하세요.",
)
CHECK = "from autograder import check\n\ncheck()"


def title(assignment: Assignment, has_handout: bool) -> str:
    """What the notebook is, and how to work in it."""
    names = {"notebook": assignment.notebook.name, "module": assignment.file_name}
    about = assignment.manifest.title
    said = (
        INTRODUCTION.in_(lang).format(handouts=HANDOUTS.in_(lang) if has_handout else "", **names).replace(" \n", "\n")
        for lang in ORDER
    )
    heading = f"# {assignment.id.partition('_')[0]} · {about.ko} · {about.en}"
    return f"{heading}\n\n" + "\n\n---\n\n".join(said)


def handout(assignment: Assignment, lang: Lang) -> str:
    """The heading over one handout."""
    return f"{HANDOUT.in_(lang)}: {assignment.manifest.title.in_(lang)}"


def tasks(assignment: Assignment) -> str:
    names = {"assignment": assignment.id, "task": assignment.manifest.tasks[0].name}
    return _both(TASKS_HEADING, TASKS, **names)


def about(task: TaskSpec, written: float) -> str:
    """Name and points of a task; `written`: those of its written answers."""
    return f"## `{task.name}`\n\n" + " · ".join(_points(task, written, lang) for lang in ORDER)


def no_example(task: TaskSpec) -> str:
    return "\n".join(NO_EXAMPLE.in_(lang).format(task=task.name) for lang in ORDER)


def question(spec: WrittenSpec) -> str:
    heading = f"## {' · '.join(WRITTEN.in_(lang) for lang in ORDER)}: `{spec.name}`"
    points = " · ".join(_counted(spec.points, lang) for lang in ORDER)
    asked = "\n\n".join(f"**{spec.question.in_(lang)}**\n\n{HOW_TO_ANSWER.in_(lang)}" for lang in ORDER)
    return f"{heading}\n\n{points}\n\n{asked}"


def end(assignment: Assignment) -> str:
    return _both(END_HEADING, END, notebook=assignment.notebook.name)


ORDER: tuple[Lang, ...] = tuple(sorted(LANGS, reverse=True))  # ko, en


def _both(heading: str, text: Text, **names: str) -> str:
    return "\n\n".join([heading, *(text.in_(lang).format(**names) for lang in ORDER)])


def _points(task: TaskSpec, written: float, lang: Lang) -> str:
    said = _counted(task.points, lang)
    if written:
        said = SHARED.in_(lang).format(points=said, code=f"{task.points - written:g}", written=f"{written:g}")
    return said + (BONUS.in_(lang).format(points=f"{task.bonus:g}") if task.bonus else "")


def _counted(points: float, lang: Lang) -> str:
    said = POINTS.in_(lang).format(points=f"{points:g}")
    return said if lang == "ko" else f"{said} point{'' if points == 1 else 's'}"
