"""Values on the grader's side: plain Python and NumPy data to wire values and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder import arrays, figure, wire
from autograder.marks import GraderError


class Opaque:
    """A signal as the grader refers to it."""

    def __init__(self, identity: int) -> None:
        self.id = identity


class Values:
    """The codec of one test, with the callables that it handed over by number.

    `handle` makes the object that stands for something that stays in the worker.
    """

    def __init__(self, handle: Callable[[wire.Handle], Any]) -> None:
        self._handle = handle
        self.callables: list[Callable[..., Any]] = []

    def encode(self, value: Any) -> wire.Value:
        """A grader's value for the wire. Raises GraderError for what does not travel."""
        encoded: wire.Value = None
        if value is None or isinstance(value, (bool, str)):
            return value
        if isinstance(value, np.ndarray):
            encoded = arrays.from_array(value)
        elif isinstance(value, np.generic):
            encoded = arrays.from_scalar(value)
        elif isinstance(value, float):
            encoded = value
        elif isinstance(value, int):
            encoded = arrays.from_integer(value)
        elif isinstance(value, complex):
            encoded = wire.Complex(value.real, value.imag)
        elif isinstance(value, bytes):
            encoded = wire.Bytes(value)
        elif isinstance(value, (list, tuple)):
            encoded = wire.Items("list" if isinstance(value, list) else "tuple", tuple(map(self.encode, value)))
        elif isinstance(value, Mapping):
            encoded = wire.Pairs(tuple((self.encode(k), self.encode(v)) for k, v in value.items()))
        elif isinstance(value, Opaque):
            encoded = wire.Signal(value.id)
        elif isinstance(reference := getattr(value, "reference", None), wire.Handle):
            encoded = reference
        elif callable(value):
            self.callables.append(value)
            encoded = wire.Proxy(len(self.callables) - 1)
        if encoded is None:
            raise GraderError(f"a {type(value).__name__} does not travel to the student's code")
        return encoded

    def decode(self, value: wire.Value, depth: int = 0) -> Any:
        """Plain data from the wire. Raises WireError for what claims to be something that it is not."""
        if depth > wire.MAX_DEPTH + 1:
            raise wire.WireError("a value that is nested too deeply")
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
                items = [self.decode(item, depth + 1) for item in values]
                return tuple(items) if kind == "tuple" else items
            case wire.Pairs(pairs=pairs):
                return self._dict(pairs, depth + 1)
            case wire.Proxy(id=identity) if 0 <= identity < len(self.callables):
                return self.callables[identity]
            case wire.Signal(id=identity):
                return Opaque(identity)
            case wire.Handle():
                return self._handle(value)
            case wire.Figure():
                return figure.from_wire(value)
            case None | bool() | int() | float() | str():
                return value
        raise wire.WireError("a reference to nothing")

    def _dict(self, pairs: tuple[tuple[wire.Value, wire.Value], ...], depth: int) -> dict[Any, Any]:
        keys = [self.decode(key, depth) for key, _ in pairs]
        try:
            hashes = Counter(map(hash, keys))
        except TypeError:
            raise wire.WireError("a dict with a key that cannot be one") from None
        if hashes and max(hashes.values()) > wire.MAX_SAME_HASH:
            raise wire.WireError("a dict whose keys are chosen to have the same hash")
        return {key: self.decode(item, depth) for key, (_, item) in zip(keys, pairs, strict=True)}
