"""Plots as a worker could describe them that never drew: no data, too much, none that is a number."""

NAMES = ("plot_step", "plot_sigmoid", "plot_relu", "plot_comparison")
ARRAYS = [
    "A('float64', (0,), b'')",
    "A('float64', (0, 2**62), b'')",
    "A('complex128', (2,), bytes(32))",
    "A('bool', (8,), bytes(8))",
    "A('float64', (2,), b'\\0\\0\\0\\0\\0\\0\\xf8\\x7f' * 2)",
    "A('float64', (), bytes(8))",
    "A('float64', (2, 2, 2), bytes(64))",
    "A('float64', (100_000,), bytes(800_000))",
    "A('int8', (5,), bytes(5))",
]
FIGURES = ["()", "(X,)", "(X,) * 3_000"]
AXES = "X = wire.Axes({lines}, {limits}, {limits}, {legend}, '', '', '', {images}, (), ())\n"
DETAILS = [
    {"lines": "()", "limits": "(0.0, 0.0)", "legend": "None", "images": "()"},
    {"lines": "(L,) * 5_000", "limits": "(0.0, 1.0)", "legend": "('a',) * 5_000", "images": "()"},
    {"lines": "(L,)", "limits": "(float('nan'), float('inf'))", "legend": "('\\x1b[2J',)", "images": "(L.x,)"},
]
LINE = "A = wire.Array\nL = wire.Line({x}, A('float64', (3,), bytes(24)), 'sigmoid')\n"


def test_of_every_kind(attack, channel):
    axes = [LINE.format(x=x) + AXES.format(**DETAILS[2]) + "FIGURE = (X,)\n" for x in ARRAYS]
    axes += [LINE.format(x=ARRAYS[0]) + AXES.format(**d) + f"FIGURE = {f}\n" for d in DETAILS for f in FIGURES]
    plots = "".join(f"def {name}(*a, **k): reply(value=wire.Figure(FIGURE))\n" for name in NAMES)
    for outcome in attack.each((channel + source + plots for source in axes), assignment="02_activations"):
        outcome.no_credit().without_errors()
