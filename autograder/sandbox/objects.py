"""Values on the worker's side: Python objects to wire values and back, and the objects that stand for references.

Nothing here is trusted: a student's code lives in the same process. What leaves is plain data, whatever it was.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

import numpy as np

from autograder import arrays, wire
from autograder.sandbox import figures

ARITHMETIC = """
add sub mul matmul truediv floordiv mod divmod pow neg pos abs round float int index complex
""".split()
OPERATORS = "and or xor invert lshift rshift".split()
COMPARISONS = "lt le eq ne gt ge".split()


class Misuse(TypeError):
    """A reference was used for something that it is not there for. `kind` names what."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"not to be used like this ({kind})")
        self.kind = kind


class Signal:
    """An opaque value. It has an identity and no bit: whatever looks inside raises Misuse."""

    __slots__ = ("_id",)

    def __init__(self, identity: int) -> None:
        self._id = identity

    def __repr__(self) -> str:
        return "<signal>"

    def __hash__(self) -> int:
        return self._id

    def __bool__(self) -> bool:
        raise Misuse("branch")

    def __iter__(self) -> NoReturn:
        raise Misuse("iteration")

    def __array__(self, *_args: object, **_kwargs: object) -> NoReturn:
        raise Misuse("arithmetic")


def _refuse(kind: str) -> Callable[..., NoReturn]:
    def method(self: Signal, *_args: object) -> NoReturn:
        raise Misuse(kind)

    return method


for _kind, _names in (("arithmetic", ARITHMETIC), ("operator", OPERATORS), ("compare", COMPARISONS)):
    for _name in _names:
        setattr(Signal, f"__{_name}__", _refuse(_kind))
        if _kind != "compare":
            setattr(Signal, f"__r{_name}__", _refuse(_kind))


class Proxy:
    """A grader's callable as the student's code sees it."""

    def __init__(self, identity: int, ask: Callable[[int, tuple[Any, ...], dict[str, Any]], Any]) -> None:
        self._id = identity
        self._ask = ask

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask(self._id, args, kwargs)


class Objects:
    """The worker's table of what the two sides refer to by number."""

    def __init__(self, ask: Callable[[int, tuple[Any, ...], dict[str, Any]], Any]) -> None:
        self._ask = ask
        self.first = 0  # the id of the first handle; a worker's own, so that no other worker's handle means anything
        self._handles: list[object] = []
        self._signals: dict[int, Signal] = {}
        self._proxies: dict[int, Proxy] = {}

    def held(self, handle: int) -> Any:
        """The object of a handle. Raises Misuse for another worker's."""
        place = handle - self.first
        if not 0 <= place < len(self._handles):
            raise Misuse("gone")
        return self._handles[place]

    def decode(self, value: wire.Value) -> Any:
        """The object that `value` stands for in this process."""
        match value:
            case wire.Array():
                return arrays.to_array(value)
            case wire.Scalar():
                return arrays.to_scalar(value)
            case wire.Integer():
                return arrays.to_integer(value)
            case wire.Bytes(data=data):
                return data
            case wire.Complex(real=real, imag=imag):
                return complex(real, imag)
            case wire.Items(kind=kind, values=values):
                decoded = [self.decode(item) for item in values]
                return tuple(decoded) if kind == "tuple" else decoded
            case wire.Pairs(pairs=pairs):
                return {self.decode(key): self.decode(item) for key, item in pairs}
            case wire.Proxy(id=identity):
                return self._proxies.setdefault(identity, Proxy(identity, self._ask))
            case wire.Signal(id=identity):
                return self._signals.setdefault(identity, Signal(identity))
            case wire.Handle(id=identity):
                return self.held(identity)
            case _:
                return value

    def encode(self, value: Any, depth: int = 0) -> wire.Value:
        """`value` as plain data; what is no plain data stays here and becomes a Handle."""
        if value is None or isinstance(value, bool):
            return value
        encoded: wire.Value = None
        if isinstance(value, np.ndarray):
            encoded = arrays.from_array(value)
        elif isinstance(value, np.generic):
            encoded = arrays.from_scalar(value)
        elif isinstance(value, int):
            encoded = arrays.from_integer(int.__int__(value))
        elif isinstance(value, float):
            encoded = float.__float__(value)
        elif isinstance(value, complex):
            encoded = wire.Complex(value.real, value.imag)
        elif isinstance(value, str):
            encoded = str.__str__(value).encode("utf-8", "backslashreplace").decode()
        elif isinstance(value, (bytes, bytearray)):
            encoded = wire.Bytes(bytes(value))
        elif isinstance(value, wire.Handle):
            encoded = value
        elif isinstance(value, Proxy):
            encoded = wire.Proxy(value._id)
        elif isinstance(value, Signal):
            encoded = wire.Signal(value._id)
        elif isinstance(value, figures.FIGURE):
            encoded = figures.describe(value)
        elif depth < wire.MAX_DEPTH:
            encoded = self._container(value, depth + 1)
        return self.hold(value) if encoded is None else encoded

    def _container(self, value: Any, depth: int) -> wire.Value:
        if isinstance(value, (list, tuple)):
            kind = "tuple" if isinstance(value, tuple) else "list"
            return wire.Items(kind, tuple(self.encode(item, depth) for item in value))  # type: ignore[arg-type]
        if isinstance(value, dict):
            pairs = tuple((self.encode(k, depth), self.encode(v, depth)) for k, v in value.items())
            return wire.Pairs(pairs)
        return None

    def hold(self, value: object) -> wire.Handle:
        """A handle for `value`, which stays here."""
        self._handles.append(value)
        kind = type(value)
        name = "ndarray of " + str(value.dtype) if isinstance(value, np.ndarray) else kind.__name__
        return wire.Handle(self.first + len(self._handles) - 1, name[:100])
