"""The command line: argv and exit codes live here alone.

0 done (low marks included) · 1 the work fell short (check, verify, build --check, release) · 2 usage · 3 our fault
(something was withheld) · 130 interrupted. Each command imports what it needs when it runs, so that `check`
starts fast.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.text import LANGS, Text, language

if TYPE_CHECKING:
    from autograder.batch import Keeper

INTERRUPTED_TEXT = Text(en="interrupted", ko="중단했습니다")
DONE, FELL_SHORT, USAGE, OUR_FAULT, INTERRUPTED = 0, 1, 2, 3, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    arguments = _parser().parse_args(argv)
    try:
        code: int | None = arguments.run(arguments)
        sys.stdout.flush()
        return code or DONE
    except KeyboardInterrupt:
        print(INTERRUPTED_TEXT.in_(language(arguments.lang)), file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        # A proof that nobody listened to the end of has not been given.
        return FELL_SHORT if arguments.command in ("check", "verify", "build", "release") else DONE
    except OSError as error:
        if error.filename is not None or error.errno not in (errno.ENOSPC, errno.EIO, errno.EBADF):
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(f"autograder: standard output: {error.strerror}; what is in --out is complete", file=sys.stderr)
        return USAGE
    except Exception as error:
        code = _expected(error)
        if code is None:
            raise
        told = getattr(error, "text", None)
        said = told.in_(language(arguments.lang)) if isinstance(told, Text) else error
        print(f"autograder: {said}", file=sys.stderr)
        return code


def _expected(error: Exception) -> int | None:
    """The exit code for an error that has a message of its own; None for a bug."""
    from autograder.course import CourseError
    from autograder.manifest import ManifestError

    codes: dict[str, int] = {"IngestError": USAGE, "OutputError": USAGE, "CatalogueError": OUR_FAULT}
    codes |= {"CiError": USAGE, "ApiError": OUR_FAULT, "NotAllowed": USAGE}
    codes |= {"SandboxUnavailable": OUR_FAULT, "GraderError": OUR_FAULT, "StubError": USAGE, "NewError": USAGE}
    codes |= {"ReleaseError": USAGE, "GitError": USAGE, "GradebookError": USAGE, "RosterError": USAGE}
    if isinstance(error, (CourseError, ManifestError)):
        return USAGE
    return codes.get(type(error).__name__)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="autograder", description="A course that grades itself: from a NAND gate to a digit reader."
    )
    parser.add_argument("--course", type=Path, metavar="DIR", help="the course folder (default: the one around here)")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    check = _command(commands, "check", _check, "run the visible examples on your code")
    check.add_argument("assignment", nargs="?", help="id, number or name (default: where you stand, else all begun)")
    check.add_argument("--watch", action="store_true", help="check again whenever a file is saved")

    hint = _command(commands, "hint", _hint, "one nudge for a task; ask again for the next")
    hint.add_argument("assignment")
    hint.add_argument("task", nargs="?", help="default: say which tasks there are")

    grade = _command(commands, "grade", _grade, "grade submissions in the sandbox")
    grade.add_argument("assignment")
    grade.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="a file, an archive, a folder, or a class folder"
    )
    grade.add_argument("--out", type=Path, metavar="DIR", help="write results, feedback pages and grades.csv there")
    grade.add_argument("--json", metavar="FILE", help="write the Results as one JSON array (-: standard output)")
    grade.add_argument("--gradebook", metavar="URL", help="write scores and comments into nbgrader's gradebook")
    grade.add_argument("--jobs", type=_positive, metavar="N", help="graders that work side by side (default: cores)")
    grade.add_argument("--fresh", action="store_true", help="grade again what --out already holds")

    build = _command(commands, "build", _build, "generate the stubs from the reference solutions")
    build.add_argument("--check", action="store_true", help="only say what is out of date")

    verify = _command(commands, "verify", _verify, "prove the graders with the labelled submissions")
    verify.add_argument("assignment", nargs="*", help="default: all")
    verify.add_argument("--update", action="store_true", help="write the golden reports anew")
    verify.add_argument(
        "--quick", action="store_true", help="the labelled submissions only: no mutants, seeds, impostors"
    )
    verify.add_argument("--mutants", action="store_true", help="list every mutant and what notices it")
    verify.add_argument("--tolerances", action="store_true", help="list every tolerance and the errors around it")
    verify.add_argument("--report", type=Path, metavar="DIR", help="write index.html and report.json")
    verify.add_argument(
        "--leaks", type=Path, metavar="DIR", help="only look for solutions and graders in a folder or its git history"
    )
    verify.add_argument("--fresh", action="store_true", help="try everything again, whatever is remembered")
    verify.add_argument(
        "--seeds", type=_positive, metavar="N", default=50, help="students for whom all holds (default: 50)"
    )
    verify.add_argument("--jobs", type=_positive, metavar="N", help="processes side by side (default: cores + 1)")

    release = _command(commands, "release", _release, "write the student repository: no graders, no solutions")
    release.add_argument("dest", type=Path, metavar="DEST", help="a new folder, or an earlier release")
    release.add_argument("--remote", metavar="URL", help="publish it there, on top of what it has")

    _ci_commands(_command(commands, "ci", None, "feedback on pull requests: the steps of the workflows"))

    nbgrader = _command(commands, "nbgrader", None, "the course in nbgrader")
    steps = nbgrader.add_subparsers(dest="step", required=True, metavar="STEP")
    init = _command(steps, "init", _nbgrader_init, "lay out a course folder in which nbgrader's own commands run")
    init.add_argument("dest", type=Path, metavar="DEST", help="a new folder, or an nbgrader course")
    init.add_argument("--roster", type=Path, metavar="CSV", help="with the columns id,first_name,last_name,email")

    demo = _command(commands, "demo", _demo, "grade a sample class that ships with the course")
    demo.add_argument("--out", type=Path, metavar="DIR", default=Path("demo-marks"))

    new = _command(commands, "new", _new, "lay out a new assignment")
    new.add_argument("id", help="NN_slug, for example 11_convolution")
    new.add_argument("tasks", nargs="+", metavar="TASK", help="the public names that students complete")
    return parser


def _ci_commands(parser: argparse.ArgumentParser) -> None:
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")

    _command(steps, "examples", _ci, "the visible examples, in the log and as the job's summary")

    fetch = _command(steps, "fetch", _ci, "fetch the submissions of a pull request, as data")
    fetch.add_argument("inbox", type=Path, metavar="INBOX")

    collect = _command(steps, "collect", _ci, "fetch the submissions of students' private repositories, as data")
    collect.add_argument(
        "students", type=Path, metavar="CSV", help="with the columns student,repository[,branch][,lang]"
    )
    collect.add_argument("inbox", type=Path, metavar="INBOX")

    grade = _command(steps, "grade", _ci, "grade what was fetched, in the sandbox and with an emptied environment")
    grade.add_argument("inbox", type=Path, metavar="INBOX")
    grade.add_argument("answers", type=Path, metavar="ANSWERS")
    grade.add_argument(
        "--out", type=Path, metavar="DIR", help="write marks and pages there too, a folder per assignment"
    )

    grade.add_argument("--minutes", type=_positive, metavar="N", help="begin nothing more after this time")

    report = _command(steps, "report", _ci, "write the comment, the check and the summary")
    report.add_argument("answers", type=Path, metavar="ANSWERS")
    report.add_argument("--students", type=Path, metavar="CSV", help="answer in issues of these students' repositories")
    report.add_argument("--print", action="store_true", help="print what would be published, and publish nothing")

    regrade = _command(steps, "regrade", _ci, "fetch, grade and report again, say after a grader was corrected")
    regrade.add_argument("pulls", nargs="*", metavar="NUMBER", help="pull requests (default: all that are open)")
    regrade.add_argument("--out", type=Path, metavar="DIR", help="write marks and pages there, a folder per assignment")


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int] | None,
    help: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=help, description=help)
    if run is None:  # it has commands of its own
        return parser
    parser.set_defaults(run=run)
    parser.add_argument("--lang", choices=LANGS, help="language of what students read (default: your locale's)")
    return parser


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of 1 or more")
    return int(text)


def _check(arguments: argparse.Namespace) -> int:
    from autograder import course
    from autograder.checking import command

    chosen = command.chosen(course.find(arguments.course), arguments.assignment)
    good = command.run(chosen, language(arguments.lang), watch=arguments.watch)
    return DONE if good else FELL_SHORT


def _hint(arguments: argparse.Namespace) -> int:
    from autograder import course, hint

    assignment = course.find(arguments.course).assignment(arguments.assignment)
    lang = language(arguments.lang)
    print(hint.next_hint(assignment, arguments.task, lang) if arguments.task else hint.tasks(assignment, lang))
    return DONE


def _one_thread() -> None:
    """Before NumPy is loaded: graders work side by side already, and small arrays gain nothing from more threads."""
    from autograder.sandbox.launcher import THREADS

    for name in THREADS:
        os.environ.setdefault(name, "1")


def _grade(arguments: argparse.Namespace) -> int:
    _one_thread()
    from autograder import batch, course

    assignment = course.find(arguments.course).assignment(arguments.assignment)
    options = batch.Options(arguments.out, arguments.json, arguments.jobs, arguments.fresh, language(arguments.lang))

    def gradebook() -> AbstractContextManager[Keeper | None]:
        if arguments.gradebook is None:
            return contextlib.nullcontext()
        from autograder.nbgrader import keeper

        return keeper.Keeper(arguments.gradebook, assignment, options.lang)

    return OUR_FAULT if batch.run(assignment, arguments.paths, options, opened=gradebook) else DONE


def _build(arguments: argparse.Namespace) -> int:
    from autograder import build, course

    stale = build.run(course.find(arguments.course), check=arguments.check)
    return FELL_SHORT if stale else DONE


def _verify(arguments: argparse.Namespace) -> int:
    _one_thread()
    from autograder import course, verify

    found = course.find(arguments.course)
    if arguments.leaks is not None:
        return DONE if verify.is_clean(found, arguments.leaks) else FELL_SHORT
    assignments = [found.assignment(name) for name in arguments.assignment or found.ids]
    names = ("update", "quick", "fresh", "mutants", "tolerances", "report", "jobs", "seeds")
    options = verify.Options(**{name: getattr(arguments, name) for name in names})
    return DONE if verify.run(found, assignments, options) else FELL_SHORT


def _release(arguments: argparse.Namespace) -> int:
    from autograder import course, release

    found = course.find(arguments.course)
    return DONE if release.run(found, arguments.dest, arguments.remote) else FELL_SHORT


def _ci(arguments: argparse.Namespace) -> int:
    from autograder import course
    from autograder.ci import command

    found = course.find(arguments.course)
    match arguments.step:
        case "examples":
            return DONE if command.examples(found, arguments.lang) else FELL_SHORT
        case "fetch":
            good = command.fetch(found, arguments.inbox)
        case "collect":
            good = command.collect(found, arguments.students, arguments.inbox)
        case "grade":
            good = command.grade(
                found, arguments.inbox, arguments.answers, arguments.out, arguments.minutes, sys.argv[1:]
            )
        case "report" if arguments.print:
            command.preview(found, arguments.answers, arguments.lang)
            return DONE
        case "report":
            good = command.report(found, arguments.answers, arguments.students, arguments.lang)
        case "regrade":
            good = command.regrade(found, arguments.pulls, arguments.out, arguments.lang)
    return DONE if good else OUR_FAULT


def _nbgrader_init(arguments: argparse.Namespace) -> int:
    from autograder import course
    from autograder.nbgrader import folder

    found, lang = course.find(arguments.course), language(arguments.lang)
    for line in folder.init(found, arguments.dest, arguments.roster, lang, arguments.course is not None):
        print(line)
    return DONE


def _demo(arguments: argparse.Namespace) -> int:
    _one_thread()
    from autograder import course, demo

    return OUR_FAULT if demo.run(course.find(arguments.course), arguments.out, language(arguments.lang)) else DONE


def _new(arguments: argparse.Namespace) -> int:
    from autograder import course, new

    new.run(course.find(arguments.course), arguments.id, arguments.tasks)
    return DONE
