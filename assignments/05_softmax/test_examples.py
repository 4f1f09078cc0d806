"""A few examples that you can see. The grader asks more. Run them with pytest, or with `autograder check`.

눈으로 볼 수 있는 예제 몇 가지입니다. 채점기는 더 많이 물어봅니다. pytest나 `autograder check`로 실행하세요.
"""

import warnings

import numpy as np
import output_layer

BATCH = [[0.3, 2.9, 4.0], [2.0, 1.0, 0.0]]
PROBABILITIES = [[0.01821127, 0.24519181, 0.73659691], [0.66524096, 0.24472847, 0.09003057]]


def expect(name, a, expected, quiet=False):
    """The function of that name gives `expected` at `a`, and leaves `a` as it was. quiet: without a warning of NumPy.

    그 이름의 함수가 a에서 `expected`를 돌려주고 a를 그대로 두는지 확인한다. quiet: NumPy의 경고도 없어야 한다.
    """
    __tracebackhide__ = True
    given = np.array(a)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        got = getattr(output_layer, name)(given)
    call = f"{name}({text(a)})"
    if got is None:
        said = "None을 돌려주었습니다: `return`이 빠지지 않았나요?"
        raise AssertionError(f"{call} gave back None: is `return` missing? / {said}")
    if np.shape(got) != np.shape(expected):
        made, wanted = np.shape(got), np.shape(expected)
        said = f"has the shape {made}, expected {wanted} / 모양이 {made}인데 {wanted}이어야 합니다"
        raise AssertionError(f"{call} {said}: {text(got)}")
    if not np.allclose(got, expected, rtol=1e-6, atol=1e-15, equal_nan=True):
        said = f"{text(expected)}이어야 합니다"
        raise AssertionError(f"{call} gave / 결과: {text(got)}, expected / {said}")
    if np.shape(expected) and np.asarray(got).dtype == bool:
        raise AssertionError(f"{call} gave True and False, expected numbers / 수가 아니라 True, False를 돌려주었습니다")
    told = [one for one in warned if issubclass(one.category, RuntimeWarning)]
    if quiet and told:
        raise AssertionError(f"{call} is right, but NumPy warned / 값은 맞지만 NumPy가 경고했습니다: {told[0].message}")
    if not np.array_equal(given, a):
        raise AssertionError(f"{call} changed its input / 입력을 바꾸었습니다: {text(a)} → {text(given)}")


def text(value):
    """Numbers to four digits, arrays as lists."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(text, value))}]"
    return f"{value:.4g}" if isinstance(value, float) else str(value)[:200]


def test_identity_function_changes_nothing():
    """identity_function gives back what it is given

    identity_function은 받은 것을 그대로 돌려준다
    """
    expect("identity_function", [0.3, -2.9, 4.0], [0.3, -2.9, 4.0])


def test_softmax_of_the_lecture():
    """softmax of 0.3, 2.9, 4.0 has the values of the handout

    softmax(0.3, 2.9, 4.0)의 값이 교재와 같다
    """
    expect("softmax", [0.3, 2.9, 4.0], PROBABILITIES[0])


def test_softmax_of_a_batch():
    """softmax turns every row of a batch into probabilities

    softmax는 배치의 각 행을 확률로 바꾼다
    """
    expect("softmax", BATCH, PROBABILITIES)


def test_softmax_does_not_overflow():
    """softmax of 1010, 1000, 990 is right, without a warning

    softmax(1010, 1000, 990)의 값이 맞고 경고가 나지 않는다
    """
    expect("softmax", [1010.0, 1000.0, 990.0], [9.99954600e-01, 4.53978686e-05, 2.06106005e-09], quiet=True)


def test_softmax_of_a_single_class():
    """softmax of a single class is 1

    클래스가 하나이면 softmax는 1이다
    """
    expect("softmax", [5.0], [1.0])


def test_softmax_naive_of_the_lecture():
    """softmax_naive of 0.3, 2.9, 4.0 has the same values

    softmax_naive(0.3, 2.9, 4.0)도 값이 같다
    """
    expect("softmax_naive", [0.3, 2.9, 4.0], PROBABILITIES[0])


def test_softmax_naive_overflows_on_purpose():
    """softmax_naive of 1010, 1000, 990 is nan

    softmax_naive(1010, 1000, 990)은 nan이다
    """
    expect("softmax_naive", [1010.0, 1000.0, 990.0], [np.nan, np.nan, np.nan])


def test_predict_class_of_one_sample():
    """predict_class of 0.3, 2.9, 4.0 is class 2

    predict_class(0.3, 2.9, 4.0)은 2번 클래스이다
    """
    expect("predict_class", [0.3, 2.9, 4.0], 2)


def test_predict_class_of_a_batch():
    """predict_class gives one class for every row of a batch

    predict_class는 배치의 행마다 클래스를 하나씩 돌려준다
    """
    expect("predict_class", BATCH, [2, 0])


def test_binary_decision_of_the_handout():
    """binary_decision compares the sigmoid with one half, not the sum

    binary_decision은 합이 아니라 시그모이드 값을 0.5와 비교한다
    """
    expect("binary_decision", [-2.0, 0.0, 0.3, 1.5], [0, 1, 1, 1])


def test_binary_decision_of_a_single_number():
    """binary_decision takes a single number too

    binary_decision은 수 하나도 받는다
    """
    expect("binary_decision", -0.3, 0)
