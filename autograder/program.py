"""One submission, ready to run: compiled once, loaded afresh by every worker, within one budget of time.

A `Program` is the submission; a `Session` is its use in one test, with a worker of its own, so that no state travels
between tests.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from autograder import errors, wire
from autograder.lines import Lines, placed
from autograder.marks import Finding
from autograder.sandbox.client import Failure, Worker, request_id
from autograder.sandbox.launcher import Zygote

Answer = Callable[[wire.Callback], wire.Answer]
MAX_NAMES, NAME_CAP = 5_000, 100  # what is believed of a worker; near names are looked for among them
MAX_LEFT_OUT = 3  # statements of a notebook that may hang or end the process, each of which costs a new start
MAX_LEFT = 100


@dataclass(frozen=True)
class Left:
    """What a notebook lost: the finding that says why, and the names that are not defined for it."""

    names: frozenset[str]
    finding: Finding


class Program:
    """One submission: its source, and what is known of it once it was loaded.

    `names`: what the module holds; `defined`: its own functions and classes; `empty`: those left as in the stub;
    `problem`: what stopped it from loading; `stopped`: what stopped a later load, where Matplotlib is real;
    `left`: what a notebook lost, `twice`: the lines of what it defines in more than one way, by name;
    `texts`: the constants that were asked for, as text or as None.
    """

    def __init__(
        self,
        zygote: Zygote,
        module: str,
        source: str,
        drawing: Callable[[], Zygote] | None = None,
        constants: Sequence[str] = (),
        cells: Sequence[int] = (),
        tasks: Sequence[str] = (),
    ) -> None:
        """`drawing` gives the zygote with Matplotlib, where the assignment has plots; `constants` are read early.

        `cells`: the first lines of a notebook's code cells; of a notebook only `tasks`, `constants` and what they need
        is run.
        """
        self._zygote = zygote
        self._drawing = drawing
        self._module = module
        self._code: bytes | None = None
        self.limits = zygote.limits
        self.start_clock()
        self.lines = Lines(source.split("\n"), cells)
        self._source = source
        self._cells = tuple(cells)
        self._wanted = (*tasks, *constants)
        self._without: dict[int, Finding] = {}
        self.left: tuple[Left, ...] = ()
        self.twice: dict[str, tuple[int, ...]] = {}
        self.names: tuple[str, ...] = ()
        self.defined: tuple[str, ...] = ()
        self.empty: frozenset[str] = frozenset()
        self.problem: Finding | None = None
        self.stopped: Finding | None = None
        self._constants = constants
        self.texts: dict[str, str | None] = {}

    def start_clock(self) -> None:
        """Give the submission its total of seconds from now on."""
        self._deadline = time.monotonic() + self.limits.total_seconds

    def seconds(self, wanted: float) -> float:
        """How long the next request may take. Raises Finding when the submission has used up its total."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise Finding("timeout.total", {"seconds": self.limits.total_seconds}, "timeout")
        return min(wanted, left)

    def open(self, plots: bool = False) -> Worker:
        """A worker with the module loaded; with Matplotlib if `plots`. Raises Finding where it cannot be loaded."""
        seconds = self.seconds(self.limits.load_seconds)
        worker = (self._drawing() if plots and self._drawing else self._zygote).fork()
        place = _Place()
        try:
            loaded = worker.ask(self._request(), wire.Loaded, seconds, place if self._cells else _no_callbacks)
        except Failure as failed:
            failed = Failure("protocol") if failed.kind == "callbacks" else failed
            found = errors.failure(failed, self.limits.load_seconds)
            if self._code is None and self._leaves_out(place.line, found):
                return self.open(plots)
            raise Finding(f"load.{found.key}", found.params, found.verdict) from None
        if self._code is None:
            self._learn(loaded)
        elif loaded.raised is not None and self.problem is None:
            self.stopped = errors.loading(loaded.raised, self.lines)
        return worker

    def _leaves_out(self, line: int | None, found: Finding) -> bool:
        """Whether the notebook is tried again without the statement in this line, which it did not survive."""
        own = errors.own_line(line, self.lines)
        if own is None or own in self._without or len(self._without) == MAX_LEFT_OUT:
            return False
        params = {**found.params, "line": placed(own, self.lines), "source": errors.quote(self.lines, own)}
        key = found.key if found.key in ("timeout", "memory") else "crashed"
        self._without[own] = Finding(f"cell.{key}", params, found.verdict, own)
        return True

    def _request(self) -> wire.Load | wire.Execute:
        if self._code is None:
            without = tuple(self._without)
            return wire.Load(request_id(), self._module, self._source, self._cells, self._wanted, without)
        return wire.Execute(request_id(), self._module, self._code)

    def look(self) -> Worker | None:
        """Load the module once, to learn its names and its problem; the worker can serve the first test.

        A module that stops while it loads may have drawn something: then it is loaded where Matplotlib is real.
        """
        worker = self._looked()
        stopped = [self.problem, *(left.finding for left in self.left)]
        keys = {found.key for found in stopped if found is not None} - {"load.syntax", "cell.syntax"}
        if keys and self._drawing is not None:
            if worker is not None:
                worker.close()
            self._zygote, self._drawing, self._code, self.problem = self._drawing(), None, None, None
            worker = self._looked()
        for name in self._constants:
            worker = self._read(worker, name)
        return worker

    def _read(self, worker: Worker | None, name: str) -> Worker | None:
        """Read a constant; returns the worker if it is still there."""
        if worker is None:
            return None
        try:
            reply = worker.ask(wire.Get(request_id(), None, name), wire.Reply, self.limits.seconds, _no_callbacks)
        except Failure:
            return None
        if reply.raised is None:
            self.texts[name] = _text(reply.value)
        return worker

    def _looked(self) -> Worker | None:
        try:
            return self.open()
        except Finding as finding:
            self.problem = finding
            return None

    def _learn(self, loaded: wire.Loaded) -> None:
        definitions = loaded.definitions[:MAX_NAMES]
        self.names = tuple(name for name in loaded.names[:MAX_NAMES] if len(name) <= NAME_CAP)
        self.defined = tuple(d.name for d in definitions if len(d.name) <= NAME_CAP)
        last = {d.name: d.empty for d in definitions}  # a name that is defined twice means its last definition
        self.empty = frozenset(name for name, empty in last.items() if empty)
        self._code = loaded.code or None
        self.left = tuple(self._lost(left) for left in loaded.left[:MAX_LEFT])
        for name in self._wanted if self._cells else ():
            lines = tuple(d.line for d in definitions if d.name == name and errors.own_line(d.line, self.lines))
            if len(lines) > 1:
                self.twice[name] = lines
        if loaded.raised is not None:
            compiled = bool(loaded.code)
            self.problem = (errors.loading if compiled else errors.syntax)(loaded.raised, self.lines)

    def losses(self, tasks: Collection[str]) -> list[tuple[Finding, frozenset[str]]]:
        """What failed in a notebook, and which of `tasks` are not there for it."""
        return [(left.finding, left.names.intersection(tasks).difference(self.names)) for left in self.left]

    def _lost(self, left: wire.Left) -> Left:
        """What is said of a cell or statement that failed."""
        if left.raised is None:
            found = self._without.get(left.line, Finding("cell.crashed", {"line": "?", "source": "?"}, "crashed"))
        else:
            found = errors.loading(left.raised, self.lines) if left.read else errors.syntax(left.raised, self.lines)
            found = Finding(found.key.replace("load.", "cell."), found.params, found.verdict, found.line)
        return Left(frozenset(left.names[:MAX_NAMES]), found)


