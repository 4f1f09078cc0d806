"""What students do wrong, as changes to right code: the table of the operators that mutants are made by.

Most are rules (see `patterns`); where a rule cannot say it, a function finds the places. The field's own mistakes
stand first: where two operators make the same program, the first one gives it its name. What a glance at the tree
shows to be the same program in another dress is left out: (a - b)² is (b - a)², and a gate does not mind which input
is which.
"""

from __future__ import annotations

from autograder.verify.mutants import literals, slips
from autograder.verify.mutants.patterns import operator

FIELD = {
    "axis": operator("reduces along another axis, or along all of them", finder=slips.keywords("axis")),
    "keepdims": operator("does not keep the reduced axis", finder=slips.keywords("keepdims")),
    "extremum": operator("max for min, argmax for argmin, maximum for minimum", finder=slips.opposites("extremum")),
    "mean-sum": operator("a sum for a mean, a mean for a sum", finder=slips.opposites("mean-sum")),
    "missing-shift": operator(
        "the largest number is not subtracted before exp",
        """
        _x - np.max(_a, *_rest) -> _x
        _x - _a.max(*_rest) -> _x
        """,
    ),
    "activation": operator("a function is not applied, or applied twice", finder=slips.activation),
    "matrix": operator(
        "matrices in the wrong order, transposed, or multiplied element by element",
        """
        _a @ _b -> _a * _b
        np.dot(_a, _b) -> _a * _b
        _a @ _matrix -> _matrix @ _a
        _a @ _matrix -> _a @ _matrix.T
        _a @ _b.T -> _b.T @ _a
        _a.T @ _b -> _b @ _a.T
        np.dot(_a, _matrix) -> np.dot(_matrix, _a)
        np.dot(_a, _matrix) -> np.dot(_a, _matrix.T)
        _a.T -> _a
        """,
    ),
    "one-sided": operator(
        "a forward or half a difference for the central one",
        """
        (_f(_x + _d) - _f(_x - _d)) / (2 * _d) -> (_f(_x + _d) - _f(_x)) / _d
        _f(_x + _d) - _f(_x - _d) -> _f(_x) - _f(_x - _d)
        _f(_x + _d) - _f(_x - _d) -> _f(_x + _d) - _f(_x)
        """,
    ),
    "step-size": operator("a δ or an ε of the wrong size", finder=literals.step_size),
    "epsilon": operator(
        "an ε that is missing, or outside of the root or logarithm",
        """
        np.sqrt(_a + _small) -> np.sqrt(_a) + _small
        np.sqrt(_a) + _small -> np.sqrt(_a + _small)
        np.log(_a + _small) -> np.log(_a) + _small
        _a + _small -> _a
        _a - _small -> _a
        """,
    ),
    "dtype": operator(
        "numbers of the wrong kind: integers, float32, booleans",
        """
        np.zeros_like(_a) -> np.zeros_like(_a, dtype=int)
        np.zeros(_a) -> np.zeros(_a, dtype=int)
        _a.astype(_b) -> _a.astype(int)
        _a.astype(_b) -> _a
        """,
        slips.keywords("dtype"),
    ),
    "missing-copy": operator(
        "works on the caller's own array, or hands out its own",
        """
        np.array(_param) -> np.asarray(_param)
        np.array(_param, dtype=_b) -> np.asarray(_param, dtype=_b)
        np.copy(_a) -> _a
        _a.copy() -> _a
        _param = _param + _b -> _param += _b
        _param = _param - _b -> _param -= _b
        """,
    ),
    "not-in-place": operator(
        "a new array where the old one should change",
        """
        _place += _b -> _place = _place + _b
        _place -= _b -> _place = _place - _b
        """,
        unless=slips.counter,
    ),
    "state": operator(
        "state that is not kept from call to call, or shared by all objects",
        """
        _place.get(_a, _b) + _c -> _c
        _x * _place.get(_a, _b) + _c -> _c
        _x * _place.get(_a, _b) - _c -> -_c
        _x = _place.get(_a, _b) -> _x = _b
        """,
        slips.shared,
    ),
    "last-batch": operator(
        "the batch that is not full is dropped, or an empty one added",
        """
        range(0, _n, _a) -> range(0, _n - _a + 1, _a)
        range(0, _n, _a) -> range(0, _n - _a, _a)
        -(-_n // _a) -> _n // _a
        -(-_n // _a) -> _n // _a + 1
        """,
    ),
    "labels-left": operator(
        "one of two arrays that belong together is not indexed",
        """
        _x[_i], _y[_i] -> _x[_i], _y
        _x[_i], _y[_i] -> _x, _y[_i]
        """,
    ),
    "generator": operator(
        "random numbers that do not come from the given generator or seed",
        """
        np.random.default_rng(_a) -> np.random.default_rng()
        np.random.RandomState(_a) -> np.random.RandomState()
        """,
        slips.own_generator,
    ),
    "in-turn": operator("two assignments in turn for one of both at once", finder=slips.in_turn),
    "indentation": operator("a return inside the loop, a last statement outside of it", finder=slips.indentation),
    "again-in-loop": operator("what is done once before a loop is done in every round", finder=slips.again_in_loop),
}

