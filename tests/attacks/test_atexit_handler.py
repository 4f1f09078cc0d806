"""Code that waits for the end of the process, to have the last word."""


def test_atexit(attack):
    source = "import atexit, os\n@atexit.register\ndef last():\n    print('score 100')\n    os._exit(0)\n"
    attack(source + "def AND(x1, x2): return 0\n").no_credit().silent_about("score 100")


def test_finalizers(attack):
    source = "class Last:\n    def __del__(self):\n        print('score 100')\n        raise SystemExit\n"
    attack(source + "last = Last()\ndef AND(x1, x2):\n    Last()\n    return 7\n").no_credit().silent_about("score 100")
