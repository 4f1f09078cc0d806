"""Hidden grader of 06_forward: random_network. Distribution, shapes and origin of the draws, never a drawn number."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import threelayers as shared
from threelayers import KEYS, wanted_shapes

from autograder import credit, fail, named, numbers, remark, same

SIZES = (40, 60, 50, 30)  # 2400, 3000 and 1500 weights
SMALL = (5, 4, 6, 3)
BIASES = (1, 1500, 1, 1500)  # 3001 biases, and not many more weights
Arrays = dict[str, np.ndarray[Any, Any]]

# How far the share of weights <= t may be from the normal distribution function, at the worst t. For n independent
# draws the inequality of Dvoretzky, Kiefer and Wolfowitz, with Massart's constant, holds whatever n is:
#     P(sup |F_n - F| > d) <= 2 exp(-2 n d^2),   so d(n) = sqrt(ln(2 / p) / (2 n)) is exceeded with P <= p.
# p = 2e-8. Each of two networks is asked four times (W1, W2, W3 and all weights together), so a right solution fails
# with a probability of at most 8 * 2e-8 = 1.6e-7 < 1e-6. With 6900 weights d = 0.0366, while the uniform distribution
# of the same mean and variance is 0.057 away; a standard deviation of 0.9 or 1.1 is only 0.025 away and
# is let pass.
CHANCE = 2e-8

# How far the mean of drawn biases may be from 0, as a multiple of their standard deviation; the scale is free. The mean
# of 3001 normal draws has the standard error 0.0183, and 0.1 is 5.48 of them: a right solution fails with P = 4.3e-8.
OFF_CENTRE = 0.1

# The normal distribution function at points that are so dense that a straight line between them is off by 5e-7 at most.
GRID = np.linspace(-8.0, 8.0, 4001)
NORMAL = np.array([0.5 * (1 + math.erf(z / math.sqrt(2))) for z in GRID])


def normal_distance(values: np.ndarray[Any, Any], mean: float = 0.0, deviation: float = 1.0) -> float:
    """The largest distance between the distribution of `values` and the normal one (Kolmogorov and Smirnov)."""
    ordered = np.sort(values.ravel())
    wanted = np.interp((ordered - mean) / deviation, GRID, NORMAL)
    steps = np.arange(len(ordered) + 1) / len(ordered)
    return float(max(np.max(steps[1:] - wanted), np.max(wanted - steps[:-1])))


def allowed(n: int) -> float:
    return math.sqrt(math.log(2 / CHANCE) / (2 * n))


# Methods that the old np.random has and a generator has not.
OLD_NAMES = {"random.old-names": r"^\S+ .*\.(randn|rand\(|random_sample|randint|seed|gauss).*\nAttributeError: "}


def generator(student: Any, seed: int) -> Any:
    """A generator that lives in the sandbox and keeps its state from call to call."""
    return student.make("np.random.default_rng(seed)", seed=seed)


def ask(student: Any, sizes: tuple[int, ...], rng: Any) -> Arrays:
    """One network, with the right keys and shapes."""
    with named(OLD_NAMES):
        got = student.random_network(sizes, rng)
    printed = bool(student.last.stdout)
    if isinstance(got, dict):
        weights = [got.get(key) for key in KEYS if key.startswith("W")]
        if all(not isinstance(W, (list, tuple)) and numbers(W).ndim == 0 for W in weights):
            fail("random.one-number")
    network = {key: shared.entry(got, key, shape, printed) for key, shape in wanted_shapes(sizes).items()}
    if shared.mention_extra_keys(got):
        remark("network.extra-keys")
    return network


def equal(one: Arrays, other: Arrays) -> bool:
    """Whether all weights are the same; biases may be zero in every network."""
    return all(np.array_equal(one[key], other[key]) for key in KEYS if key.startswith("W"))


def check_weights(network: Arrays) -> None:
    """Every matrix, and all of them together, look like standard normal draws."""
    require_draws(network)
    weights = {key: network[key] for key in KEYS if key.startswith("W")}
    pooled = np.concatenate([W.ravel() for W in weights.values()])
    # Float64 draws never coincide here, float32 draws once or twice; nine of ten being different is beyond chance.
    if len(np.unique(pooled)) < 0.9 * pooled.size:
        fail(repetition(pooled))
    for key, W in (*weights.items(), ("", pooled)):
        if normal_distance(W) > allowed(W.size):
            name_distribution(key, W)


def repetition(values: np.ndarray[Any, Any]) -> str:
    """Why the same values come again and again."""
    if np.array_equal(values, np.round(values)):
        return "random.whole-numbers"
    at_limits = np.mean((values == np.max(values)) | (values == np.min(values)))
    return "random.clipped" if at_limits > 0.1 else "random.repeated"


def name_distribution(key: str, W: np.ndarray[Any, Any]) -> None:
    """What these values look like instead; only for the choice of a sentence, the decision has fallen."""
    mean, deviation, low = float(np.mean(W)), float(np.std(W)), float(np.min(W))
    kurtosis = float(np.mean((W - mean) ** 4)) / deviation**4  # 1.8 uniform, 3 normal
    where = key or "W1, W2, W3"
    if kurtosis < 2.2:
        fail("random.uniform-positive" if low >= 0 else "random.uniform", name=where)
    if low >= 0:
        fail("random.positive", name=where)
    if abs(mean) > 0.25 * deviation:
        fail("random.mean", name=where)
    if deviation < 0.04 and normal_distance(W, mean, deviation) < allowed(W.size):
        fail("random.tiny", name=where)
    if normal_distance(W, mean, deviation) < allowed(W.size):
        fail("random.scaled", name=where)
    fail("random.other", name=where)


def check_biases(network: Arrays) -> None:
    """Zero, or drawn around 0, beside weights that are not all 0: a network of zeros has no biases that are right."""
    if not any(np.any(network[key]) for key in KEYS if key.startswith("W")):
        fail("random.zeros", name="W1, W2, W3")
    biases = np.concatenate([network[key] for key in KEYS if key.startswith("b")])
    if not np.any(biases):
        return
    if np.ptp(biases) == 0:
        fail("random.bias-constant")
    if np.all(biases >= 0) or np.all(biases <= 0):
        fail("random.bias-one-sign")
    if len(np.unique(biases)) < 0.9 * biases.size and np.all(biases):
        fail("random.repeated")
    if abs(np.mean(biases)) > OFF_CENTRE * np.std(biases):
        fail("random.bias-mean")


@credit(9, task="random_network")
def test_random_network(student, part, rng):
    """random_network draws standard normal weights from the generator that it is given

    random_network는 넘겨받은 생성기에서 표준정규분포 난수를 뽑아 가중치로 쓴다
    """
    seeds = [int(seed) for seed in rng.choice(10**9, size=5, replace=False)]
    with part("the weights are standard normal numbers", "가중치는 표준정규분포 난수", points=4):
        for seed in seeds[:2]:
            check_weights(ask(student, SIZES, generator(student, seed)))
    with part("the biases are 0, or normal numbers", "편향은 0 또는 정규분포 난수", points=1):
        check_biases(ask(student, BIASES, generator(student, seeds[2])))
    with part("rng decides which network it is", "어떤 신경망이 될지는 rng가 정한다", points=2):
        check_origin(student, seeds[3:])
    with part("every network is a new one", "부를 때마다 새로운 신경망", points=2):
        check_new(student, seeds[3])


def check_origin(student: Any, seeds: list[int]) -> None:
    """Generators in the same state give equal networks, others give others; what comes from elsewhere does not."""
    first = ask(student, SMALL, generator(student, seeds[0]))
    require_draws(first)
    if not equal(first, ask(student, SMALL, generator(student, seeds[0]))):
        fail(drawn_elsewhere(student))
    if equal(first, ask(student, SMALL, generator(student, seeds[1]))):
        fail(seeded_inside(student))


def check_new(student: Any, seed: int) -> None:
    """A generator goes on when it is asked again, and only a generator: noise from elsewhere is new every time, too."""
    rng = generator(student, seed)
    first = ask(student, SMALL, rng)
    require_draws(first)
    if equal(first, ask(student, SMALL, rng)):
        other = ask(student, SMALL, generator(student, seed + 1))
        fail(seeded_inside(student) if equal(first, other) else "random.state-kept")
    if not equal(first, ask(student, SMALL, generator(student, seed))):
        fail(drawn_elsewhere(student))


def require_draws(network: Arrays) -> None:
    """Constants are the same every time, which proves nothing."""
    for key in KEYS:
        if key.startswith("W") and np.ptp(network[key]) == 0:
            fail("random.constant" if np.any(network[key]) else "random.zeros", name=key)


# ---- where the numbers come from instead; only for the choice of a sentence ----


def drawn_elsewhere(student: Any) -> str:
    """What rng does not decide comes from np.random if it is repeated after np.random was put back to a state."""
    networks = []
    for _ in range(2):
        student.make("None", given="np.random.seed(7)")
        networks.append(ask(student, SMALL, generator(student, 1)))
    return "random.np-random" if equal(*networks) else "random.not-from-rng"


def seeded_inside(student: Any) -> str:
    """Whether np.random stands at the same place after every call, wherever it stood before: then it was seeded."""
    after = []
    for seed in (7, 8):
        student.make("None", given="np.random.seed(seed)", seed=seed)
        ask(student, SMALL, generator(student, 1))
        after.append(student.make("np.random.random()").fetch())
    return "random.np-random-seed" if same(*after) else "random.seed-inside"
