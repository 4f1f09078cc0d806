"""Files of the submission's folder that Python or pytest would pick up, were they asked to run there."""

FORGE = "import os\nos._exit(0)\n"
MODULES = "conftest numpy pytest _pytest msgspec rich jinja2 sitecustomize usercustomize argparse json pathlib pickle "
MODULES += (
    "multiprocessing socket subprocess tempfile dataclasses tomllib threading inspect traceback string vault evil"
)
FILES = {f"{name}.py": FORGE for name in MODULES.split()}
WRONG = "".join(f"def {name}(*a): return 41\n" for name in ("AND", "halve", "total", "slope", "XOR_NAND"))
SETTINGS = {
    "pytest.ini": "[pytest]\naddopts = -p evil --collect-only\n",
    "pyproject.toml": "[tool.pytest.ini_options]\naddopts = '-p evil'\n",
    "tox.ini": "[pytest]\naddopts = -p evil\n",
    "setup.cfg": "[tool:pytest]\naddopts = -p evil\n",
    "evil.pth": "import os; os._exit(0)\n",
    "evil-1.0.dist-info/entry_points.txt": "[pytest11]\nevil = evil\n",
    "evil-1.0.dist-info/METADATA": "Name: evil\nVersion: 1.0\n",
    "assignments/01_vault/assignment.toml": "title = 1\n",
}


def test_beside_the_module(attack):
    attack(WRONG, extra={**FILES, **SETTINGS, "vault.py": WRONG}).no_credit()


def test_around_the_folder(attack):
    attack(WRONG, beside={**FILES, **SETTINGS}).no_credit()


def test_where_the_instructor_stands(attack):
    attack(WRONG, extra={**FILES, **SETTINGS, "vault.py": WRONG}, cwd="submission").no_credit()


def test_where_the_instructor_stands_and_grades_on_all_cores(attack):
    students = {f"{name}.py": WRONG for name in ("ann", "bob", "cy")}
    for outcome in attack.many(students, arguments=("--jobs", "2"), around=FILES | SETTINGS).values():
        outcome.no_credit()
