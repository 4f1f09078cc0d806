"""Inert stand-ins for plotting packages where an assignment asks for no plot, and for what cannot work.

A top-level `import matplotlib.pyplot as plt` (and a plot that nobody asked for) must not cost a student the marks.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Iterator, Sequence
from typing import Any

PACKAGES = ("matplotlib", "seaborn", "IPython")


class Inert:
    """Accepts every call, attribute and item, and does nothing."""

    def __call__(self, *_args: object, **_kwargs: object) -> Inert:
        return self

    def __getattr__(self, name: str) -> Inert:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, _key: object) -> Inert:
        return self

    def __setitem__(self, _key: object, _value: object) -> None:
        return None

    def __iter__(self) -> Iterator[Inert]:
        return iter((self, self))

    def __enter__(self) -> Inert:
        return self

    def __exit__(self, *_exception: object) -> None:
        return None


class InertModule(types.ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Inert()


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds `PACKAGES` and everything below them."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] not in PACKAGES:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return InertModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        pass


def install() -> None:
    sys.meta_path.insert(0, Finder())


def stand_in(package: str, name: str) -> None:
    """An empty module in place of one that nobody can use here and that takes long to load."""
    full = f"{package}.{name}"
    sys.modules[full] = module = types.ModuleType(full)
    setattr(sys.modules[package], name, module)
