"""The self-test: a locked-down process tries what is forbidden, and every attempt must be seen to be refused."""

from __future__ import annotations

from autograder.sandbox.client import SandboxUnavailable
from autograder.sandbox.launcher import Zygote

CORE = (
    "descriptors",
    "session",
    "rlimits",
    "no-capabilities",
    "parent-death-signal",
    "not-dumpable",
    "no-new-privileges",
    "landlock",
    "no-new-descriptors",
    "seccomp",
)
WAY_OUT = "grade on Linux 5.13 or newer with Landlock and seccomp enabled, on x86-64 or aarch64 (see README)"


def require(zygote: Zygote) -> tuple[str, ...]:
    """The layers that were seen to hold. Raises SandboxUnavailable when one of the core is missing or lets through."""
    layers, attempts = zygote.probe()
    missing = [core for core in CORE if not any(layer.startswith(core) for layer in layers)]
    through = [attempt for attempt, outcome in attempts.items() if not outcome.startswith("refused")]
    if missing:
        raise SandboxUnavailable(f"the sandbox lacks {', '.join(missing)}; {WAY_OUT}")
    if through or not attempts:
        raise SandboxUnavailable(f"the sandbox did not refuse: {', '.join(through) or 'anything'}; {WAY_OUT}")
    return layers
