"""The process's readable memory, page by page: no secret, no seed, no environment, no grader, nobody else's file.

A page is probed by a system call that reads its argument: EFAULT says that there is none. What is looked for is written
backwards and put together byte by byte, so that only `buffer` holds it. Right answers come after the search, so full
marks say that it ran to its end and found nothing but what was planted.
"""

SEARCH = """
import ctypes, gc
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.argtypes = [ctypes.c_long] * 5
libc.memmem.argtypes = [ctypes.c_void_p, ctypes.c_size_t] * 2
libc.memmem.restype = ctypes.c_void_p
buffer = ctypes.create_string_buffer(64)
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
def occurrences(text, regions):
    for place, letter in enumerate(reversed(text)):
        buffer[place] = letter.encode()
    for pages in regions:
        at, end = pages.start * 4096, pages.stop * 4096
        while at := libc.memmem(at, end - at, ctypes.addressof(buffer), len(text)):
            if at != ctypes.addressof(buffer):
                yield at
            at += 1
regions = []
environ = ctypes.c_void_p.in_dll(libc, "environ").value
for address in [environ, ctypes.addressof(buffer), *map(id, gc.get_objects()[::50])]:
    if not any(address // 4096 in pages for pages in regions):
        regions.append(region(address // 4096))
planted = "in plain sight, once"
assert sum(map(len, regions)) > 2000 and len(list(occurrences("thgis nialp ni", regions))) >= 1
for text in ("esroh-tcerroc", "fo-yranac", "607061 = DEDRAUG", "nekotkcatta", "_dedraug_tset"):
    assert not list(occurrences(text, regions)), text
"""


def test_holds_nothing_of_the_grader(attack, right):
    attack(SEARCH + right).full_for({"AND", "halve", "total", "slope", "XOR_NAND"})


def test_holds_nothing_of_other_students(attack, right):
    other = right + f"OWN = '{attack.token}' * 1000\n"
    outcomes = attack.many({"a.py": other, "b.py": SEARCH + right, "c.py": other})
    assert {outcome.result.score for outcome in outcomes.values()} == {14.0}
