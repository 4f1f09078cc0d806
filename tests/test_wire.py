"""The wire carries plain data exactly, and refuses everything else with one of its own exceptions."""

from __future__ import annotations

import contextlib
import math
import os
import socket
import struct
import threading
import time
from collections.abc import Iterator
from typing import Any, NoReturn

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from autograder import arrays, frames, wire
from autograder.marks import GraderError
from autograder.sandbox.objects import Misuse, Objects, Proxy, Signal
from autograder.values import Opaque, Values

CAP = 1 << 20
settings.register_profile("engine", deadline=None, max_examples=60)
settings.load_profile("engine")

dtypes = st.sampled_from(sorted(arrays.DTYPES)).map(np.dtype)
shapes = npst.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)
any_array = npst.arrays(dtypes, shapes)
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**200), 2**200), st.floats(), st.text(), st.binary(), st.complex_numbers()
)
keys = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(), st.binary())
plain = st.recursive(
    st.one_of(scalars, any_array),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.lists(inner, max_size=4).map(tuple), st.dictionaries(keys, inner, max_size=4)
    ),
    max_leaves=12,
)


def there_and_back(value: Any) -> Any:
    """From the grader through a worker's objects back to the grader, as bytes both ways."""
    ours = Values(lambda handle: handle)
    theirs = Objects(lambda *_: None)
    asked = wire.requests.decode(wire.encoder.encode(wire.Call(1, None, "f", (ours.encode(value),), {}, {})))
    answer = wire.Reply(1, theirs.encode(theirs.decode(asked.args[0])))
    return ours.decode(wire.responses.decode(wire.encoder.encode(answer)).value)


def identical(a: Any, b: Any) -> bool:
    """Same types, same values, nan equal to nan, -0.0 not to 0.0."""
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(identical, a, b))
    if isinstance(a, dict):
        return identical(list(a.items()), list(b.items()))
    return repr(a) == repr(b)


# ---- what travels ---------------------------------------------------------------------------------------------------


@given(plain)
def test_plain_data_comes_back_as_it_went(value: Any) -> None:
    assert identical(there_and_back(value), value)


@given(any_array, st.sampled_from(["C", "F", "strided", "reversed"]))
def test_an_array_keeps_dtype_shape_bytes_and_layout(array: np.ndarray[Any, Any], layout: str) -> None:
    laid = {"C": np.ascontiguousarray, "F": np.asfortranarray}.get(layout, lambda a: a)(array).reshape(array.shape)
    if layout == "strided" and array.ndim:
        laid = np.repeat(array, 2, axis=-1)[..., ::2]
    if layout == "reversed" and array.ndim:
        laid = array[::-1]
    back = there_and_back(laid)
    assert identical(back, laid)
    flags = back.flags
    if laid.flags.c_contiguous or laid.flags.f_contiguous:
        assert (flags.c_contiguous, flags.f_contiguous) == (laid.flags.c_contiguous, laid.flags.f_contiguous)
    elif laid.size:
        assert (flags.c_contiguous, flags.f_contiguous) == (False, False)


@pytest.mark.parametrize("dtype", sorted(arrays.DTYPES))
def test_a_numpy_scalar_keeps_its_type(dtype: str) -> None:
    assert identical(there_and_back(np.ones((), dtype)[()]), np.ones((), dtype)[()])


def test_received_arrays_are_writable_and_own_their_memory() -> None:
    data = bytearray(8)
    array = arrays.to_array(wire.Array("float64", (1,), bytes(data)))
    array[0] = 1.0
    assert array.flags.writeable


def test_byte_order_and_subclass_are_lost_and_the_values_are_not() -> None:
    big = np.arange(3, dtype=">i4")
    assert identical(there_and_back(big), np.arange(3, dtype=np.int32))
    assert identical(there_and_back(np.arange(4.0).reshape(2, 2).view(np.matrix)), np.arange(4.0).reshape(2, 2))
    assert identical(there_and_back(np.longdouble(0.5)), np.float64(0.5))


@pytest.mark.parametrize(
    "value",
    [np.array([object()]), np.array(["a"]), np.array(["2026-01-01"], "M8[D]"), np.zeros(1, [("a", int)]), object()],
    ids=["object", "text", "date", "record", "thing"],
)
def test_a_grader_that_hands_over_what_does_not_travel_is_told(value: Any) -> None:
    with pytest.raises(GraderError, match="does not travel"):
        Values(lambda handle: handle).encode(value)


class Celsius(float):
    def __float__(self) -> float:
        return 99.0


class Count(int):
    def __int__(self) -> int:
        return 99


class Word(str):
    def __str__(self) -> str:
        return "99"


@pytest.mark.parametrize(
    ("value", "plain"), [(Celsius(1.5), 1.5), (Count(3), 3), (Word("a"), "a"), (bytearray(b"x"), b"x")]
)
def test_a_workers_subclasses_become_the_plain_value_that_they_hold(value: Any, plain: Any) -> None:
    assert identical(Values(lambda handle: handle).decode(Objects(lambda *_: None).encode(value)), plain)


