"""No signal reaches the parent, the first process, the group or anything else; tracing is refused too."""

KILL = """
import ctypes, os, signal
libc = ctypes.CDLL(None, use_errno=True)
sent = 0
for pid in (os.getppid(), 1, -1, 0, os.getppid() - 1, -os.getppid(), os.getpid()):
    for number in (signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM, 0):
        for way in (os.kill, os.killpg, lambda p, n: signal.pidfd_send_signal(os.pidfd_open(p), n)):
            try:
                way(pid, number)
                sent += 1
            except (OSError, OverflowError):
                pass
    sent += libc.syscall(101, 16, pid, 0, 0) == 0  # ptrace(PTRACE_ATTACH)
    sent += libc.syscall(302, pid, 6, 0, 0) == 0  # prlimit
    sent += libc.syscall(310, pid, 0, 0, 0, 0, 0) == 0  # process_vm_readv
for option in (1, 4, 36, 59, 8):  # PDEATHSIG, DUMPABLE, SUBREAPER, SYSCALL_DISPATCH, KEEPCAPS
    sent += libc.prctl(option, 1, 0, 0, 0) == 0
assert sent == 0, sent
"""


def test_is_refused(attack, right):
    attack(KILL + right).full_for({"AND", "halve", "total", "slope", "XOR_NAND"})
