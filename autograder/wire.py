"""What travels between grader and worker: length-capped frames of MessagePack with a fixed set of types. No pickle.

    frame    4 bytes big-endian length, then one message
    message  a tagged record (Call, Reply, Callback, …), decoded against its type
    value    plain data, an Array (dtype + shape + bytes), or a reference (Proxy, Handle, Signal) that is only a number

Both sides use this module; only the grader's checks count. The order of trust: a frame's length is checked before a
byte of it is read, its structure by the typed decoder, an array's dtype against a fixed list of strings, and its
dimensions as Python integers against the number of bytes.
"""

from __future__ import annotations

import math
import os
import select
import struct
import time
from typing import Any, Literal

import msgspec
import numpy as np

MAX_DEPTH = 32
MAX_DIMENSIONS = 32
MAX_INTEGER_BYTES = 1 << 16
MAX_EMPTY_BYTES = 1 << 24  # what an array without elements would take if its dimensions of 0 were 1
MAX_SAME_HASH = 32
DTYPES = frozenset(
    "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64 complex64 complex128".split()
)
Layout = Literal["C", "F", "strided"]


class WireError(Exception):
    """The other side broke the protocol."""


class TooLarge(WireError):
    """A frame is longer than what was agreed on."""


class Closed(Exception):
    """The other side is gone."""


class Late(Exception):
    """The deadline passed."""


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
    """An object that stays in the worker; `type` is its type's name, for messages."""

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
    lines: tuple[Line, ...]
    xlim: tuple[float, float]
    ylim: tuple[float, float]
    legend: tuple[str, ...] | None
    title: str
    xlabel: str
    ylabel: str
    images: tuple[Array, ...]


class Figure(_Message, frozen=True, tag="figure"):
    axes: tuple[Axes, ...]


Reference = Proxy | Handle | Signal | Figure
Value = None | bool | int | float | str | Bytes | Array | Scalar | Integer | Complex | Items | Pairs | Reference

# ---- grader to worker -----------------------------------------------------------------------------------------------


class Load(_Message, frozen=True, tag="load"):
    """Compile and run a module from source."""

    id: int
    module: str
    source: str


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


class Answer(_Message, frozen=True, tag="answer"):
    """The value of a Callback, or the name and text of a builtin exception to raise in its place."""

    value: Value
    raises: tuple[str, str] | None = None


Request = Load | Execute | Call | Get | Take

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


class Loaded(_Message, frozen=True, tag="loaded"):
    """How a Load or Execute ended. `code` is opaque to the grader; it only goes back to workers of this submission."""

    id: int
    names: tuple[str, ...] = ()
    raised: Raised | None = None
    definitions: tuple[Definition, ...] = ()
    code: bytes = b""


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

# ---- arrays and numbers ---------------------------------------------------------------------------------------------


def from_array(array: np.ndarray[Any, Any]) -> Array | None:
    """`array` for the wire, or None where its dtype does not travel. A subclass loses its class."""
    layout: Layout = "C" if array.flags.c_contiguous else "F" if array.flags.f_contiguous else "strided"
    plain = np.asarray(array)
    if plain.dtype == np.longdouble:
        plain = plain.astype(np.float64)
    if plain.dtype.name not in DTYPES:
        return None
    plain = plain.astype(plain.dtype.newbyteorder("<"), copy=False)
    return Array(plain.dtype.name, tuple(int(n) for n in plain.shape), plain.tobytes(), layout)


def to_array(value: Array) -> np.ndarray[Any, Any]:
    """The ndarray that `value` describes, in fresh memory. Raises WireError where it describes none."""
    size = _item_size(value.dtype)
    if len(value.shape) > MAX_DIMENSIONS or any(n < 0 for n in value.shape):
        raise WireError("an array with impossible dimensions")
    if math.prod(value.shape) * size != len(value.data):
        raise WireError("an array whose dimensions do not fit its bytes")
    if math.prod(max(n, 1) for n in value.shape) * size > max(len(value.data), MAX_EMPTY_BYTES):
        raise WireError("an empty array with impossible dimensions")
    _require_bools(value)
    flat = np.frombuffer(value.data, dtype=np.dtype(value.dtype).newbyteorder("<"))
    array = flat.reshape(value.shape).astype(np.dtype(value.dtype), order="F" if value.layout == "F" else "C")
    if value.layout == "strided" and array.ndim:
        roomy = np.zeros((*array.shape[:-1], 2 * array.shape[-1]), array.dtype)
        roomy[..., ::2] = array
        return roomy[..., ::2]
    return array


def from_scalar(value: np.generic) -> Scalar | None:
    array = from_array(np.asarray(value))
    return None if array is None else Scalar(array.dtype, array.data)


def to_scalar(value: Scalar) -> np.generic:
    if len(value.data) != _item_size(value.dtype):
        raise WireError("a scalar of the wrong size")
    _require_bools(value)
    scalar: np.generic = np.frombuffer(value.data, dtype=np.dtype(value.dtype).newbyteorder("<"))[0]
    return scalar.dtype.newbyteorder("=").type(scalar)


def _require_bools(value: Array | Scalar) -> None:
    if value.dtype == "bool" and value.data.translate(None, b"\0\1"):
        raise WireError("a bool that is neither 0 nor 1")


def _item_size(dtype: str) -> int:
    if dtype not in DTYPES:
        raise WireError("an array of a dtype that does not travel")
    return np.dtype(dtype).itemsize


def from_integer(value: int) -> int | Integer:
    if -(2**63) <= value < 2**63:
        return int(value)
    return Integer(value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def to_integer(value: Integer) -> int:
    if len(value.data) > MAX_INTEGER_BYTES:
        raise WireError("an integer that is too long")
    return int.from_bytes(value.data, "big", signed=True)


# ---- frames ---------------------------------------------------------------------------------------------------------


def send(fd: int, message: msgspec.Struct, deadline: float | None = None) -> None:
    """Write one frame. Raises Closed, or Late when `deadline` (time.monotonic) passes on a non-blocking descriptor."""
    payload = encoder.encode(message)
    view = memoryview(struct.pack(">I", len(payload)) + payload)
    while view:
        try:
            view = view[os.write(fd, view) :]
        except BlockingIOError:
            _wait(fd, select.POLLOUT, deadline)
        except (BrokenPipeError, ConnectionResetError):
            raise Closed from None


def receive(fd: int, cap: int, deadline: float | None = None) -> bytes:
    """Read one frame of at most `cap` bytes. Raises Closed, Late, WireError."""
    (length,) = struct.unpack(">I", _read(fd, 4, deadline))
    if length > cap:
        raise TooLarge(f"a frame of {length} bytes; at most {cap} are allowed")
    return _read(fd, length, deadline)


def _read(fd: int, count: int, deadline: float | None) -> bytes:
    parts: list[bytes] = []
    while count:
        try:
            part = os.read(fd, min(count, 1 << 20))
        except BlockingIOError:
            _wait(fd, select.POLLIN, deadline)
            continue
        except ConnectionResetError:
            raise Closed from None
        if not part:
            raise Closed
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _wait(fd: int, event: int, deadline: float | None) -> None:
    poll = select.poll()
    poll.register(fd, event)
    left = None if deadline is None else deadline - time.monotonic()
    if left is not None and (left <= 0 or not poll.poll(math.ceil(left * 1000))):
        raise Late
    if left is None:
        poll.poll()
