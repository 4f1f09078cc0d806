"""Hidden grader of 10_training, batches: how many there are in an epoch, and which samples are in them.

Every sample carries its number in the first column, so that what came back says where each one went.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from sandbox_side import close_to, generator

from autograder import Handle, assert_close, credit, fail, named, numbers

# ---- iterations_per_epoch ----


def check_count(function: Any, n: int, size: int) -> None:
    expected = -(-n // size)
    wrong = {
        "iterations.division": n / size,
        "iterations.floor": n // size,
        "iterations.plus-one": n // size + 1,
    }
    assert_close(function(n, size), expected, mistaken={k: v for k, v in wrong.items() if v != expected})


@credit(3, task="iterations_per_epoch")
def test_iterations_per_epoch(student, part, rng):
    """iterations_per_epoch counts the batches of an epoch, the short last one too

    iterations_per_epoch는 짧은 마지막 배치까지 한 에폭의 배치 수를 센다
    """
    with part("the examples of the handout", "교재의 예", points=1, shown=True):
        for n, size in ((60000, 100), (105, 10), (7, 3)):
            check_count(student.iterations_per_epoch, n, size)
    with part("batches that come out even, and such that do not", "나누어떨어질 때와 아닐 때", points=1):
        for left in (0, 1, 2, -1):
            size = int(rng.integers(5, 40))
            check_count(student.iterations_per_epoch, size * int(rng.integers(3, 50)) + left, size)
    with part("a batch larger than the data, and batches of one", "데이터보다 큰 배치, 하나짜리 배치", points=1):
        n = int(rng.integers(3, 30))
        check_count(student.iterations_per_epoch, n, n + int(rng.integers(n, 3 * n)))
        check_count(student.iterations_per_epoch, n, n)
        check_count(student.iterations_per_epoch, n + 1, 1)


# ---- minibatches ----


def samples(n: int, one_hot: bool = False) -> tuple[Any, Any]:
    """n samples with their number in the first column, and labels that follow from the number."""
    number = np.arange(n, dtype=float)
    x = np.stack([number, np.sin(number), number**2 / n], axis=1)
    labels = (7 * np.arange(n) + 3) % 10
    return x, np.eye(10)[labels] if one_hot else labels


def epoch(student: Any, x: Any, t: Any, size: int, rng: Any, *, once: bool = True, labels: bool = True) -> list[Any]:
    """The batches of one epoch as arrays of sample numbers.

    once, labels: whether every sample has to come once, with its own label; each mistake costs the parts it is about.
    """
    batches = [checked(pair, x, t, labels) for pair in listed(student.minibatches(x, t, size, rng), len(x))]
    if once:
        require_once(batches, len(x), size)
    elif not batches or len(np.concatenate(batches)) < len(x) // 2 or len(batches[0]) == len(x) > size:
        fail("minibatches.one-batch" if len(batches) == 1 else "minibatches.not-once")
    return batches


def listed(got: Any, n: int) -> list[Any]:
    """The items of what came back, whether it is a list or something to iterate over."""
    if isinstance(got, Handle):
        with named({"minibatches.no-pairs": r"\A(arguments|error\.unplaced)"}):
            got = got.take(2 * n + 3)
    if got is None:
        fail("none")
    if not isinstance(got, (list, tuple)):
        fail("minibatches.no-pairs")
    if len(got) > 2 * n + 2:  # twice as many as there can be batches of one sample
        fail("minibatches.not-once")
    return list(got)


def checked(pair: Any, x: Any, t: Any, own_labels: bool) -> Any:
    """The sample numbers of one batch. Raises Finding where it is no batch, or where labels are not its own."""
    if not isinstance(pair, (list, tuple)) or len(pair) != 2:
        fail("minibatches.no-pairs")
    images, labels = numbers(pair[0], lists=True), numbers(pair[1], lists=True)
    if images.ndim != 2 or images.shape[1] != x.shape[1] or labels.shape != (len(images), *t.shape[1:]):
        fail("minibatches.no-pairs")
    chosen = images[:, 0]
    if not np.isin(chosen, np.arange(len(x))).all() or not close_to(images, x[chosen.astype(int)]):
        fail("minibatches.not-once")
    if own_labels and not close_to(labels, t[chosen.astype(int)]):
        fail("minibatches.labels-apart")
    return chosen.astype(int)


def require_once(batches: list[Any], n: int, size: int) -> None:
    """Every sample is in exactly one batch, and every batch but the last is full."""
    shown = np.concatenate(batches) if batches else np.zeros(0, dtype=int)
    times = np.bincount(shown, minlength=n)
    sizes = [len(batch) for batch in batches]
    left = n % size
    if len(shown) == n - left and left and times.max(initial=0) <= 1:
        fail("minibatches.last-dropped")
    if len(batches) == 1 and size < n:
        fail("minibatches.one-batch")
    if (times == 1).all():
        if sizes != [size] * (n // size) + [left] * (left > 0):
            fail("minibatches.not-shuffled" if neighbours(batches) else "minibatches.not-once")
        return
    drawn_anew = times.max(initial=0) > 1 and times.min() == 0
    fail("minibatches.with-replacement" if drawn_anew else "minibatches.not-once")


def neighbours(batches: list[Any]) -> bool:
    """Whether every batch holds samples that lie side by side in the data."""
    return all((np.diff(np.sort(batch)) == 1).all() for batch in batches)


def require_shuffled(batches: list[Any]) -> None:
    """The order is shuffled sample by sample; by chance it is not once in 20! cases."""
    order = np.concatenate(batches)
    if (order == np.arange(len(order))).all() or neighbours(batches):
        fail("minibatches.not-shuffled")


def same_order(one: list[Any], other: list[Any]) -> bool:
    return np.array_equal(np.concatenate(one), np.concatenate(other))


@credit(7, task="minibatches")
def test_minibatches(student, part, rng):
    """minibatches shows every sample once per epoch, shuffled by the generator it is given

    minibatches는 한 에폭에 모든 표본을 한 번씩, 받은 난수 생성기로 섞어서 내보낸다
    """
    with part("7 samples in batches of 3", "표본 7개를 3개씩", points=1, shown=True):
        epoch(student, *samples(7), 3, generator(student, 1))
        require_shuffled(epoch(student, *samples(21), 4, generator(student, 1)))
    n, size = int(rng.integers(5, 9)) * 5, 5
    seeds = rng.choice(2**31, size=4, replace=False).tolist()
    with part("each image keeps its label", "이미지와 레이블이 짝을 유지한다", points=1):
        for hot in (False, True):
            epoch(student, *samples(n, hot), size, generator(student, seeds[0]), once=False)
    with part("every sample exactly once, for other numbers too", "다른 개수에서도 모든 표본을 꼭 한 번씩", points=1):
        for count, batch in ((n - 2, size), (n, 7), (n, n), (n, n + 3), (n, 1)):
            epoch(student, *samples(count), batch, generator(student, seeds[1]), labels=False)
    with part("shuffled, and differently in the next epoch", "섞여 있고, 다음 에폭에는 다르게 섞인다", points=2):
        kept = generator(student, seeds[2])
        first, second = (epoch(student, *samples(n), size, kept, once=False, labels=False) for _ in range(2))
        require_shuffled(first)
        if same_order(first, second):
            fail("rng.fixed")
    with part("the generator decides the order", "순서는 난수 생성기가 정한다", points=1):
        orders = []
        for seed in (seeds[2], seeds[2], seeds[3]):
            orders.append(epoch(student, *samples(n), size, generator(student, seed), once=False, labels=False))
        if not same_order(orders[0], orders[1]):
            fail("rng.ignored")
        require_shuffled(orders[0])
        if same_order(orders[0], orders[2]):
            fail("rng.fixed")
    with part("x and t stay as they were", "x와 t는 그대로 남는다", points=1):
        x, t = samples(n)
        held = student.make("x", x=x), student.make("t", t=t)
        listed(student.minibatches(*held, size, generator(student, seeds[3])), n)
        if not (close_to(held[0].fetch(), x) and close_to(held[1].fetch(), t)):
            fail("minibatches.changed")
        epoch(student, x, t, size, generator(student, seeds[3]), labels=False)
