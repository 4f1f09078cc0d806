"""Values that say they are equal to everything. Only their plain data leaves the worker, and is compared here."""

import pytest

REST = {"AND", "slope", "XOR_NAND"}
EQUAL = "__eq__ = __lt__ = __gt__ = __le__ = __ge__ = lambda s, o: True\n    __ne__ = lambda s, o: False\n"
CLASSES = {
    "a float": "class V(float):\n    " + EQUAL + "v = V(41)\n",
    "an int": "class V(int):\n    " + EQUAL + "v = V(41)\n",
    "a text": "class V(str):\n    " + EQUAL + "v = V('41.0')\n",
    "an object": "class V:\n    " + EQUAL + "    __float__ = lambda s: 1.0\nv = V()\n",
    "an object with a float": "class V:\n    __float__ = lambda s: 1.0\n    __index__ = lambda s: 1\nv = V()\n",
    "an array": "class V(np.ndarray):\n    " + EQUAL + "v = np.ones((3, 4)).view(V)\n",
    "an array with functions": "class V(np.ndarray):\n    def __array_function__(s, f, t, a, k): return True\n"
    "    def __array_ufunc__(s, u, m, *a, **k): return True\nv = np.ones((3, 4)).view(V)\n",
    "an array that is another": "class V:\n    def __array__(s, *a, **k): return np.ones((3, 4))\nv = V()\n",
    "an interface": "class V:\n    __array_interface__ = np.ones((3, 4)).__array_interface__\nv = V()\n",
    "an array with a shape": "class V(np.ndarray):\n    shape = property(lambda s: (3, 4))\n    size = 12\n"
    "    dtype = property(lambda s: np.dtype('float64'))\nv = np.ones(7).view(V)\n",
    "an array with bytes": "class V(np.ndarray):\n    def tobytes(s): return bytes(96)\nv = np.ones((3, 4)).view(V)\n",
    "a masked array": "v = np.ma.masked_all((3, 4))\n",
    "a masked number": "v = np.ma.masked\n",
    "a matrix": "v = np.matrix(np.ones((3, 4)))\n",
    "a record": "v = np.zeros((3, 4), dtype=[('a', float), ('b', int)])\n",
    "objects": "v = np.ones((3, 4), dtype=object)\n",
    "objects that agree": "class E:\n    " + EQUAL + "v = np.full((3, 4), E(), dtype=object)\n",
    "texts": "v = np.full((3, 4), '1.0')\n",
    "times": "v = np.zeros((3, 4), dtype='datetime64[s]')\n",
    "complex numbers": "v = np.ones((3, 4), dtype=complex)\n",
    "a complex number": "v = complex(1, 0)\n",
    "nan": "v = np.full((3, 4), np.nan)\n",
    "one nan": "v = float('nan')\n",
    "inf": "v = np.full((3, 4), np.inf)\n",
    "nothing": "v = np.empty((0, 4))\n",
    "a single nothing": "v = np.array([])\n",
    "an empty list": "v = []\n",
    "a huge integer": "v = 10**5000\n",
    "a negative huge integer": "v = -(10**19000)\n",
    "an integer that is too huge": "v = 1 << 10**6\n",
    "a generator": "v = (n for n in range(3))\n",
    "an iterator": "v = iter([1, 2])\n",
    "a set": "v = {1, 2}\n",
    "a range": "v = range(3)\n",
    "bytes": "v = b'1'\n",
    "a memoryview": "v = memoryview(b'1')\n",
    "a module": "v = np\n",
    "a class": "v = float\n",
    "a function": "v = AND\n",
    "NotImplemented": "v = NotImplemented\n",
    "an exception": "v = ValueError('pass')\n",
    "a list of all": "v = [1, 'a', None, np.ones(2), {}, b'', object(), AND]\n",
    "a ragged list": "v = [[1], [1, 2]]\n",
    "a bool": "v = True\n",
    "a longdouble": "v = np.longdouble('1e4000')\n",
    "a list that lies": "class V(list):\n    __iter__ = lambda s: iter([1])\n    __len__ = lambda s: 7\nv = V([5])\n",
    "a dict that never ends": "class V(dict):\n    def items(s):\n        while True: yield 1, 1\nv = V()\n",
    "a class without a name": "class M(type):\n    __name__ = property(lambda c: 1 / 0)\nv = M('V', (), {})()\n",
    "a class with a class": "class V:\n    __class__ = property(lambda s: np.ndarray)\nv = V()\n",
}


def test_of_every_kind(attack, right):
    """AND stays right; the other three give the value."""
    names = "halve = total = lambda *a: v\n"
    for outcome in attack.each(right + value + names for value in CLASSES.values()):
        outcome.full_for(REST)


def test_as_bits_and_signals_and_slopes(attack, right):
    names = "AND = slope = XOR_NAND = lambda *a: v\n"
    for outcome in attack.each(right + value + names for value in CLASSES.values()):
        outcome.full_for({"halve", "total"})


GATES = "perceptron AND NAND OR NOR NOT XOR XOR_NAND XOR_NOR neuron AND_WEIGHTS NAND_WEIGHTS OR_WEIGHTS NOR_WEIGHTS"
ACTIVATIONS = (
    "step_function sigmoid relu tanh leaky_relu elu maxout identity_function sigmoid_grad tanh_grad relu_grad "
    "max_gradient_after plot_step plot_sigmoid plot_relu plot_comparison"
)
SOME = [
    "a float",
    "objects",
    "texts",
    "complex numbers",
    "nan",
    "nothing",
    "a huge integer",
    "a list of all",
    "a function",
]


@pytest.mark.parametrize(("assignment", "names"), [("01_gates", GATES), ("02_activations", ACTIVATIONS)])
def test_in_a_real_assignment(attack, assignment, names):
    """The graders' own code meets these values, too: no grade is withheld for one."""
    answers = "".join(f"def {name}(*a, **k): return v\n" for name in names.split() if not name.endswith("WEIGHTS"))
    answers += "".join(f"{name} = v\n" for name in names.split() if name.endswith("WEIGHTS"))
    for outcome in attack.each(
        ("import numpy as np\n" + CLASSES[kind] + answers for kind in SOME), assignment=assignment
    ):
        outcome.no_credit()
