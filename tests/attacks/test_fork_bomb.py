"""No process and no thread can be started, by any way that Python has."""

WAYS = {
    "fork": "while True: os.fork()",
    "patient fork": "for _ in range(1000):\n        try: os.fork()\n        except OSError: pass\n    raise OSError",
    "thread": "threading.Thread(target=total, args=(x,)).start()",
    "raw thread": "import _thread; _thread.start_new_thread(total, (x,))",
    "subprocess": "subprocess.run(['sleep', '100'])",
    "shell": "assert os.system('sleep 100 &') == 0",
    "exec": "os.execv('/bin/sleep', ['sleep', '100'])",
    "spawn": "os.posix_spawn('/bin/sleep', ['sleep', '100'], {})",
    "popen": "os.popen('sleep 100').read()",
    "by number": "assert ctypes.CDLL(None).syscall(57) > 0",
    "vfork": "assert ctypes.CDLL(None).syscall(58) > 0",
    "clone": "assert ctypes.CDLL(None).syscall(56, 17, 0, 0, 0, 0) > 0",
}


def test_is_refused(attack, right):
    start = right + "import ctypes, os, subprocess, threading\ndef total(x):\n    "
    for outcome in attack.many({f"{way}.py": start + code + "\n" for way, code in WAYS.items()}).values():
        outcome.full_for({"AND", "halve", "slope", "XOR_NAND"})
        assert outcome.keys & {"error", "error.forbidden"}
        assert outcome.result.seconds < 3


def test_of_several_processes(attack, right):
    source = "import multiprocessing\n" + right + "def total(x):\n    return multiprocessing.Pool(100).map(abs, x)\n"
    attack(source).no_credit().says("load.import")
