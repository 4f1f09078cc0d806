"""All of the process's readable memory, page by page: no secret, no seed, no environment, no grader, nobody else's file.

A page is probed by a system call that reads its argument: EFAULT says that there is none. Patterns do not match
themselves. Right answers come after the search, so full marks say that it ran to its end and found nothing.
"""

SEARCH = """
import ctypes, gc, re
NEEDLE = re.compile(rb"GUARDED = 16070[6]|correct[-]horse|canary[-]of|test_guarde[d]|attacktoke[n]")
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.argtypes = [ctypes.c_long] * 5
planted = ctypes.create_string_buffer(bytes(map(ord, "".join(reversed("fo-yranac")))))
def readable(page):
    libc.syscall(14, 99, page * 4096, 0, 8)  # rt_sigprocmask with a set to be read and no valid purpose
    return ctypes.get_errno() == 22
def region(page):
    while readable(page - 1):
        page -= 1
    first = page
    while readable(page):
        page += 1
    return range(first, page)
seen, found = [], []
environ = ctypes.c_void_p.in_dll(libc, "environ").value
for address in [environ, ctypes.addressof(planted), *map(id, gc.get_objects()[::7])]:
    if not any(address // 4096 in pages for pages in seen):
        seen.append(region(address // 4096))
        found += NEEDLE.findall(ctypes.string_at(seen[-1].start * 4096, len(seen[-1]) * 4096))
size = sum(map(len, seen)) // 256
assert set(found) == {b"canary-of"} and size > 10, (set(found), size)
"""


def test_holds_nothing_of_the_grader(attack, right):
    attack(SEARCH + right).full_for({"AND", "halve", "total", "slope", "XOR_NAND"})


def test_holds_nothing_of_other_students(attack, right):
    other = right + f"OWN = '{attack.token}' * 1000\n"
    outcomes = attack.many({"a.py": other, "b.py": SEARCH + right, "c.py": other}, arguments=("--jobs", "1"))
    assert {outcome.result.score for outcome in outcomes.values()} == {14.0}
