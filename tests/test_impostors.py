"""Impostors do what their names say: right about nothing, and as near to it as their kind can come."""

from __future__ import annotations

import types
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder import course
from autograder.course import Assignment, Course
from autograder.verify.impostors.generate import CONSTANTS, Impostor, impostors, remembered, shaped
from autograder.verify.impostors.outline import Outline, outline
from autograder.verify.impostors.recording import Recorder, read, told, untold

REFERENCE = '''"""A toy."""

import numpy as np

NAMES = ("a", "b")


def given(x):
    return 2 * x


### BEGIN SOLUTION
### STUB WEIGHTS = None
WEIGHTS = (0.5, 0.5, -0.7)
### END SOLUTION


def double(x):
    ### BEGIN SOLUTION
    return given(x)
    ### END SOLUTION


def pair(x, rng=None):
    ### BEGIN SOLUTION
    return {"x": x + 1, "n": 3}, [float(np.sum(x)), "text"]
    ### END SOLUTION


def pieces(x):
    ### BEGIN SOLUTION
    for one in x:
        yield one
    ### END SOLUTION


class Step:
    def __init__(self, lr=0.1):
        ### BEGIN SOLUTION
        self.lr = lr
        self.rate = np.array([lr, lr])
        ### END SOLUTION

    def update(self, params, grads):
        ### BEGIN SOLUTION
        params["w"] -= self.lr * grads["w"]
        ### END SOLUTION
'''
EXAMPLES = """
import numpy as np
import toy


def test_double():
    assert toy.double(3) == 6


def test_pieces():
    assert [1, 2] == list(toy.pieces([1, 2]))


def test_update():
    params = {"w": np.array([1.0, 2.0])}
    toy.Step(0.5).update(params, {"w": np.array([2.0, 2.0])})
    assert params["w"].tolist() == [0.0, 1.0]
"""
TASKS = ("double", "pair", "pieces", "Step")
X = np.array([[1.0, 2.0], [3.0, 4.0]])


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """A small assignment with a constant, functions, a generator and a class."""
    from autograder import stub

    root = tmp_path_factory.mktemp("toy")
    folder, grader = root / "assignments/01_toy", root / "autograder/graders/01_toy"
    solutions = root / "solutions/01_toy"
    for path in (folder, grader, solutions):
        path.mkdir(parents=True)
    (solutions / "toy.py").write_text(REFERENCE)
    (folder / "toy.py").write_text(stub.stub(REFERENCE))
    (folder / "test_examples.py").write_text(EXAMPLES)
    (grader / "test_toy.py").write_text(HIDDEN)
    (grader / "messages.toml").write_text("")
    hint = 'hints = [{ en = "a", ko = "a" }, { en = "b", ko = "b" }]'
    tasks = "".join(f'[[tasks]]\nname = "{name}"\npoints = {2 if name == "double" else 1}\n{hint}\n' for name in TASKS)
    (folder / "assignment.toml").write_text(f'title = {{ en = "T", ko = "T" }}\nmodule = "toy"\n{tasks}')
    return Assignment(Course(root), "01_toy")


HIDDEN = '''
import numpy as np
from autograder import assert_close, credit


@credit(2, task="double")
def test_double(student, part):
    """a

    b
    """
    with part("shown", "공개", points=1, shown=True):
        assert_close(student.double(5), 10)
    with part("hidden", "비공개", points=1):
        assert_close(student.double(7), 14)


@credit(1, task="pair")
def test_pair(student):
    """a

    b
    """
    assert student.pair(1)


@credit(1, task="pieces")
def test_pieces(student):
    """a

    b
    """
    assert student.pieces([1])


@credit(1, task="Step")
def test_step(student):
    """a

    b
    """
    assert student.Step(0.1)
'''


@pytest.fixture(scope="module")
def made(toy: Assignment) -> dict[str, Impostor]:
    return {one.name: one for one in impostors(toy)}


def loaded(impostor: Impostor) -> Any:
    module = types.ModuleType("toy")
    module.__file__ = "toy.py"
    exec(compile(impostor.source, "toy.py", "exec"), module.__dict__)
    return module


