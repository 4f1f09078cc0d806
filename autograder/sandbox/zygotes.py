"""The zygotes of one grader: a lean one, and one with Matplotlib for the tests that draw, which costs more per fork."""

from __future__ import annotations

from autograder.result import Limits
from autograder.sandbox import selftest
from autograder.sandbox.client import SandboxUnavailable
from autograder.sandbox.launcher import Zygote


class Zygotes:
    """The lean zygote is ready at once; with `plots`, the one with Matplotlib starts while that one works.

    Each has passed the self-test before it forks for a submission; one that died is started anew. Close it, or use it
    as a context manager. Raises SandboxUnavailable.
    """

    def __init__(self, limits: Limits, plots: bool = False) -> None:
        self._limits = limits
        self._plots = plots
        self._running: dict[bool, Zygote] = {}
        self._tested: set[bool] = set()
        self.layers: tuple[str, ...] = ()
        self.restart()

    def __enter__(self) -> Zygotes:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def lean(self) -> Zygote:
        """The zygote in which Matplotlib is only a stand-in."""
        return self._get(plots=False)

    def drawing(self) -> Zygote:
        """The zygote with Matplotlib."""
        return self._get(plots=True)

    def restart(self) -> None:
        """New zygotes in place of those that are there."""
        self.close()
        if self._plots:
            self._running[True] = Zygote(self._limits, plots=True, ahead=True)
        self.lean()

    def close(self) -> None:
        """End them, and with them every worker. Idempotent."""
        self._tested.clear()
        while self._running:
            self._running.popitem()[1].close()

    def _get(self, plots: bool) -> Zygote:
        zygote = self._running.get(plots)
        if zygote is None or not zygote.alive:
            if zygote is not None:
                zygote.close()
            self._tested.discard(plots)
            zygote = self._running[plots] = Zygote(self._limits, plots, ahead=True)
        if plots not in self._tested:
            try:
                self.layers = selftest.require(zygote)
            except SandboxUnavailable:
                self.close()
                raise
            self._tested.add(plots)
        return zygote
