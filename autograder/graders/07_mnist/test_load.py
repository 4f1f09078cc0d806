"""Hidden grader of 07_mnist, reading: the embedded set, files made for the purpose, and damaged ones.

The two tests with hidden files have one set of files each, so that a student's code may remember what it has read.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from itertools import product
from typing import Any

import mnist_files as shared
import numpy as np
from digit_checks import Digits, check_all, check_images, check_labels, check_one_hot, four
from mnist_files import FILES, Array

from autograder import Finding, credit, fail, named

FIRST = (600, 600, 300, 300)  # of the digits of the course: all of them would be 60 MB where pixels are float64
NO_NAME = {"reading.bytes-as-name": r"embedded null|embedded NUL|File name too long"}


def packed(digits: Digits) -> dict[str, bytes]:
    made = (shared.image_file, shared.label_file) * 2
    return {name: pack(numbers) for name, pack, numbers in zip(FILES, made, digits, strict=True)}


def random_digits(rng: np.random.Generator) -> Digits:
    """Random pixels with all values from 0 to 255; the training labels lack 9 and another, the test labels lack two."""
    found: list[Array] = []
    absent = rng.permutation(np.arange(1, 9))[:3]
    for missing, low in ((np.array([9, absent[0]]), 9), (absent[1:], 15)):
        n = int(rng.integers(low, low + 5))
        classes = np.setdiff1d(np.arange(10), missing)
        pixels = rng.integers(0, 256, size=(n, 28, 28), dtype=np.uint8)
        found += [pixels, rng.permutation(np.resize(classes, n)).astype(np.uint8)]
    return found[0], found[1], found[2], found[3]


# ---- what stops the reading ----


@contextmanager
def explained(files: Mapping[str, bytes], digits: Digits) -> Iterator[None]:
    """Say what the numbers in an exception's text mean: which header, or which way of reading it, they come from."""
    try:
        with named(NO_NAME):
            yield
    except Finding as finding:
        text = f"{finding.params.get('text', '')} {'requested size' if finding.key == 'memory' else ''}"
        key = reason({int(n) for n in re.findall(r"\d{1,15}", text)}, text, files, digits)
        if key is None or not finding.key.startswith(("error", "memory")):
            raise
        raise Finding(key, finding.params, finding.verdict, finding.line) from None


def reason(said: set[int], text: str, files: Mapping[str, bytes], digits: Digits) -> str | None:
    """The key of what the numbers `said` in an exception's text give away."""
    sizes = {numbers.size for numbers in digits}
    counts = {2051, 2049, 28, len(digits[0]), len(digits[2])}
    if said & {int.from_bytes(n.to_bytes(4, "little"), "big") for n in counts}:
        return "reading.endian"
    if said & {len(data) - offset for data in files.values() for offset in (0, 4, 8, 12, 16)}:
        return "reading.not-unpacked"
    headers = {numbers.size + size - offset for numbers in digits for size in (8, 16) for offset in (0, 4, 8, 12, 16)}
    if said & (headers - sizes):
        return "reading.header"
    return "reading.endian" if "requested size" in text else None


# ---- tests ----

X, T = np.arange(5 * 784).reshape(5, 28, 28) % 256, np.array([3, 1, 4, 1, 5])
WHOLE = packed((X, T, X[:3], T[:3]))
LABELS, IMAGES = gzip.decompress(WHOLE[FILES[1]]), gzip.decompress(WHOLE[FILES[0]])


@cache
def first_digits(*embedded: bytes) -> tuple[Digits, dict[str, bytes]]:
    """The first digits of the embedded files, and files that have only these."""
    numbers = map(shared.unpacked, embedded, (3, 1, 3, 1))
    x_train, t_train, x_test, t_test = (some[:first] for some, first in zip(numbers, FIRST, strict=True))
    digits = (x_train, t_train, x_test, t_test)
    return digits, packed(digits)


@credit(2, task="load_mnist", shown=True)
def test_the_digits_of_the_course(student, part, dataset):
    """load_mnist reads the digits that come with the course

    load_mnist는 강의에 들어 있는 숫자 이미지를 읽는다
    """
    digits, files = first_digits(*map(dataset, FILES))
    reading = student.replacing(read_bytes=shared.reader(files))
    with part("as they are by default", "인수 없이 불렀을 때", points=1), explained(files, digits):
        check_all(reading.load_mnist(), digits, True, True, False)
    with part("all three switches the other way", "스위치 세 개를 모두 반대로", points=1), explained(files, digits):
        check_all(reading.load_mnist(normalize=False, flatten=False, one_hot_label=True), digits, False, False, True)