def test_what_is_no_plain_data_stays_in_the_worker_as_a_handle() -> None:
    objects = Objects(lambda *_: None)
    thing = {1, 2}
    handle = objects.encode([thing])
    assert isinstance(handle, wire.Items)
    assert handle.values == (wire.Handle(0, "set"),)
    assert objects.held(0) is thing


def test_a_cycle_and_a_deep_nesting_end_in_a_handle() -> None:
    cycle: list[Any] = []
    cycle.append(cycle)
    value = Values(lambda handle: handle).decode(Objects(lambda *_: None).encode(cycle))
    for _ in range(wire.MAX_DEPTH):
        (value,) = value
    assert isinstance(value, wire.Handle)


def test_callables_and_signals_are_the_same_object_each_time() -> None:
    ours, theirs = Values(lambda handle: handle), Objects(lambda *_: None)
    function, signal = abs, Opaque(4)
    proxies = theirs.decode(ours.encode([function, signal]))
    assert isinstance(proxies[0], Proxy)
    assert isinstance(proxies[1], Signal)
    assert ours.decode(theirs.encode(proxies[0])) is function
    assert ours.decode(theirs.encode(proxies[1])).id == 4
    assert theirs.decode(wire.Signal(4)) is proxies[1]


@pytest.mark.parametrize(
    ("use", "kind"),
    [
        (lambda s: s + 1, "arithmetic"),
        (lambda s: 1 - s, "arithmetic"),
        (lambda s: np.ones(2) * s, "arithmetic"),
        (lambda s: float(s), "arithmetic"),
        (lambda s: s & s, "operator"),
        (lambda s: ~s, "operator"),
        (lambda s: s == 1, "compare"),
        (lambda s: s > 0, "compare"),
        (lambda s: not s, "branch"),
        (list, "iteration"),
        (np.asarray, "arithmetic"),
    ],
)
def test_a_signal_can_be_handed_on_and_nothing_else(use: Any, kind: str) -> None:
    with pytest.raises(Misuse) as misuse:
        use(Signal(1))
    assert misuse.value.kind == kind


# ---- what is refused ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        wire.Array("object", (1,), bytes(8)),
        wire.Array("O", (1,), bytes(8)),
        wire.Array("<U4", (1,), bytes(16)),
        wire.Array("datetime64[s]", (1,), bytes(8)),
        wire.Array("float128", (1,), bytes(16)),
        wire.Array("", (1,), bytes(8)),
        wire.Array("float64", (-1,), b""),
        wire.Array("float64", (-1, -1), bytes(8)),
        wire.Array("float64", (2,), bytes(8)),
        wire.Array("float64", (), b""),
        wire.Array("float64", (1,), bytes(9)),
        wire.Array("float64", (2**32, 2**32), b""),
        wire.Array("float64", (0, 2**62), b""),
        wire.Array("uint8", (0, 2**70), b"", "strided"),
        wire.Array("uint8", (1,) * 33, bytes(1)),
        wire.Array("bool", (2,), b"\x01\x02"),
        wire.Scalar("bool", b"\xff"),
        wire.Scalar("object", bytes(8)),
        wire.Scalar("float64", b""),
        wire.Scalar("float64", bytes(16)),
        wire.Integer(bytes(arrays.MAX_INTEGER_BYTES + 1)),
        wire.Pairs(((wire.Items("list", ()), 1),)),
        wire.Pairs(((wire.Array("float64", (0,), b""), 1),)),
        wire.Proxy(0),
        wire.Proxy(-1),
    ],
)
def test_a_malformed_value_is_a_wire_error(value: Any) -> None:
    values = Values(lambda handle: handle)
    for nested in (value, wire.Items("list", (value,)), wire.Pairs(((1, value),))):
        with pytest.raises(wire.WireError):
            values.decode(nested)


@pytest.mark.parametrize("kind", ["list", "dict"])
def test_a_reply_that_is_nested_beyond_all_reason_is_refused_and_costs_no_recursion(kind: str) -> None:
    value: Any = None
    for _ in range(600):
        value = wire.Items("list", (value,)) if kind == "list" else wire.Pairs(((1, value),))
    with pytest.raises(wire.WireError):
        Values(lambda handle: handle).decode(value)


@pytest.mark.parametrize(
    "message",
    [
        ["reply", 1, {"a": 1}],
        ["reply", "1"],
        ["reply", 1, ["handle", "0", "x"]],
        ["reply", 1, ["array", "float64", [1.5], b""]],
        ["reply", 1, None, None, "", [], [], "too many"],
        ["nothing", 1],
        ["call", 1, None, "f", [], {}, {}],
        {"kind_": "reply"},
        [],
        None,
    ],
)
def test_a_message_of_another_form_does_not_decode(message: Any) -> None:
    with pytest.raises(msgspec.MsgspecError):
        wire.responses.decode(msgspec.msgpack.encode(message))


