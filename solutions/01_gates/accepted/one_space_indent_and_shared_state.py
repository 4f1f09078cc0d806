"""One-space indents, default arguments, recursion, a list that grows with every call."""
import numpy as np

history = []
AND_WEIGHTS = 1 / 2, 1 / 2, -3 / 4
NAND_WEIGHTS = tuple(-v for v in AND_WEIGHTS)
OR_WEIGHTS = 1 / 2, 1 / 2, -1 / 4
NOR_WEIGHTS = tuple(-v for v in OR_WEIGHTS)


def add_up(x, w):
 if len(x) == 0:
  return 0
 return x[0] * w[0] + add_up(x[1:], w[1:])


def perceptron(x, w, b=0):
 history.append((x, w, b))
 return np.int_(add_up(x, w) > -b)


def AND(x1=0, x2=0):
 *w, b = AND_WEIGHTS
 return perceptron([x1, x2], w, b)


def NAND(x1=0, x2=0):
 return 0 if AND(x1, x2) else 1


def OR(x1=0, x2=0):
 *w, b = OR_WEIGHTS
 return perceptron([x1, x2], w, b)


def NOR(x1=0, x2=0):
 return 0 if OR(x1, x2) else 1


def NOT(x=0):
 return NOR(x, x)


def XOR(x1=0, x2=0):
 return abs(x1 - x2)


def XOR_NAND(x1, x2, *unused):
 wires = [x1, x2]
 wires.append(NAND(wires[0], wires[1]))
 wires.append(NAND(wires[0], wires[2]))
 wires.append(NAND(wires[1], wires[2]))
 wires.append(NAND(wires[3], wires[4]))
 return wires[-1]


def XOR_NOR(x1, x2, *unused):
 wires = {"p": x1, "q": x2}
 wires["n"] = NOR(wires["p"], wires["q"])
 for name in "pq":
  wires[name] = NOR(wires[name], wires["n"])
 wires["same"] = NOR(wires["p"], wires["q"])
 return NOR(wires["same"], wires["same"])


def neuron(x, w, b=0):
 return np.reciprocal(1 + np.exp(-add_up(x, w) - b))
