"""The worker: runs a student's module and answers requests. It has no authority; it only sends values.

It was locked down before it read its first frame. Everything it says may be a lie, because the student's code shares
its memory; so nothing here judges. It imports `wire` and its own parts `loading`, `objects` and `figures`.
"""

from __future__ import annotations

import builtins
import functools
import itertools
import marshal
import sys
import traceback
import types
import warnings
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from autograder import frames, wire
from autograder.sandbox import loading
from autograder.sandbox.objects import Misuse, Objects

FRAME_CAP = 1 << 30
MAX_WARNINGS = 20
MAX_NAMES = 5000  # `from numpy import *` brings some 500
MESSAGE_CAP = 300


class Output:
    """Stands for sys.stdout and sys.stderr; keeps the first `cap` characters and drops the rest."""

    encoding = "utf-8"
    errors = "strict"
    closed = False

    def __init__(self, cap: int) -> None:
        self._cap = cap
        self._parts: list[str] = []
        self._size = 0

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        room = self._cap - self._size
        if room > 0:
            self._parts.append(str(text[:room]))
            self._size += len(text)
        return len(text)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def take(self) -> str:
        text = "".join(self._parts)
        self._parts.clear()
        self._size = 0
        return text.encode("utf-8", "backslashreplace").decode()


class Empty:
    """Stands for sys.stdin: there is nobody to answer."""

    def readline(self, *_args: object) -> str:
        raise EOFError("EOF when reading a line")

    read = readline

    def __iter__(self) -> NoReturn:
        raise EOFError("EOF when reading a line")


