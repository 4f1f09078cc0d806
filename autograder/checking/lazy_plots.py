"""Matplotlib on demand: `import matplotlib.pyplot as plt` costs a third of a second, and most examples draw nothing.

The two names are placeholders until the first use of an attribute, which imports the real thing.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Callable, Sequence
from typing import Any

PACKAGE = "matplotlib"
LAZY = (PACKAGE, f"{PACKAGE}.pyplot")


class Placeholder(types.ModuleType):
    """Stands for a module until an attribute is asked for."""

    def __init__(self, name: str, plots: LazyPlots) -> None:
        super().__init__(name)
        self.__plots = plots

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if f"{self.__name__}.{name}" in LAZY:
            return importlib.import_module(f"{self.__name__}.{name}")
        return getattr(self.__plots.real(self.__name__), name)


class Loaded(importlib.abc.Loader):
    """Hands over a module that was imported already."""

    def __init__(self, module: types.ModuleType) -> None:
        self._module = module

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return self._module

    def exec_module(self, module: types.ModuleType) -> None:
        pass


class LazyPlots(importlib.abc.MetaPathFinder):
    """The finder of the placeholders. `slow(True)` and `slow(False)` are called around the real import."""

    def __init__(self, slow: Callable[[bool], None]) -> None:
        self._slow = slow
        self._lazy = True

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if not self._lazy or fullname.partition(".")[0] != PACKAGE:
            return None
        if fullname in LAZY:
            return importlib.machinery.ModuleSpec(fullname, Loaded(Placeholder(fullname, self)), is_package=True)
        return importlib.machinery.ModuleSpec(fullname, Loaded(self.real(fullname)))

    def real(self, name: str) -> types.ModuleType:
        """The real module of that name; from now on nothing is lazy."""
        if self._lazy:
            self._lazy = False
            for placeholder in LAZY:
                sys.modules.pop(placeholder, None)
            self._slow(True)
            try:
                importlib.import_module(LAZY[-1])
            finally:
                self._slow(False)
        return importlib.import_module(name)


def install(slow: Callable[[bool], None]) -> None:
    sys.meta_path.insert(0, LazyPlots(slow))
