"""git on a repository that somebody else made: nothing of the user's counts, and nothing of the repository's is run."""

from __future__ import annotations

import os
from collections.abc import Mapping

NOTHING: Mapping[str, str] = {}


def environment(settings: Mapping[str, str] = NOTHING, protocol: str = "https") -> dict[str, str]:
    """The variables for git: no configuration but `settings`, no replaced objects, no hook, no question, no fetching
    behind one's back, English words. `protocol`: of the server, beside ssh and files."""
    made = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
    made |= {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    made |= {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": f"{protocol}:ssh:file"}
    told = {"core.hooksPath": os.devnull, "core.fsmonitor": "false", "gc.auto": "0", **settings}
    for place, (key, value) in enumerate(told.items()):
        made |= {f"GIT_CONFIG_KEY_{place}": key, f"GIT_CONFIG_VALUE_{place}": value}
    return made | {"GIT_CONFIG_COUNT": str(len(told))}
