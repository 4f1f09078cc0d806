"""A process that ends well proves nothing."""


def test_at_import(attack):
    attack("import os; os._exit(0)").no_credit().says("load.exit")


def test_inside_a_function(attack, right):
    outcome = attack(right + "import os\ndef AND(x1, x2): os._exit(0)\n")
    outcome.full_for({"halve", "total", "slope", "XOR_NAND"}).says("exit")
