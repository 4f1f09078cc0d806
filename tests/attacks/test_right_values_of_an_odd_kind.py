"""Not lies: values that are right and come in an unusual form get their marks."""

ALL = {"AND", "halve", "total", "slope", "XOR_NAND"}
HALVES = [
    "np.asarray(x, order='F') / 2",
    "(np.asarray(x) / 2).astype('>f8') if np.ndim(x) else x / 2",
    "np.longdouble(x) / 2",
    "np.repeat(np.asarray(x, float), 2, axis=-1)[..., ::2] / 2 if np.ndim(x) else x / 2",
    "(np.asarray(x) / 2).view(type('V', (np.ndarray,), {}))",
    "np.ma.masked_array(np.asarray(x) / 2)",
    "np.broadcast_to(np.asarray(x) / 2, np.shape(x))",
    "np.lib.stride_tricks.as_strided(np.asarray(x) / 2)",
]


def test_halves(attack, right):
    for outcome in attack.each(f"{right}def halve(x): return {body}\n" for body in HALVES):
        outcome.full_for(ALL)


def test_bits(attack, right):
    forms = ["np.int8({})", "np.bool_({})", "np.array({})", "float({})", "np.uint64({})", "np.float16({})"]
    sources = [f"def AND(x1, x2): return {form.format('x1 & x2')}\n" for form in forms]
    for outcome in attack.each(right + source for source in sources):
        outcome.full_for(ALL)