GENERAL = {
    "arithmetic": operator(
        "the opposite operation",
        """
        _a + _large -> _a - _large
        _a - _large -> _a + _large
        _a * _b -> _a / _b
        _a / _b -> _a * _b
        _a // _b -> _a / _b
        _a % _b -> _a // _b
        _a ** _b -> _a * _b
        """,
    ),
    "swapped-operands": operator(
        "b - a for a - b",
        """
        _a - _b -> _b - _a
        _term / _b -> _b / _term
        _term // _b -> _b // _term
        """,
        unless=slips.even,
    ),
    "dropped-term": operator(
        "one of two terms",
        """
        _term + _b -> _term
        _a + _term -> _term
        _term - _b -> _term
        _whole - _term -> _term
        """,
    ),
    "dropped-factor": operator(
        "one of two factors; a quotient or power without its right side",
        """
        _term * _b -> _term
        _a * _term -> _term
        _term / _b -> _term
        _term // _b -> _term
        _term ** _b -> _term
        """,
    ),
    "comparison": operator(
        "the opposite comparison, and the one that differs at the boundary only",
        """
        _a < _b -> _a >= _b
        _a < _b -> _a <= _b
        _a <= _b -> _a > _b
        _a <= _b -> _a < _b
        _a > _b -> _a <= _b
        _a > _b -> _a >= _b
        _a >= _b -> _a < _b
        _a >= _b -> _a > _b
        _a == _b -> _a != _b
        _a != _b -> _a == _b
        _a is _b -> _a is not _b
        _a is not _b -> _a is _b
        _a in _b -> _a not in _b
        _a not in _b -> _a in _b
        """,
    ),
    "boolean": operator(
        "and for or, or one of the two conditions",
        """
        _a and _b -> _a or _b
        _a or _b -> _a and _b
        _a and _b -> _a
        _a and _b -> _b
        _a or _b -> _a
        _a or _b -> _b
        not _a -> _a
        """,
    ),
    "condition": operator(
        "a condition upside down, or only one of two cases",
        """
        _a if _mask else _b -> _b if _mask else _a
        _a if _c else _b -> _a
        _a if _c else _b -> _b
        np.where(_mask, _a, _b) -> np.where(_mask, _b, _a)
        """,
        slips.negated,
    ),
    "off-by-one": operator("an index or a bound that is one too large or too small", finder=literals.off_by_one),
    "constants": operator("another number", finder=literals.constants),
    "small-change": operator("a number that is wrong by a thousandth", finder=literals.small_change),
    "sign": operator("a sign too few, or too many", finder=literals.sign, unless=slips.even),
    "wrong-name": operator("x1 for x2", finder=slips.wrong_name),
    "swapped-arguments": operator("the first two arguments the other way round", finder=slips.swapped_arguments),
    "augmented": operator(
        "-= for +=, or = for either",
        """
        _a += _b -> _a -= _b
        _a += _b -> _a = _b
        _a -= _b -> _a += _b
        _a -= _b -> _a = _b
        _a *= _b -> _a /= _b
        _a *= _b -> _a = _b
        _a /= _b -> _a *= _b
        _a /= _b -> _a = _b
        """,
    ),
    "dropped-statement": operator("a statement that is not there", finder=slips.dropped_statement),
    "return-none": operator("returns None", finder=slips.return_none),
}
TABLE = FIELD | GENERAL
