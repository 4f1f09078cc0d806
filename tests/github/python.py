"""The Python of a job: an environment of its own, empty but for a `pip` that installs nothing which is not locked.

In place of a download, `python -m pip install --require-hashes -r FILE` links what FILE names out of the environment
of the tests: what a workflow forgets to install is missing in the harness too. With `install` all of it is real.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path


class JobPython:
    """An interpreter below `folder`; `bin` is what goes on PATH."""

    def __init__(self, folder: Path, install: bool) -> None:
        self.bin = folder / "bin"
        self.site = folder / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
        if install:
            subprocess.run([_base(), "-I", "-m", "venv", str(folder)], check=True, stdout=subprocess.DEVNULL)
        else:
            self._lay(folder)

    def _lay(self, folder: Path) -> None:
        """What `python -m venv --without-pip` makes, in a hundredth of the time."""
        self.bin.mkdir(parents=True)
        pip = self.site / "pip"
        pip.mkdir(parents=True)
        (folder / "pyvenv.cfg").write_text(f"home = {Path(_base()).parent}\ninclude-system-site-packages = false\n")
        for name in ("python", "python3"):
            (self.bin / name).symlink_to(_base())
        (pip / "__init__.py").touch()
        shutil.copy(Path(__file__).with_name("locked_pip.py"), pip / "__main__.py")
        (pip / "source.txt").write_text(sysconfig.get_paths()["purelib"])
        command = self.bin / "pip"
        command.write_text(f'#!/bin/sh\nexec "{self.bin}/python" -m pip "$@"\n')
        command.chmod(0o755)

    @property
    def installed(self) -> list[str]:
        """The distributions that pip was asked for."""
        told = self.site / "pip" / "installed.txt"
        return told.read_text().split() if told.exists() else []


def _base() -> str:
    return os.path.realpath(getattr(sys, "_base_executable", sys.executable))


def for_pip(cache: Path | None) -> dict[str, str]:
    """Where a real pip of this machine finds its packages: the harness with `install` passes it on."""
    kept = {name: value for name, value in os.environ.items() if name.startswith("PIP_") or name == "SSL_CERT_FILE"}
    own = Path.home() / ".config/pip/pip.conf"
    found = {"PIP_CONFIG_FILE": str(own)} if own.exists() else {}
    return found | kept | ({"PIP_CACHE_DIR": str(cache)} if cache else {})