def _decoded(data: bytes) -> Any:
    """What the client makes of a frame: a response, or one of the errors that it knows."""
    with contextlib.suppress(wire.WireError, msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        response = wire.responses.decode(data)
        value = getattr(response, "value", None)
        return Values(lambda handle: handle).decode(value)


@given(st.binary(max_size=200))
def test_garbage_raises_only_what_the_client_knows(data: bytes) -> None:
    _decoded(data)


@given(plain, st.integers(0, 400), st.integers(0, 255))
def test_a_damaged_reply_raises_only_what_the_client_knows(value: Any, place: int, byte: int) -> None:
    data = bytearray(wire.encoder.encode(wire.Reply(1, Objects(lambda *_: None).encode(value))))
    data[place % len(data)] = byte
    _decoded(bytes(data))
    _decoded(bytes(data[: place % len(data)]))


@given(
    st.sampled_from([*sorted(arrays.DTYPES), "object", "float128", "int"]),
    st.lists(st.integers(-(2**63), 2**64 - 1) | st.integers(-2, 5), max_size=6),
    st.binary(max_size=64),
    st.sampled_from(["C", "F", "strided"]),
)
def test_an_array_message_is_an_array_of_that_size_or_a_wire_error(
    dtype: str, shape: list[int], data: bytes, layout: Any
) -> None:
    try:
        array = arrays.to_array(wire.Array(dtype, tuple(shape), data, layout))
    except wire.WireError:
        return
    assert (array.shape, array.nbytes) == (tuple(shape), len(data))


# ---- frames ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    with ours, theirs:
        yield ours, theirs


def soon() -> float:
    return time.monotonic() + 0.1


def drain(fd: int) -> NoReturn:
    while True:
        frames.receive(fd, CAP, soon())


def test_frames_arrive_whole_and_in_order(pair: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = pair
    messages = [wire.Get(n, None, "x" * 50_000 * n) for n in range(3)]
    writer = threading.Thread(target=lambda: [frames.send(theirs.fileno(), message) for message in messages])
    writer.start()
    received = [wire.requests.decode(frames.receive(ours.fileno(), CAP, time.monotonic() + 5)) for _ in messages]
    writer.join()
    assert received == messages


def test_an_oversized_frame_is_refused_before_it_is_read(pair: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = pair
    theirs.sendall(struct.pack(">I", 0xFFFF_FFFF))
    with pytest.raises(wire.WireError, match="4294967295 bytes; at most 1048576"):
        frames.receive(ours.fileno(), CAP, soon())


@pytest.mark.parametrize("sent", [b"", b"\0\0", struct.pack(">I", 5) + b"abc"])
def test_half_a_frame_is_late_or_closed(pair: tuple[socket.socket, socket.socket], sent: bytes) -> None:
    ours, theirs = pair
    theirs.sendall(sent)
    with pytest.raises(frames.Late):
        frames.receive(ours.fileno(), CAP, soon())
    theirs.sendall(sent)
    theirs.close()
    with pytest.raises(frames.Closed):
        drain(ours.fileno())


def test_a_slow_drip_does_not_move_the_deadline(pair: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = pair
    done = threading.Event()

    def drip() -> None:
        theirs.sendall(struct.pack(">I", 1000))
        while not done.wait(0.01):
            theirs.sendall(b".")

    dripping = threading.Thread(target=drip)
    dripping.start()
    began = time.monotonic()
    with pytest.raises(frames.Late):
        frames.receive(ours.fileno(), CAP, began + 0.2)
    done.set()
    dripping.join()
    assert 0.2 <= time.monotonic() - began < 1.0


def test_a_reader_that_does_not_read_makes_the_writer_late(pair: tuple[socket.socket, socket.socket]) -> None:
    ours, _ = pair
    with pytest.raises(frames.Late):
        frames.send(ours.fileno(), wire.Get(1, None, "x" * (1 << 22)), soon())


def test_a_reader_that_is_gone_is_closed(pair: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = pair
    theirs.close()
    with pytest.raises(frames.Closed):
        frames.send(ours.fileno(), wire.Get(1, None, "x"))


@given(st.binary(max_size=40))
def test_garbage_on_the_channel_ends_in_one_of_the_documented_ways(data: bytes) -> None:
    reading, writing = os.pipe()
    os.write(writing, data)
    os.close(writing)
    try:
        with pytest.raises((frames.Closed, wire.WireError)):
            drain(reading)
    finally:
        os.close(reading)


def test_the_largest_integers_and_their_neighbours_survive() -> None:
    for exponent in (31, 63, 64, 1000):
        for value in (2**exponent - 1, 2**exponent, -(2**exponent), -(2**exponent) - 1):
            assert there_and_back(value) == value
    assert math.isnan(there_and_back(math.nan))
