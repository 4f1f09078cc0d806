"""Korean particles fit the word before them, as it is read aloud."""

import pytest

from autograder.particles import with_particles


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("AND은(는)", "AND는"),
        ("XOR은(는)", "XOR은"),
        ("perceptron이(가)", "perceptron이"),
        ("sigmoid을(를)", "sigmoid를"),
        ("plot_step은(는)", "plot_step은"),
        ("`relu`와(과)", "`relu`와"),
        ("int_input은(는)", "int_input은"),
        ("WHY_INT_INPUT이(가)", "WHY_INT_INPUT이"),
        ("predict은(는)", "predict는"),
        ("loop을(를)", "loop를"),
        ("W1은(는)", "W1은"),
        ("UTF-16(으)로", "UTF-16으로"),
        ("TypeError(으)로", "TypeError로"),
        ("7(으)로", "7로"),
        ("서울(으)로", "서울로"),
        ("파일이(가)", "파일이"),
        ("모듈(gates)은(는)", "모듈(gates)는"),
        ("값 3을(를) 넣은(는)", "값 3을 넣은"),
        ("은(는)", "은(는)"),
    ],
)
def test_a_particle_follows_the_sound(written: str, read: str) -> None:
    assert with_particles(written) == read
