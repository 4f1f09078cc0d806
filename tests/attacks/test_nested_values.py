"""Values that are nested more deeply than a recursion can follow, or that contain themselves."""

REST = {"AND", "total", "slope", "XOR_NAND"}
NEST = "value = None\n    for _ in range({}): value = {}\n"


def test_lists_in_lists(attack, channel, right):
    forge = "def halve(x):\n    sys.setrecursionlimit(100_000)\n    " + NEST + "    reply(value=value)\n"
    wrappers = ["wire.Items('list', (value,))", "wire.Pairs(((0, value),))", "wire.Pairs(((value, 0),))"]
    sources = [forge.format(depth, wrap) for wrap in wrappers for depth in (40, 250, 400, 440, 460, 480)]
    for outcome in attack.each(channel + right + source for source in sources):
        outcome.full_for(REST).says("protocol").without_errors()


def test_a_list_in_itself(attack, right):
    loops = ["v = []\n    v.append(v)", "v = {}\n    v[0] = v", "v = []\n    v.append((v, v))", "v = [[]] * 1_000_000"]
    for outcome in attack.each(f"{right}def halve(x):\n    {loop}\n    return v\n" for loop in loops):
        outcome.full_for(REST)


def test_an_array_in_itself(attack, right):
    source = "def halve(x):\n    v = np.empty(2, object)\n    v[:] = [v, v]\n    return v\n"
    attack(right + source).full_for(REST)


def test_an_argument_that_contains_itself_after_the_call(attack, right):
    source = "def total(x):\n    x.append(x)\n    return sum(x[:-1])\n"
    attack(right + source).full_for({"AND", "halve", "total", "slope", "XOR_NAND"}).without_errors()