class Worker:
    """One submission's module and the loop that answers for it."""

    def __init__(self, fd: int, output_cap: int) -> None:
        self._fd = fd
        self._output = Output(output_cap)
        self._request = 0
        self._objects = Objects(self._ask)
        self._module = types.ModuleType("empty")
        self._file = ""

    def serve(self) -> NoReturn:
        sys.stdout = sys.stderr = self._output
        sys.stdin = Empty()
        while True:
            request = wire.requests.decode(frames.receive(self._fd, FRAME_CAP))
            self._request = request.id
            match request:
                case wire.Load():
                    response: wire.Response = self.load(request)
                case wire.Execute():
                    response = self._execute(request.id, request.module, self._pieces(request.code))
                case wire.Call():
                    response = self.call(request)
                case wire.Get(handle=handle, name=name):
                    response = self._reply(request.id, lambda: self._find(handle, name))
                case wire.Take(handle=handle, limit=limit):
                    response = self._reply(request.id, functools.partial(self._take, handle, limit))
                case wire.Make():
                    response = self._reply(request.id, functools.partial(self._make, request))
            try:
                frames.send(self._fd, response)
            except MemoryError:  # before a byte was written
                frames.send(self._fd, wire.Reply(request.id, raised=wire.Raised("MemoryError", "", ())))

    # ---- loading ----

    def load(self, request: wire.Load) -> wire.Loaded:
        """Compile and run the module or the notebook; what is wrong with it is in the answer."""
        self._file = f"{request.module}.py"
        try:
            if request.cells:
                parts = loading.apart(request.source, request.cells, self._file, request.wanted)
            else:
                parts = loading.whole(request.source, self._file)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            return wire.Loaded(request.id, raised=self._describe(error))
        left = [wire.Left(u.line, u.names[:MAX_NAMES], self._describe(u.error), read=False) for u in parts.unread]
        left += [wire.Left(piece.line, piece.names, None) for piece in parts.pieces if piece.line in request.without]
        pieces = [piece for piece in parts.pieces if piece.line not in request.without]
        return self._execute(request.id, request.module, pieces, parts.definitions, left)

    def _execute(
        self,
        request: int,
        name: str,
        pieces: list[loading.Piece],
        definitions: tuple[wire.Definition, ...] = (),
        left: Iterable[wire.Left] = (),
    ) -> wire.Loaded:
        self._file = f"{name}.py"
        self._objects.first = request
        self._module = module = types.ModuleType(name)
        module.__file__ = self._file
        sys.modules[name] = sys.modules["__main__"] = module
        dumped = marshal.dumps([tuple(piece) for piece in pieces])
        raised = None
        stopped = list(left)
        if any(piece.line for piece in pieces):
            loading.like_a_notebook()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            told = 0
            for piece in pieces:
                if piece.line and not piece.brief and told < wire.MAX_PLACES:
                    told += 1
                    self._ask(0, (piece.line,), {})
                try:
                    exec(piece.code, module.__dict__)
                except BaseException as error:
                    if not piece.line:
                        raised = self._describe(error)
                        break
                    stopped.append(wire.Left(piece.line, piece.names, self._describe(error)))
        self._output.take()
        names = tuple(str(n)[:100] for n in list(module.__dict__)[:MAX_NAMES] if not str(n).startswith("__"))
        return wire.Loaded(request, names, raised, definitions, dumped, tuple(stopped[:MAX_NAMES]))

    @staticmethod
    def _pieces(code: bytes) -> list[loading.Piece]:
        return [loading.Piece(*piece) for piece in marshal.loads(code)]

    # ---- requests ----

    def call(self, request: wire.Call) -> wire.Reply:
        """Call one function or method."""
        args: list[Any] = []
        space = self._module.__dict__
        saved = {name: space.get(name, _MISSING) for name in request.replace}

        def run() -> Any:
            args.extend(self._objects.decode(arg) for arg in request.args)
            kwargs = {name: self._objects.decode(arg) for name, arg in request.kwargs.items()}
            function = self._find(request.handle, request.name)
            space.update({name: self._objects.decode(value) for name, value in request.replace.items()})
            return function(*args, **kwargs)

        try:
            reply = self._reply(request.id, run)
        finally:
            for name, value in saved.items():
                space.pop(name, None) if value is _MISSING else space.__setitem__(name, value)
        changed = []
        for position, (before, after) in enumerate(zip(request.args, args, strict=False)):
            if isinstance(before, (wire.Array, wire.Items, wire.Pairs)) and not _holds_handle(before):
                now = self._objects.encode(after)
                if _layoutless(now) != _layoutless(before):
                    changed.append((position, now))
        return wire.Reply(reply.id, reply.value, reply.raised, reply.stdout, reply.warnings, tuple(changed))

    def _make(self, request: wire.Make) -> wire.Handle:
        space: dict[str, Any] = {"np": sys.modules["numpy"]}
        space.update({name: self._objects.decode(value) for name, value in request.values.items()})
        exec(request.given, space)
        return self._objects.hold(eval(request.expression, space))

    def _take(self, handle: int, limit: int) -> list[Any]:
        return list(itertools.islice(iter(self._objects.held(handle)), limit))

    def _find(self, handle: int | None, name: str) -> Any:
        if handle is None:
            try:
                return self._module.__dict__[name]
            except KeyError:
                raise NameError(f"name {name!r} is not defined", name=name) from None
        held = self._objects.held(handle)
        return getattr(held, name) if name else held

    def _reply(self, request: int, run: Callable[[], Any]) -> wire.Reply:
        caught: list[wire.Warned] = []
        value: wire.Value = None
        raised = None
        self._output.take()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("default")
                warnings.showwarning = lambda *details, **_: self._note(caught, *details[:4])
                value = self._objects.encode(run())
        except BaseException as error:
            raised = self._describe(error)
        return wire.Reply(request, value, raised, self._output.take(), tuple(caught))

    def _note(self, caught: list[wire.Warned], message: Any, category: type, filename: str, line: int) -> None:
        if len(caught) < MAX_WARNINGS:
            own = line if filename == self._file else None
            caught.append(wire.Warned(category.__name__[:100], str(message)[:MESSAGE_CAP], own))

    def _ask(self, proxy: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        encoded = tuple(self._objects.encode(arg) for arg in args)
        named = {str(name): self._objects.encode(arg) for name, arg in kwargs.items()}
        frames.send(self._fd, wire.Callback(self._request, proxy, encoded, named))
        answer = wire.answers.decode(frames.receive(self._fd, FRAME_CAP))
        if answer.raises is not None:
            name, text = answer.raises
            raise getattr(builtins, name)(text)
        return self._objects.decode(answer.value)

    # ---- exceptions ----

    def _describe(self, error: BaseException) -> wire.Raised:
        """`error` as data: the nearest builtin class, its text, the frames in the student's own file."""
        builtin = next((c for c in type(error).__mro__ if c.__module__ == "builtins"), Exception)
        try:
            message = str(error)[:MESSAGE_CAP].encode("utf-8", "backslashreplace").decode()
        except BaseException:
            message = ""
        frames = [
            wire.Frame(frame.f_code.co_name[:100], line)
            for frame, line in itertools.islice(traceback.walk_tb(error.__traceback__), 10_000)
            if frame.f_code.co_filename == self._file
        ]
        frames = frames if len(frames) <= 20 else frames[:10] + frames[-10:]
        column = text = None
        if isinstance(error, SyntaxError):
            frames = [wire.Frame("", error.lineno or 0)]
            message, column = str(error.msg)[:MESSAGE_CAP], error.offset
            text = error.text[:MESSAGE_CAP] if error.text else None
        misuse = error.kind if isinstance(error, Misuse) else None
        return wire.Raised(builtin.__name__, message, tuple(frames), misuse, column, text)


_MISSING = object()


def _layoutless(value: wire.Value) -> wire.Value:
    match value:
        case wire.Array(dtype=dtype, shape=shape, data=data):
            return wire.Array(dtype, shape, data)
        case wire.Items(kind=kind, values=values):
            return wire.Items(kind, tuple(_layoutless(item) for item in values))
        case wire.Pairs(pairs=pairs):
            return wire.Pairs(tuple((key, _layoutless(item)) for key, item in pairs))
        case _:
            return value


def _holds_handle(value: wire.Value) -> bool:
    """Whether a handle is in it: what it stands for is fetched, not compared."""
    match value:
        case wire.Items(values=values):
            return any(map(_holds_handle, values))
        case wire.Pairs(pairs=pairs):
            return any(_holds_handle(item) for _, item in pairs)
        case _:
            return isinstance(value, wire.Handle)