@contextmanager
def stopping_again(student: Any) -> Iterator[None]:
    """What stops the reading of public files in the same line has been explained with the digits of the course."""
    try:
        yield
    except Finding as finding:
        if finding.key.startswith(("error", "memory")) and finding.line is not None:
            try:
                student.replacing(read_bytes=shared.reader(WHOLE)).load_mnist(one_hot_label=True, flatten=False)
            except Finding as public:
                if public.line == finding.line:
                    params = {name: finding.params.get(name) for name in ("line", "source")}
                    raise Finding("reading.stops-again", params, finding.verdict, finding.line) from None
        raise


@credit(6, task="load_mnist")
def test_other_files(student, part, rng):
    """load_mnist reads files of any size

    load_mnist는 몇 장짜리 파일이든 읽는다
    """
    digits = random_digits(rng)
    files = packed(digits)
    load = student.replacing(read_bytes=shared.reader(files)).load_mnist
    pixels, labels = digits[::2], digits[1::2]
    with (
        part("rows, pixels from 0 to 1", "한 줄로 편 이미지, 0부터 1까지의 픽셀", points=1),
        stopping_again(student),
    ):
        for x, expected in zip(four(load(), digits)[::2], pixels, strict=True):
            check_images(x, expected, True, True)
    with part("pixels from 0 to 255", "0부터 255까지의 픽셀", points=1), stopping_again(student):
        for x, expected in zip(four(load(normalize=False), digits)[::2], pixels, strict=True):
            check_images(x, expected, False, True)
    with part("images of shape (1, 28, 28)", "모양이 (1, 28, 28)인 이미지", points=1), stopping_again(student):
        for x, expected in zip(four(load(flatten=False), digits)[::2], pixels, strict=True):
            check_images(x, expected, True, False)
    with part("labels", "레이블", points=1), stopping_again(student):
        for t, expected in zip(four(load(), digits)[1::2], labels, strict=True):
            check_labels(t, expected)
    with (
        part("one-hot rows, some digits absent", "몇몇 숫자가 빠진 원-핫 레이블", points=2),
        stopping_again(student),
    ):
        for t, expected in zip(four(load(one_hot_label=True), digits)[1::2], labels, strict=True):
            check_one_hot(t, expected)


@credit(2, task="load_mnist")
def test_all_eight_combinations(student, rng):
    """load_mnist answers to all eight combinations of its switches

    load_mnist는 스위치의 여덟 가지 조합에 모두 맞게 답한다
    """
    digits = random_digits(rng)
    reading = student.replacing(read_bytes=shared.reader(packed(digits)))
    with stopping_again(student):
        for switches in product((True, False), repeat=3):
            check_all(reading.load_mnist(*switches), digits, *switches)


# ---- damaged files ----


def check_refused(student: Any, damage: Mapping[str, bytes]) -> None:
    """Each damaged file alone makes load_mnist raise a ValueError whose text names it (or the other of its pair)."""
    for name, data in damage.items():
        pair = FILES[:2] if name in FILES[:2] else FILES[2:]
        reading = student.replacing(read_bytes=shared.reader(WHOLE | {name: data}))
        try:
            reading.load_mnist()
        except Finding as finding:
            if not finding.key.startswith("error"):
                raise
            if finding.params.get("type") != "ValueError":
                fail("reading.other-exception", type=finding.params.get("type"), file=name)
            if not any(file in str(finding.params.get("text")) for file in pair):
                fail("reading.unclear-text", file=name)
        else:
            fail("reading.not-noticed", file=name)


@credit(3, task="load_mnist", bonus=True, shown=True)
def test_damaged_files(student, part):
    """load_mnist refuses a damaged file with a ValueError that names it

    load_mnist는 망가진 파일의 이름을 적은 ValueError를 낸다
    """
    with part("no gzip file, or not all of it", "gzip이 아니거나 중간에 끊긴 파일", points=1):
        check_refused(student, {FILES[0]: b"<html>404</html>", FILES[3]: WHOLE[FILES[3]][:-9], FILES[1]: b""})
    with part("another magic number, other sizes", "다른 매직 넘버, 다른 크기", points=1):
        check_refused(student, {FILES[2]: WHOLE[FILES[3]], FILES[1]: shared.image_file(X)})
        check_refused(
            student, {FILES[0]: gzip.compress(shared.idx(2052, X)), FILES[3]: gzip.compress(shared.idx(2050, T[:3]))}
        )
        check_refused(student, {FILES[0]: gzip.compress(IMAGES[:-100]), FILES[3]: gzip.compress(LABELS + b"\0")})
    with part("images and labels that do not fit together", "짝이 맞지 않는 이미지와 레이블", points=1):
        check_refused(student, {FILES[1]: shared.label_file(T[:4])})
        check_refused(student, {FILES[2]: shared.image_file(X[:4])})
