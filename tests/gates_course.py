"""A small course for tests of `check`, `build`, `hint` and `new`: one assignment, `01_gates`, with two gates."""

from pathlib import Path

REFERENCE = '''"""Gates."""

import numpy as np

### BEGIN SOLUTION
WEIGHTS = (0.5, 0.5, -0.7)
### STUB WEIGHTS = None
### END SOLUTION


def AND(x1, x2):
    """And.

    그리고
    """
    ### BEGIN SOLUTION
    w1, w2, b = WEIGHTS
    return int(np.dot([x1, x2], [w1, w2]) + b > 0)
    ### END SOLUTION


def AND_THREE(x1, x2, x3):
    """And of three."""
    ### BEGIN SOLUTION
    return AND(AND(x1, x2), x3)
    ### END SOLUTION


def slope(x):
    """A number."""
    ### BEGIN SOLUTION
    return 2.0 * x
    ### END SOLUTION
'''

MANIFEST = """title = {{ en = "Gates to try", ko = "게이트 연습" }}
module = "{module}"
[limits]
seconds = {seconds}
load_seconds = 1.5
"""
TASK = """[[tasks]]
name = "{name}"
points = 1
needs = {needs}
hints = [{{ en = "vague {name}", ko = "막연한 {name}" }}, {{ en = "near {name}", ko = "거의 다 {name}" }}]
"""

EXAMPLES = '''import gates

ROWS = [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_AND_truth_table():
    """AND is 1 only for (1, 1)

    AND는 (1, 1)일 때만 1이다
    """
    assert [gates.AND(a, b) for a, b in ROWS] == [0, 0, 0, 1]


def test_AND_weights():
    """the weights are three numbers

    가중치는 세 수이다
    """
    assert len(gates.WEIGHTS) == 3


def test_AND_THREE_all():
    """AND_THREE is 1 for (1, 1, 1)

    AND_THREE는 (1, 1, 1)에서 1이다
    """
    assert gates.AND_THREE(1, 1, 1) == 1


def test_slope_near():
    """slope is 2 at 1

    slope는 1에서 2이다
    """
    assert abs(gates.slope(1.0) - 2.0) < 1e-6
'''


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def course(root: Path, seconds: float = 2.0) -> Path:
    """A course with `01_gates`: manifest, examples, reference, and no stub yet."""
    tasks = [("AND", "[]"), ("AND_THREE", '["AND"]'), ("slope", "[]")]
    manifest = MANIFEST.format(module="gates", seconds=seconds)
    manifest += "".join(TASK.format(name=name, needs=needs) for name, needs in tasks)
    write(root / "assignments/01_gates/assignment.toml", manifest)
    write(root / "assignments/01_gates/test_examples.py", EXAMPLES)
    write(root / "solutions/01_gates/gates.py", REFERENCE)
    return root
