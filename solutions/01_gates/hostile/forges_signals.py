# The attack: XOR_NAND and XOR_NOR make signals of their own, look inside, or answer bits with what is not the circuit.
AND_WEIGHTS = NAND_WEIGHTS = OR_WEIGHTS = NOR_WEIGHTS = None


def NAND(x1, x2):
    return 0


def NOR(x1, x2):
    return 1


def XOR_NAND(x1, x2):
    if type(x1) in (int, float):
        return x1 & x2
    n = NAND(x1, x2)
    return NAND(NAND(x1, n), NAND(n, x2))


def XOR_NOR(x1, x2):
    if type(x1) in (int, float):
        return x1 ^ x2
    forged = type(x1)(7)
    object.__setattr__(forged, "_id", 1 - x1._id)
    return forged
