"""Files of the submission's folder that Python or pytest would pick up, were they asked to run there."""

FORGE = "import os\nos._exit(0)\n"
MODULES = ["conftest", "numpy", "pytest", "autograder", "msgspec", "sitecustomize", "usercustomize"]
NAMES = [f"{name}.py" for name in MODULES]
WRONG = "".join(f"def {name}(*a): return 41\n" for name in ("AND", "halve", "total", "slope", "XOR_NAND"))
SETTINGS = {
    "pytest.ini": "[pytest]\naddopts = -p evil --collect-only\n",
    "pyproject.toml": "[tool.pytest.ini_options]\naddopts = '-p evil'\n[project.entry-points.pytest11]\nevil = 'evil'\n",
    "tox.ini": "[pytest]\naddopts = -p evil\n",
    "setup.cfg": "[tool:pytest]\naddopts = -p evil\n",
    "evil.py": FORGE,
    "evil.pth": "import os; os._exit(0)\n",
    "evil-1.0.dist-info/entry_points.txt": "[pytest11]\nevil = evil\n",
    "evil-1.0.dist-info/METADATA": "Name: evil\nVersion: 1.0\n",
    "assignments/01_vault/assignment.toml": "title = 1\n",
    "autograder/graders/01_vault/test_vault.py": FORGE,
}


def test_beside_the_module(attack):
    attack(WRONG, extra={**dict.fromkeys(NAMES, FORGE), **SETTINGS}).no_credit()


def test_around_the_folder(attack):
    attack(WRONG, beside={**dict.fromkeys(NAMES, FORGE), **SETTINGS}).no_credit()


def test_where_the_instructor_stands(attack):
    extra = {name: content for name, content in SETTINGS.items() if not name.startswith("autograder/")}
    attack(WRONG, extra={**extra, "conftest.py": FORGE}, cwd="submission").no_credit()
