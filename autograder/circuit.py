"""Circuit tracing: run a student's function on opaque signals, with a gate replaced by a recorder on this side.

The netlist, the truth table and the count are the grader's; a signal carries no bit, so the only way to get an output
is to wire the gates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from autograder import result
from autograder.checks import bit
from autograder.marks import Finding, current
from autograder.student import Function, Raise, Student
from autograder.truth import Row, TruthTable
from autograder.values import Opaque

MAX_GATES = 200


@dataclass(frozen=True)
class Circuit:
    """A traced netlist. Sources are `x1`, `x2` … (inputs), `0` and `1` (rails), `g1`, `g2` … (gates, in call order)."""

    name: str
    inputs: tuple[str, ...]
    gates: tuple[tuple[str, tuple[str, ...]], ...]
    source: str
    tables: Mapping[str, TruthTable]

    @property
    def size(self) -> int:
        """How many gates were called."""
        return len(self.gates)

    def output(self, row: Row) -> int:
        """The output bit for one row of inputs."""
        return self.output_of(*row)

    def output_of(self, *row: int) -> int:
        """The output bit for inputs given one by one, as a gate takes them."""
        bits = {"0": 0, "1": 1, **dict(zip(self.inputs, row, strict=True))}
        for index, (name, sources) in enumerate(self.gates, start=1):
            bits[f"g{index}"] = self.tables[name][tuple(bits[source] for source in sources)]
        return bits[self.source]

    def truth_table(self) -> TruthTable:
        return TruthTable.of(self.output_of, inputs=len(self.inputs))

    def picture(self, task: str) -> result.Circuit:
        gates = tuple(result.Gate(name, sources) for name, sources in self.gates)
        return result.Circuit(task=task, inputs=self.inputs, gates=gates, output=self.source)


class Recorder:
    """Hands out signals and writes down which gate was called with which."""

    def __init__(self, inputs: int) -> None:
        self.names = [f"x{index}" for index in range(1, inputs + 1)]
        self.signals = [Opaque(index) for index in range(inputs)]
        self.gates: list[tuple[str, tuple[str, ...]]] = []
        self.problem: Finding | None = None

    def gate(self, name: str, arity: int) -> Callable[..., Opaque]:
        """The callable that stands for a gate."""

        def record(*args: Any, **kwargs: Any) -> Opaque:
            args = (*args, *kwargs.values())
            sources = [self.source_of(arg) for arg in args]
            if len(self.gates) >= MAX_GATES:
                raise self._refuse("circuit.too-large", gate=name, most=MAX_GATES)
            if len(args) != arity:
                raise self._refuse("circuit.inputs", gate=name, given=len(args), arity=arity)
            if None in sources:
                raise self._refuse("circuit.gate-input", gate=name)
            self.gates.append((name, tuple(str(source) for source in sources)))
            self.names.append(f"g{len(self.gates)}")
            return Opaque(len(self.names) - 1)

        return record

    def source_of(self, value: Any) -> str | None:
        """The name of a signal that was handed out, `0` or `1` for a constant, None for anything else."""
        if isinstance(value, Opaque):
            return self.names[value.id] if 0 <= value.id < len(self.names) else None
        constant = bit(value)
        return None if constant is None else str(constant)

    def _refuse(self, key: str, **params: object) -> Raise:
        self.problem = self.problem or Finding(key, params)
        return Raise("TypeError", "a gate takes signals")


class Trace:
    """The fixture `trace`. `task_names`: the other functions of the module, to name one that is used instead."""

    def __init__(self, task_names: tuple[str, ...]) -> None:
        self._task_names = task_names

    def __call__(self, function: Function, *, inputs: int, gates: Mapping[str, TruthTable]) -> Circuit:
        """The circuit that `function` builds from `gates` (name -> what the gate computes). Raises Finding."""
        recorder = Recorder(inputs)
        replaced = {name: recorder.gate(name, len(table.inputs[0])) for name, table in gates.items()}
        student: Student = function.student.replacing(**replaced)
        try:
            value = student.call(Function(student, function.name), tuple(recorder.signals), {})
        except Finding as finding:
            raise recorder.problem or self._name_the_gate(finding, function.name, gates) from None
        source = recorder.source_of(value)
        if source is None:
            raise recorder.problem or Finding("none" if value is None else "circuit.not-a-signal")
        inputs_ = tuple(recorder.names[:inputs])
        circuit = Circuit(function.name, inputs_, tuple(recorder.gates), source, dict(gates))
        current().pictures.append(circuit.picture(current().task))
        return circuit

    def _name_the_gate(self, finding: Finding, name: str, gates: Mapping[str, TruthTable]) -> Finding:
        """Say which other gate was used, where the signal was looked into by one."""
        frames: Any = finding.params.get("frames", ())
        through = [function for function, _ in frames if function in self._task_names and function != name]
        if not finding.key.startswith("circuit.") or not through:
            return finding
        key = "circuit.captured" if through[0] in gates else "circuit.other-gate"
        line = next((line for function, line in frames if function == name), finding.line)
        return Finding(key, {"function": name, "gate": through[0], "allowed": ", ".join(gates)}, "fail", line)
