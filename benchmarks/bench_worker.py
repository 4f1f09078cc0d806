"""What a locked-down worker costs on top of a bare fork of the same process, and where the time goes."""

from __future__ import annotations

import os
import socket
import sys

import sides

from autograder import wire
from autograder.sandbox import lockdown, zygote
from autograder.sandbox.worker import Worker

SOURCE = "import numpy as np\n\n\ndef f(x):\n    return np.exp(x)\n"


def main() -> None:
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        if os.environ.get(name) != "1":  # a second thread would not survive the fork
            os.environ[name] = "1"
            os.execv(sys.executable, [sys.executable, *sys.argv])
    prepared = lockdown.prepare()
    zygote.preload(plots="--plots" in sys.argv)

    def child(steps: int) -> None:
        ours, theirs = socket.socketpair()
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            try:
                _work(prepared, theirs.fileno(), parent, steps)
            finally:
                os._exit(0)
        os.waitpid(pid, 0)
        ours.close()
        theirs.close()

    times = sides.compare(
        {
            "bare fork and exit": lambda: child(0),
            "+ lock-down": lambda: child(1),
            "+ load a module": lambda: child(2),
            "+ one call": lambda: child(3),
        },
        rounds=300,
        warm=20,
    )
    print("a worker, from fork to exit:")
    sides.show(times, "bare fork and exit")


def _work(prepared: lockdown.Prepared, fd: int, parent: int, steps: int) -> None:
    if steps >= 1:
        lockdown.lock_down(prepared, channel_fd=fd, parent_pid=parent, memory_bytes=512 << 20)
    if steps >= 2:
        worker = Worker(fd, 1 << 16)
        worker.load(wire.Load(1, "m", SOURCE))
    if steps >= 3:
        worker.call(wire.Call(1, None, "f", (1.0,), {}, {}))


if __name__ == "__main__":
    main()
