"""Stubs are made from reference solutions; what would publish a solution, or does not compile, is refused."""

import textwrap

import pytest

from autograder.stub import StubError, stub


def source(text: str) -> str:
    return textwrap.dedent(text).lstrip("\n")


def refusal(text: str) -> str:
    with pytest.raises(StubError) as caught:
        stub(source(text), "solutions/01_x/x.py")
    return str(caught.value)


def test_a_function_keeps_everything_but_its_solution() -> None:
    solution = source(
        '''
        """A module."""

        import numpy as np


        def AND(x1, x2):
            """And.

            그리고
            """
            ### BEGIN SOLUTION
            total = np.dot([x1, x2], [1, 1])

            return int(total > 1.5)
            ### END SOLUTION


        LAST = 1
        '''
    )
    before, rest = solution.split("    ### BEGIN SOLUTION")
    after = rest.split("### END SOLUTION")[1]
    assert stub(solution) == before + '    raise NotImplementedError("AND")' + after


def test_stub_lines_stand_in_for_constants_with_their_indentation() -> None:
    made = stub(
        source(
            """
            class Config:
                ### BEGIN SOLUTION
                rate = 0.1
                ### STUB rate = None
                ### STUB
                ### STUB if True:
                ### STUB     other = None
                ### END SOLUTION
            """
        )
    )
    assert made == "class Config:\n    rate = None\n\n    if True:\n        other = None\n"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("class SGD:\n    def update(self):\n        {}", "SGD.update"),
        ("class A:\n    class B:\n        def f(self):\n            {}", "A.B.f"),
        ("def outer():\n    def inner():\n        {}\n    return inner", "outer"),
        ("def outer():\n    class A:\n        def f(self):\n            {}\n    return A", "outer"),
        ("async def f():\n    {}", "f"),
        ("if True:\n    def f(x):\n        if x:\n            {}\n        else:\n            pass", "f"),
        ("def f(x):\n    try:\n        {}\n    except ValueError:\n        pass", "f"),
        ("def f(x):\n    match x:\n        case 1:\n            {}", "f"),
    ],
)
def test_the_error_names_the_outermost_function_and_the_classes_around_it(code: str, name: str) -> None:
    indent = " " * (len(code.partition("{}")[0].rpartition("\n")[2]))
    region = f"### BEGIN SOLUTION\n{indent}return 1\n{indent}### END SOLUTION"
    assert stub(code.format(region)) == code.format(f'raise NotImplementedError("{name}")')


def test_several_regions_and_an_empty_one() -> None:
    made = stub(
        source(
            """
            def f():
                a = 1
                ### BEGIN SOLUTION
                a = 2
                ### END SOLUTION
                return a

            def g():
                'Nothing yet.'
                ### BEGIN SOLUTION
                ### END SOLUTION
            """
        )
    )
    assert made.count("raise NotImplementedError") == 2
    assert "a = 2" not in made


def test_windows_line_ends_and_a_byte_order_mark_make_the_same_stub() -> None:
    text = "def f():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION\n"
    assert stub("\ufeff" + text.replace("\n", "\r\n")) == stub(text)


@pytest.mark.parametrize(
    ("text", "line", "fact"),
    [
        ("def f():\n    return 1\n", 1, "no region"),
        ("def f():\n    ### BEGIN SOLUTION\n    return 1\n", 2, "never ends"),
        ("def f():\n    return 1\n    ### END SOLUTION\n", 3, "never began"),
        (
            "def f():\n    ### BEGIN SOLUTION\n    ### BEGIN SOLUTION\n    ### END SOLUTION\n",
            3,
            "inside the one of line 2",
        ),
        ("### BEGIN SOLUTION\nA = 1\n### END SOLUTION\n", 1, "outside of any def"),
        ("class A:\n    ### BEGIN SOLUTION\n    a = 1\n    ### END SOLUTION\n", 2, "outside of any def"),
        ("### STUB A = 1\n", 1, "stub line outside"),
        ("def f():\n    ## BEGIN SOLUTION\n    return 1\n    ## END SOLUTION\n", 2, "almost a marker"),
        ("def f():\n    ### begin solution\n    return 1\n    ### end solution\n", 2, "almost a marker"),
        ("def f():\n    a = 1  ### BEGIN SOLUTION\n    return 1  ### END SOLUTION\n", 2, "almost a marker"),
        ("def f():\n    ### BEGIN SOLUTION\n    return 1\n    ###END SOLUTION\n", 4, "almost a marker"),
        ('def f():\n    """\n    ### BEGIN SOLUTION\n    ### END SOLUTION\n    """\n', 3, "inside a string"),
        ("def f(x):\n    ### BEGIN SOLUTION\n    if x:\n        x = 1\n        ### END SOLUTION\n", 2, "another block"),
        (
            "def f():\n    ### BEGIN SOLUTION\n    return 1\n\ndef g():\n    ### END SOLUTION\n    return 1\n",
            2,
            "another block",
        ),
        ("def f():\n  ### BEGIN SOLUTION\n    return 1\n  ### END SOLUTION\n", 3, "indented unlike"),
        ("def f(:\n    ### BEGIN SOLUTION\n    ### END SOLUTION\n", 1, "correct the solution"),
    ],
)
def test_what_makes_no_stub_is_named_with_file_and_line(text: str, line: int, fact: str) -> None:
    message = refusal(text)
    assert message.startswith(f"solutions/01_x/x.py:{line}  ")
    assert fact in message


def test_a_stub_that_does_not_compile_is_refused() -> None:
    message = refusal("### BEGIN SOLUTION\nA = 1\n### STUB A = = None\n### END SOLUTION\n")
    assert "the stub does not compile" in message
    assert "A = = None" in message
