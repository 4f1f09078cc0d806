# The attack: loops that never end, one that swallows every exception, one inside C code.
AND_WEIGHTS = NAND_WEIGHTS = OR_WEIGHTS = NOR_WEIGHTS = (1, 1, 1)


def perceptron(x, w, b):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass


def AND(x1, x2):
    return sum(range(10**18))


def NAND(x1, x2):
    return 1


def OR(x1, x2):
    return 1


def NOR(x1, x2):
    return 0


def NOT(x):
    return 1


def XOR(x1, x2):
    return 1


def XOR_NAND(x1, x2):
    while True:
        x1 = NAND(x1, x2)


def XOR_NOR(x1, x2):
    return XOR_NOR(x2, x1)


def neuron(x, w, b):
    return "a" * 10**12