def _text(value: wire.Value) -> str | None:
    """A text, or several that commas made a tuple of, as one; None for anything else."""
    if isinstance(value, wire.Items):
        pieces = [piece for piece in value.values if isinstance(piece, str)]
        return "\n".join(pieces) if pieces and len(pieces) == len(value.values) else None
    return value if isinstance(value, str) else None


class _Place:
    """Follows a notebook that is loaded: the line of the statement that is run now. Raises Failure for a flood."""

    line: int | None = None
    _told = 0

    def __call__(self, callback: wire.Callback) -> wire.Answer:
        self._told += 1
        if self._told > wire.MAX_PLACES:
            raise Failure("protocol", "more statements than are told")
        match callback.args:
            case (int(line),):
                self.line = line
        return wire.Answer(None)


def _no_callbacks(_: wire.Callback) -> wire.Answer:
    raise Failure("protocol", "a callback while loading")


class Session:
    """A program in one test. A worker that failed is replaced by a fresh one; what hung is not tried again.

    A worker that has seen a hidden case is replaced before a shown one, whose results are published: what it remembers
    of hidden inputs stays with it.
    """

    def __init__(self, program: Program, worker: Worker | None = None, plots: bool = False) -> None:
        self.program = program
        self._plots = plots
        self._worker = worker
        self._hung: dict[str, Finding] = {}
        self._saw_hidden = False

    def ask(self, request: wire.Question, label: str, answer: Answer, shown: bool) -> wire.Reply:
        """The reply to `request`. Raises Finding; `label` names what was asked, for not asking a hung one again."""
        if label in self._hung:
            raise self._hung[label]
        if shown and self._saw_hidden:
            self.close()
        self._saw_hidden = not shown
        seconds = self.program.seconds(self.program.limits.seconds)
        if self._worker is None:
            self._worker = self.program.open(self._plots)
        try:
            return self._worker.ask(request, wire.Reply, seconds, answer)
        except Failure as failed:
            self.close()
            self._hung[label] = errors.failure(failed, self.program.limits.seconds)
            raise self._hung[label] from None

    def release(self) -> Worker | None:
        """The worker, for whoever wants to go on with it."""
        worker, self._worker = self._worker, None
        return worker

    def close(self) -> None:
        worker = self.release()
        if worker is not None:
            worker.close()
