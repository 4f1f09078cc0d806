# The attack: every call brings something else that is no array of numbers.
import itertools

import numpy as np


class Odd:
    def __eq__(self, other):
        return True


FINDS = itertools.cycle(
    [
        "0.5",
        [1, [2, 3]],
        {"a": 1},
        10**5000,
        [10**400, -(10**400), 0],
        Odd(),
        np.zeros((0, 3)),
        np.array(["a", "b", "c"]),
        1j,
        [None, None, None],
        np.array([np.nan, np.inf, -np.inf]),
        (),
        np.zeros((3, 3, 3, 3)),
        b"\x00",
        [np.zeros(3), np.zeros(2)],
        [[1.0, "x" * 100, 3.0]],
        float("nan"),
        -(2**70),
        np.bool_(True),
        (x for x in range(3)),
        Odd,
        ["x"],
        np.float16(3),
        np.array(7),
        [True, False, True],
        np.array([[True, False], [False, True]]),
        1e400,
        np.ma.masked_array([1.0, 2.0, 3.0], mask=[0, 1, 0]),
        [[[[[[1.0]]]]]],
    ]
)


def identity_function(a):
    return next(FINDS)


softmax = softmax_naive = predict_class = binary_decision = identity_function
