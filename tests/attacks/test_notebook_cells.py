"""Hostile notebooks: whatever a cell does to the worker, to the other cells or to its own statements."""

import pytest

from tests.notebooks import notebook

ALL = {"AND", "halve", "total", "slope", "XOR_NAND"}


@pytest.fixture
def cells(attack):
    """The Outcome of a notebook of these cells."""
    return lambda *sources: attack.many({"mallory.ipynb": notebook(*sources)})["mallory"]


def test_a_right_one_gets_its_marks(cells, right):
    cells("%matplotlib inline\n!ls", right).full_for(ALL)


def test_statements_that_nobody_needs_are_not_even_run(cells, right, channel):
    cells(channel + "send_frame(wire.Loaded(worker._request))\nos._exit(0)", right).full_for(ALL)


def test_announcing_statements_without_end_leaves_no_worker_behind(cells, right, channel):
    flood = "def flood():\n    while True: send_frame(wire.Callback(worker._request, 0, (1,), {}))\n"
    attack = channel + flood + "AND = flood() or AND\nexec('')\nglobals()\n"
    cells(right, attack).no_credit().says("load.protocol")


def test_announcing_lines_that_are_none(cells, right, channel):
    lies = "for line in (0, -1, 10**9, 2**62):\n    send_frame(wire.Callback(worker._request, 0, (line,), {}))\n"
    cells(right, f"exec({channel + lies!r})").no_credit()


def test_losses_that_are_none(cells, right, channel):
    """A worker that says that names are lost loses nothing but its own marks, and its words are bounded."""
    lost = "(wire.Left(1, ('AND',) * 1000, wire.Raised('X' * 1000, 'y' * 10_000, ()), True),) * 150"
    lie = f"frames.send(worker._fd, wire.Loaded(worker._request, (), None, (), b'', {lost}))\nos._exit(0)"
    outcome = cells(right, f"exec({channel + lie!r})").no_credit()
    assert len(outcome.published) < 1 << 18


def test_an_endless_statement_costs_its_task_alone(cells, right):
    outcome = cells(right, "N = sum(iter(int, 1))", "def halve(x):\n    return x / N")
    outcome.full_for(ALL - {"halve"}).says("cell.timeout")
    assert outcome.result.seconds < 12


def test_the_end_of_the_process_costs_its_task_alone(cells, right):
    outcome = cells(right, "import os\nN = os._exit(0)", "def halve(x):\n    return x / N")
    outcome.full_for(ALL - {"halve"}).says("cell.crashed")


def test_a_hundred_thousand_cells(cells, right):
    cells(*["x = 1"] * 1_900, right).full_for(ALL)
    cells(*["x = 1"] * 100_000, right).no_credit().says("ingest.notebook-cells")


def test_a_thousand_magics(cells, right):
    cells("%magic\n" * 1000, right).full_for(ALL).says("cell.syntax")


def test_a_source_bomb_costs_its_cell(cells, right):
    for bomb in (
        "(" * 100_000,
        "x = " + "-" * 200_000 + "1",
        "x" + "[0]" * 50_000,
        "[" * 90 + "]" * 90 + "\n" + "a" * 10**5,
    ):
        cells(bomb, right).full_for(ALL)


def test_outputs_and_metadata_are_never_looked_at(cells, right):
    outputs = [
        {"output_type": "execute_result", "data": {"text/plain": "14", "text/html": "<script>alert(1)</script>"}},
        {"output_type": "display_data", "data": {"application/x-pickle": "gASVHgAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOU"}},
    ]
    cell = {"cell_type": "code", "source": "def AND(a, b): return 1", "outputs": outputs}
    outcome = cells(cell).no_credit()
    assert "alert" not in outcome.published


def test_names_of_the_grader_in_a_cell(cells, right):
    """What stands for IPython is harmless, and no module of ours is reached through it."""
    probe = "import __main__, sys\nfrom IPython import display\nW = get_ipython().user_ns.kernel.shell(1)\n"
    cells(
        right, probe + "def halve(x):\n    return x / 2 if W is not None and not hasattr(__main__, 'preload') else 0"
    ).full_for(ALL)
