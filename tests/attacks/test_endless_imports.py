"""Imports that never come to an end: a finder that answers everything, a module that imports itself."""

WAYS = {
    "finder": """
import importlib.machinery, sys
class Finder:
    def find_spec(self, name, *_): return importlib.machinery.ModuleSpec(name, self, is_package=True)
    def create_module(self, spec): return None
    def exec_module(self, module): __import__(module.__name__ + ".a")
sys.meta_path.insert(0, Finder())
import endless
""",
    "itself": "import sys\nwhile True:\n    del sys.modules['vault']\n    sys.modules['vault'] = __import__('math')\n",
    "path hook": "import sys\nsys.path_hooks.append(lambda p: 1 / 0)\nsys.path.append('/')\nimport a.b.c\n",
    "blocked": "import sys\nsys.modules['numpy'] = None\nimport numpy\n",
}


def test_end(attack):
    for outcome in attack.many({f"{way}.py": code for way, code in WAYS.items()}).values():
        outcome.no_credit()
        assert outcome.result.seconds < 3
