"""Files, sockets, shared memory and semaphores: no way leads from one test's worker to the next one's."""

SEND = """
import ctypes, os, socket
libc = ctypes.CDLL(None, use_errno=True)
def shared():
    segment = libc.shmget(31415, 4096, 0o1666)
    if segment < 0: raise OSError(ctypes.get_errno(), "shmget")
def abstract(kind):
    with socket.socket(socket.AF_UNIX, kind) as s: s.bind("\\0attack")
def written(path):
    with open(path, "w") as file: file.write("1")
def c(name, *arguments):
    if getattr(libc, name)(*arguments) < 0: raise OSError(ctypes.get_errno(), name)
WAYS = [shared, lambda: abstract(socket.SOCK_STREAM), lambda: abstract(socket.SOCK_DGRAM), socket.socketpair,
    lambda: written("/tmp/TOKEN"), lambda: written("/dev/shm/TOKEN"), lambda: written("TOKEN"),
    lambda: socket.create_connection(("127.0.0.1", 9)), lambda: os.mkfifo("/tmp/TOKEN"), lambda: os.memfd_create("m"),
    lambda: c("semget", 31415, 1, 0o1666), lambda: c("msgget", 31415, 0o1666), lambda: c("mq_open", b"/TOKEN", 0o102),
    lambda: os.kill(os.getppid(), 10), lambda: os.nice(1), lambda: os.pipe(),
    lambda: os.setpriority(0, 0, 5), lambda: os.utime("/tmp"), lambda: os.sched_setaffinity(0, {0})]
def try_all():
    came_through = 0
    for way in WAYS:
        try:
            way()
            came_through += 1
        except OSError:
            pass
    return came_through
"""
LATER = """
_halve = halve
calls = []
def halve(x):
    calls.append(x)
    assert try_all() == 0 and len(calls) <= 2
    return _halve(x)
"""


def test_is_impossible(attack, right):
    source = SEND.replace("TOKEN", attack.token) + "assert try_all() == 0\n" + right + LATER
    attack(source).full_for({"AND", "halve", "total", "slope", "XOR_NAND"})