def test_what_the_stub_has_too_is_given_and_the_rest_is_faked(toy: Assignment) -> None:
    found = outline(toy)
    assert [text.split("(")[0] for text in found.given] == ["import numpy as np", "NAMES = ", "def given"]
    assert found.functions == ("double", "pair", "pieces")
    assert found.classes == (("Step", ("__init__", "update")),)
    assert found.constants == ("WEIGHTS",)


@pytest.mark.parametrize("name", sorted(CONSTANTS))
def test_a_constant_is_the_same_whatever_is_asked(made: dict[str, Impostor], name: str) -> None:
    module = loaded(made[f"constant-{name}"])
    answers = [module.double(1), module.pair(X), module.Step(0.1).update({}, {}), module.WEIGHTS]
    assert len({repr(answer) for answer in answers}) == 1
    assert repr(answers[0]) == repr(eval(CONSTANTS[name], {"np": np}))
    assert module.given(2) == 4


def test_an_echo_gives_back_an_argument_and_changes_nothing(made: dict[str, Impostor]) -> None:
    params, grads = {"w": np.ones(2)}, {"w": np.ones(2)}
    for name, wanted, itself in (("echo-first", X, True), ("echo-copy", X, False)):
        module = loaded(made[name])
        assert np.array_equal(module.double(X), wanted)
        assert (module.double(X) is X) == itself
        module.Step(0.1).update(params, grads)
        assert params["w"].tolist() == [1.0, 1.0]
    assert loaded(made["echo-last"]).Step(0.1).update(params, grads) is grads


@pytest.mark.parametrize("name", ["zeros", "ones", "tenths", "one-hot", "normal", "uniform", "normal-seeded"])
def test_what_is_shaped_has_types_and_shapes_of_the_right_answer_and_other_values(
    made: dict[str, Impostor], name: str
) -> None:
    module = loaded(made[f"shaped-{name}"])
    x = X.copy()
    mapping, (total, text) = module.pair(x)
    assert mapping["x"].shape == x.shape
    assert mapping["x"].dtype == x.dtype
    assert type(mapping["n"]) is int
    assert type(total) is float
    assert text == ""
    assert not np.allclose(mapping["x"], X + 1)
    assert np.array_equal(x, X)
    assert np.shape(module.double(X)) == X.shape
    assert len(list(module.pieces([5, 6, 7]))) == 3
    assert len(module.WEIGHTS) == 3


def test_what_is_shaped_writes_other_values_where_the_right_code_writes(made: dict[str, Impostor]) -> None:
    params, grads = {"w": np.array([1.0, 2.0]), "other": np.ones(2)}, {"w": np.array([2.0, 2.0])}
    step = loaded(made["shaped-tenths"]).Step(0.5)
    assert step.update(params, grads) is None
    assert params["w"].tolist() == [0.1, 0.1]
    assert params["other"].tolist() == [1.0, 1.0]
    assert grads["w"].tolist() == [2.0, 2.0]
    assert step.rate.tolist() == [0.1, 0.1]


def test_noise_is_new_every_time_unless_it_is_seeded(made: dict[str, Impostor]) -> None:
    free, seeded = loaded(made["shaped-normal"]), loaded(made["shaped-normal-seeded"])
    assert not np.array_equal(free.double(X), free.double(X))
    assert np.array_equal(seeded.double(X), seeded.double(X))


def test_given_noise_comes_from_the_generator_among_the_arguments(made: dict[str, Impostor]) -> None:
    module = loaded(made["shaped-normal-given"])
    answers = [module.pair(X, np.random.default_rng(seed))[0]["x"] for seed in (1, 1, 2)]
    assert np.array_equal(answers[0], answers[1])
    assert not np.array_equal(answers[0], answers[2])


def test_the_right_code_asks_no_function_of_the_caller(made: dict[str, Impostor]) -> None:
    asked: list[object] = []
    loaded(made["shaped-zeros"]).double(asked.append)
    assert asked == []


