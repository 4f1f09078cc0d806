"""What travels between grader and worker: MessagePack with a fixed set of types, in length-capped frames. No pickle.

    message  a tagged record (Call, Reply, Callback, …), decoded against its type
    value    plain data, an Array (dtype + shape + bytes), or a reference (Proxy, Handle, Signal) that is only a number

Both sides use this module; only the grader's checks count. The order of trust: a frame's length is checked before a
byte of it is read, its structure by the typed decoder, an array's dtype against a fixed list of strings, and its
dimensions as Python integers against the number of bytes.
"""

from __future__ import annotations

from typing import Literal

import msgspec

MAX_DEPTH = 32
MAX_SAME_HASH = 32
Layout = Literal["C", "F", "strided"]


class WireError(Exception):
    """The other side broke the protocol."""


class _Message(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True, tag_field="kind_"):
    pass


# ---- values ---------------------------------------------------------------------------------------------------------


class Array(_Message, frozen=True, tag="array"):
    """An ndarray, as C-ordered little-endian bytes. `layout` is how the receiver lays it out in memory."""

    dtype: str
    shape: tuple[int, ...]
    data: bytes
    layout: Layout = "C"


class Scalar(_Message, frozen=True, tag="scalar"):
    """A NumPy scalar."""

    dtype: str
    data: bytes


class Integer(_Message, frozen=True, tag="int"):
    """An integer beyond 64 bits, two's complement, big-endian."""

    data: bytes


class Bytes(_Message, frozen=True, tag="bytes"):
    data: bytes


class Complex(_Message, frozen=True, tag="complex"):
    real: float
    imag: float


class Items(_Message, frozen=True, tag="items"):
    kind: Literal["list", "tuple"]
    values: tuple[Value, ...]


class Pairs(_Message, frozen=True, tag="dict"):
    pairs: tuple[tuple[Value, Value], ...]


class Proxy(_Message, frozen=True, tag="proxy"):
    """A callable that stays with the grader."""

    id: int


class Handle(_Message, frozen=True, tag="handle"):
    """An object that stays in the worker; `type` is its type's name, for messages. No two workers share an id."""

    id: int
    type: str


class Signal(_Message, frozen=True, tag="signal"):
    """An opaque value for circuits: it can be handed to a gate and nothing else."""

    id: int


class Line(_Message, frozen=True, tag="line"):
    x: Array
    y: Array
    label: str


class Axes(_Message, frozen=True, tag="axes"):
    """`images`: the data of each image; `shown`: its colours (h, w, 3) from 0 to 1, as they lie on the page, the first
    row at the top. `points`: x and y of each scatter, (n, 2).
    """

    lines: tuple[Line, ...]
    xlim: tuple[float, float]
    ylim: tuple[float, float]
    legend: tuple[str, ...] | None
    title: str
    xlabel: str
    ylabel: str
    images: tuple[Array, ...]
    shown: tuple[Array, ...]
    points: tuple[Array, ...]


class Figure(_Message, frozen=True, tag="figure"):
    axes: tuple[Axes, ...]


Reference = Proxy | Handle | Signal | Figure
Value = None | bool | int | float | str | Bytes | Array | Scalar | Integer | Complex | Items | Pairs | Reference

# ---- grader to worker -----------------------------------------------------------------------------------------------


MAX_PLACES = 200  # statements of a notebook that are announced before they are run


class Load(_Message, frozen=True, tag="load"):
    """Compile and run a module from source.

    `cells`: the first lines of a notebook's code cells; then what `wanted` names, and what that needs, is run, but for
    the statements that begin in the lines `without`. Before each of the first statements that could take their time a
    Callback with its line is sent.
    """

    id: int
    module: str
    source: str
    cells: tuple[int, ...] = ()
    wanted: tuple[str, ...] = ()
    without: tuple[int, ...] = ()


class Execute(_Message, frozen=True, tag="execute"):
    """Run a module that an earlier worker of the same submission compiled."""

    id: int
    module: str
    code: bytes


class Call(_Message, frozen=True, tag="call"):
    """Call a module's function (`handle` None) or a method of a handle (its own call: empty `name`)."""

    id: int
    handle: int | None
    name: str
    args: tuple[Value, ...]
    kwargs: dict[str, Value]
    replace: dict[str, Value]


class Get(_Message, frozen=True, tag="get"):
    """Read a module global (`handle` None) or an attribute of a handle."""

    id: int
    handle: int | None
    name: str


class Take(_Message, frozen=True, tag="take"):
    """Iterate over a handle, at most `limit` items."""

    id: int
    handle: int
    limit: int


class Make(_Message, frozen=True, tag="make"):
    """Run `given`, then evaluate `expression`, with `values` as names; the object stays in the worker, as a Handle."""

    id: int
    given: str
    expression: str
    values: dict[str, Value]


class Answer(_Message, frozen=True, tag="answer"):
    """The value of a Callback, or the name and text of a builtin exception to raise in its place."""

    value: Value
    raises: tuple[str, str] | None = None


Question = Call | Get | Take | Make
Request = Load | Execute | Question

# ---- worker to grader -----------------------------------------------------------------------------------------------


class Hello(_Message, frozen=True, tag="hello"):
    """The first frame of a worker, sent before it saw any of the student's bytes."""

    layers: tuple[str, ...]
    problem: str | None = None


class Probed(_Message, frozen=True, tag="probed"):
    """What the self-test's worker tried, and how each attempt ended."""

    attempts: dict[str, str]


class Frame(_Message, frozen=True, tag="frame"):
    function: str
    line: int


class Raised(_Message, frozen=True, tag="raised"):
    """An exception of the student's code. `type` is the nearest builtin class; `frames` are the student's own."""

    type: str
    message: str
    frames: tuple[Frame, ...]
    misuse: str | None = None
    column: int | None = None
    text: str | None = None


class Warned(_Message, frozen=True, tag="warned"):
    category: str
    message: str
    line: int | None


class Definition(_Message, frozen=True, tag="definition"):
    """A function or class at the top level. `empty`: only a docstring, pass, … or raise NotImplementedError."""

    name: str
    line: int
    empty: bool


class Reply(_Message, frozen=True, tag="reply"):
    """How a Request ended. `changed`: arguments that differ after the call, by position."""

    id: int
    value: Value = None
    raised: Raised | None = None
    stdout: str = ""
    warnings: tuple[Warned, ...] = ()
    changed: tuple[tuple[int, Value], ...] = ()


class Left(_Message, frozen=True, tag="left"):
    """A statement of a notebook that failed (or, `raised` None, was not run) and the names that it would define.

    `read`: Python could read it; otherwise it stands for what is in its cell.
    """

    line: int
    names: tuple[str, ...]
    raised: Raised | None
    read: bool = True


class Loaded(_Message, frozen=True, tag="loaded"):
    """How a Load or Execute ended. `code` is opaque to the grader; it only goes back to workers of this submission."""

    id: int
    names: tuple[str, ...] = ()
    raised: Raised | None = None
    definitions: tuple[Definition, ...] = ()
    code: bytes = b""
    left: tuple[Left, ...] = ()


class Callback(_Message, frozen=True, tag="callback"):
    """The student's code calls one of the grader's callables."""

    id: int
    proxy: int
    args: tuple[Value, ...]
    kwargs: dict[str, Value]


Response = Hello | Probed | Reply | Loaded | Callback

encoder = msgspec.msgpack.Encoder()
requests = msgspec.msgpack.Decoder(Request)
answers = msgspec.msgpack.Decoder(Answer)
responses = msgspec.msgpack.Decoder(Response)
