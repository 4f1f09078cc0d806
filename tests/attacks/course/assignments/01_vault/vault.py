"""The stub of the scratch course that the attacks are run against."""


def AND(x1, x2):
    raise NotImplementedError("AND")


def halve(x):
    raise NotImplementedError("halve")


def total(x):
    raise NotImplementedError("total")


def slope(f, x):
    raise NotImplementedError("slope")


def NAND(x1, x2):
    return int(not (x1 and x2))


def XOR_NAND(x1, x2):
    raise NotImplementedError("XOR_NAND")
