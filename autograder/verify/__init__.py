"""Proof of the graders: right submissions get full marks, wrong ones exactly what they deserve, and nothing slips by."""

from autograder.verify.command import prove, run

__all__ = ["prove", "run"]