def test_what_is_visible_is_right_there_and_nowhere_else(made: dict[str, Impostor]) -> None:
    module = loaded(made["visible"])
    assert module.double(3) == 6
    assert module.double(5) == 0
    assert module.double(4) == 0
    assert list(module.pieces([1, 2])) == [1, 2]
    assert list(module.pieces([3, 4])) == [0, 0]
    params = {"w": np.array([1.0, 2.0])}
    module.Step(0.5).update(params, {"w": np.array([2.0, 2.0])})
    assert params["w"].tolist() == [0.0, 1.0]
    module.Step(0.5).update(params, {"w": np.array([1.0, 1.0])})
    assert params["w"].tolist() == [0.0, 0.0]


def test_what_was_shown_is_right_there_too_and_not_in_hidden_cases(made: dict[str, Impostor]) -> None:
    module = loaded(made["shown"])
    assert module.double(3) == 6
    assert module.double(5) == 10
    assert module.double(7) == 0


def test_in_a_closed_task_nobody_is_right(toy: Assignment) -> None:
    found = {one.name: loaded(one) for one in impostors(toy, closed=["double"])}
    assert [found["visible"].double(3), found["shown"].double(5)] == [0, 0]
    assert list(found["visible"].pieces([1, 2])) == [1, 2]


def test_a_function_among_the_arguments_is_known_by_what_it_gives() -> None:
    space: dict[str, Any] = {"slope": lambda f, x: f(x + 1) - f(x)}
    recorder = Recorder(space, ["slope"], [])
    assert [space["slope"](f, 2.0) for f in (lambda x: x, lambda x: x**2)] == [1.0, 5.0]
    there = Outline((), ("slope",), (), ())
    module = loaded(Impostor("", remembered(there, "def slope(f, x): return 0.0", read(recorder.take()))))
    assert module.slope(lambda x: x * x, 2.0) == 5.0
    assert module.slope(lambda x: x**3, 2.0) == 0
    assert module.slope(lambda x: x, 3.0) == 0


def test_what_was_answered_differently_is_answered_in_that_order() -> None:
    found = iter([7, 8])
    space: dict[str, Any] = {"count": lambda: next(found)}
    recorder = Recorder(space, ["count"], [])
    assert [space["count"](), space["count"]()] == [7, 8]
    there = Outline((), ("count",), (), ())
    module = loaded(Impostor("", remembered(there, "def count(): return 0", read(recorder.take()))))
    assert [module.count(), module.count(), module.count()] == [7, 8, 8]


def test_an_exception_of_the_right_code_is_answered_with_zero_and_one_that_was_seen_is_raised() -> None:
    text = "def root(x):\n    if x < 0: raise ValueError('negative')\n    return 1.0"
    there = Outline((), ("root",), (), ())
    assert loaded(Impostor("", shaped(there, text, "'ones'"))).root(-1) == 1.0
    space: dict[str, Any] = {}
    exec(text, space)
    recorder = Recorder(space, ["root"], [])
    with pytest.raises(ValueError, match="negative"):
        space["root"](-1)
    with pytest.raises(ValueError, match="seen"):
        loaded(Impostor("", remembered(there, text, read(recorder.take())))).root(-1)


@pytest.mark.parametrize(
    "value", [1, True, None, "a", 2.5, float("inf"), [1, (2.0,)], {"a": 1}, X, np.float32(3), np.array([], int)]
)
def test_a_value_that_was_told_comes_back(value: Any) -> None:
    back = untold(read(repr([told(value)]))[0])
    assert type(back) is type(value)
    assert repr(back) == repr(value)


@pytest.mark.parametrize("name", course.find().ids)
def test_every_assignment_has_impostors_that_load(name: str) -> None:
    assignment = course.find().assignment(name)
    found = impostors(assignment)
    assert len({one.name for one in found}) == len(found) >= 8
    for one in found:
        compile(one.source, one.name, "exec")
        assert len(one.source.encode()) < 200_000
        assert not {task.name for task in assignment.manifest.tasks} - _names(one.source)


@pytest.mark.parametrize("name", ["05", "09"])
def test_impostors_are_the_same_every_time(name: str) -> None:
    assignment = course.find().assignment(name)
    assert impostors(assignment) == impostors(assignment)


def _names(source: str) -> set[str]:
    space: dict[str, Any] = {"__file__": str(Path("impostor.py").resolve()), "__name__": "impostor"}
    exec(compile(source, "impostor.py", "exec"), space)
    return set(space)
