"""The zygote: a clean interpreter with NumPy loaded, which forks one locked-down worker per request.

It is exec'ed with a constructed environment and never sees a submission, a grader or a secret, so a worker finds none
in its memory. Control protocol over one Unix socket: `f` with a descriptor forks a worker that talks on it and is
answered with its pid and a pidfd (`p`: one that only probes); `w` with a pid waits for it and is answered with its wait
status and peak memory; `x` with a pid says that nobody will wait for it.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import importlib.machinery
import os
import random
import socket
import struct
import sys
from typing import NamedTuple, NoReturn

from autograder import frames, wire
from autograder.sandbox import figures, lockdown, placeholder
from autograder.sandbox.worker import Worker

PRELOAD = """
abc argparse array ast base64 bisect calendar cmath collections collections.abc contextlib copy csv ctypes
dataclasses datetime decimal difflib enum fractions functools gc glob gzip hashlib heapq html inspect io itertools
json keyword locale logging math numbers operator os os.path pathlib pickle platform pprint queue random re reprlib
secrets select shutil signal socket statistics string struct subprocess tempfile textwrap threading time timeit
token tokenize traceback types typing unicodedata unittest urllib.parse uuid warnings weakref zipfile zlib _strptime
encodings.ascii encodings.latin_1 encodings.utf_8_sig encodings.utf_16 encodings.cp437 encodings.cp949 encodings.euc_kr
encodings.idna numpy numpy.testing numpy.fft numpy.random numpy.linalg numpy.polynomial numpy.ma numpy.typing
numpy.lib.stride_tricks numpy.exceptions
""".split()
PRELOAD_IF_THERE = ("_pylong",)  # how Python 3.12 and newer write and read long integers


class Settings(NamedTuple):
    """What a zygote is started with; all its workers share it."""

    control: int
    memory_bytes: int
    output_cap: int
    plots: int


def main() -> NoReturn:
    """Serve until the grader's end of the socket closes. The arguments are the fields of Settings."""
    settings = Settings(*map(int, sys.argv[1:]))
    control = socket.socket(fileno=settings.control)
    try:
        layers = lockdown.namespaces()
        prepared = lockdown.prepare()
    except lockdown.LockdownUnavailable as error:
        control.sendall(b"-" + str(error).encode())
        os._exit(1)
    preload(plots=bool(settings.plots))
    control.sendall(b"+")
    unwanted: list[int] = []
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 16, 1)
        match message[:1]:
            case b"f" | b"p":
                pid = _fork(settings, prepared, layers, descriptors[0], probing=message == b"p")
                handle = os.pidfd_open(pid)
                socket.send_fds(control, [struct.pack(">q", pid)], [handle])
                os.close(handle)
                os.close(descriptors[0])
            case b"w":
                _, status, usage = os.wait4(struct.unpack(">q", message[1:])[0], 0)
                control.sendall(struct.pack(">qq", status, usage.ru_maxrss))
            case b"x":
                unwanted.append(struct.unpack(">q", message[1:])[0])
            case _:
                os._exit(0)
        unwanted = [pid for pid in unwanted if os.waitpid(pid, os.WNOHANG) == (0, 0)]


def preload(plots: bool) -> None:
    """Import what student code may import; nothing can be imported from disk afterwards."""
    for name in PRELOAD:
        importlib.import_module(name)
    for name in PRELOAD_IF_THERE:
        with contextlib.suppress(ModuleNotFoundError):
            importlib.import_module(name)
    placeholder.stand_in("numpy", "f2py")  # runs compilers; the next line would spend a third of all this on it
    exec("from numpy import *", {})  # names what NumPy would import when a student writes that line
    figures.preload() if plots else placeholder.install()
    make_repeatable()
    # From here on only what is loaded can be imported, and no path says where this package lies.
    sys.path.clear()
    sys.path_importer_cache.clear()
    sys.meta_path[:] = [f for f in sys.meta_path if f is not importlib.machinery.PathFinder]
    sys.argv[:] = [""]
    sys.orig_argv[:] = [""]
    gc.collect()
    gc.freeze()


def make_repeatable() -> None:
    """What student code draws without a seed is the same in every grading, so that a mark is.

    NumPy seeds its generators from `secrets`; here it does so from a sequence of their own.
    """
    numpy_random = importlib.import_module("numpy.random")
    numpy_random.seed(0)
    setattr(numpy_random.bit_generator, "randbits", random.Random(0).getrandbits)  # noqa: B010
    numpy_random.default_rng(0).normal()


def _fork(settings: Settings, prepared: lockdown.Prepared, layers: list[str], channel: int, probing: bool) -> int:
    """Fork a worker that talks on `channel`; the child never returns."""
    zygote = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    try:
        random.seed(0)  # Python itself draws a seed after a fork
        observed: dict[str, str] = {}
        try:
            held = lockdown.lock_down(
                prepared,
                channel_fd=channel,
                parent_pid=zygote,
                memory_bytes=settings.memory_bytes,
                between=(lambda: observed.update(_by_landlock())) if probing else None,
            )
        except Exception as error:
            frames.send(channel, wire.Hello((), str(error) or repr(error)))
            os._exit(1)
        frames.send(channel, wire.Hello((*layers, *held)))
        if probing:
            frames.send(channel, wire.Probed(observed | lockdown.probe()))
        else:
            Worker(channel, settings.output_cap).serve()
    finally:
        os._exit(0)


def _by_landlock() -> dict[str, str]:
    return {f"{attempt} (by Landlock alone)": outcome for attempt, outcome in lockdown.probe_landlock().items()}


if __name__ == "__main__":
    main()
