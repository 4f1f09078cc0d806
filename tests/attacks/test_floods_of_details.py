"""Replies that are small in value and endless in everything else: warnings, names, frames, texts."""

ALL = {"AND", "halve", "total", "slope", "XOR_NAND"}
WARNING = "wire.Warned('RuntimeWarning', 'overflow encountered', n)"


def test_warnings(attack, channel, right):
    source = channel + right + f"def halve(x):\n    reply(warnings=tuple({WARNING} for n in range(60_000)))\n"
    outcome = attack(source).full_for(ALL - {"halve"}).without_errors()
    assert len(outcome.result.remarks) <= 40


def test_lines_of_a_warning_that_are_no_lines(attack, channel, right):
    source = "def total(x):\n    reply(value=sum(x), warnings=({}, {}))\n    worker._reply = None\n"
    source = source.format(WARNING.replace("n)", "160706)"), WARNING.replace("n)", "-1)"))
    attack(channel + right + source).credit_only_for(ALL).silent_about("160706")


def test_names(attack, channel):
    names = "tuple(f'halv{n}' for n in range(150_000)) + ('halve' * 1000,)"
    outcome = attack(channel + f"frames.send(worker._fd, wire.Loaded(worker._request, {names}))\n").no_credit()
    assert outcome.seconds < 20


def test_definitions(attack, channel):
    definitions = "tuple(wire.Definition(f'halv{n}', n, True) for n in range(150_000))"
    source = f"frames.send(worker._fd, wire.Loaded(worker._request, (), None, {definitions}))\n"
    assert attack(channel + source).no_credit().seconds < 20


def test_a_text_that_makes_patterns_slow(attack, channel, right):
    texts = [
        "('ValueError', 'shape ' * 500_000",
        "('TypeError', 'takes missing ' * 200_000",
        "('X' * 10**6, 'x' * 10**6",
    ]
    source = channel + right + "def halve(x):\n    reply(raised=wire.Raised{}, ()))\n"
    for outcome in attack.each(source.format(text) for text in texts):
        outcome.full_for(ALL - {"halve"})


def test_frames(attack, channel, right):
    frames = "(wire.Frame('XOR_NAND' * 9, 3),) * 100_000"
    source = (
        channel + right + "def XOR_NAND(x1, x2):\n    reply(raised=wire.Raised('TypeError', 'x', FRAMES, 'branch'))\n"
    )
    attack(source.replace("FRAMES", frames)).full_for(ALL - {"XOR_NAND"})


def test_output(attack, right):
    attack(right + "def halve(x):\n    print('x' * 10**6)\n    return x / 2\n").full_for(ALL)


def test_short_texts_beside_a_long_one(attack, channel, right):
    source = channel + right + "def halve(x): return ['a' * 1_000_000] + [''] * 50_000\n"
    attack(source).full_for(ALL - {"halve"})
