"""The zygotes of one grader: a lean one, and one with Matplotlib for the tests that draw, which costs more per fork."""

from __future__ import annotations

from autograder.result import Limits
from autograder.sandbox import selftest
from autograder.sandbox.client import SandboxUnavailable
from autograder.sandbox.launcher import Zygote


class Zygotes:
    """The lean zygote is started at once, the one with Matplotlib when it is first asked for.

    Each has passed the self-test before it forks for a submission; one that died is started anew. Close it, or use it
    as a context manager. Raises SandboxUnavailable.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._running: dict[bool, Zygote] = {}
        self.layers: tuple[str, ...] = ()
        self.lean()

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
        self.lean()

    def close(self) -> None:
        """End them, and with them every worker. Idempotent."""
        while self._running:
            self._running.popitem()[1].close()

    def _get(self, plots: bool) -> Zygote:
        zygote = self._running.get(plots)
        if zygote is not None and zygote.alive:
            return zygote
        if zygote is not None:
            zygote.close()
        zygote = Zygote(self._limits, plots)
        try:
            self.layers = selftest.require(zygote)
        except SandboxUnavailable:
            zygote.close()
            raise
        self._running[plots] = zygote
        return zygote
