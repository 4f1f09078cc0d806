"""Proof of the graders: right submissions get full marks, wrong ones what they deserve, and no doubt is left."""

from autograder.verify.command import prove, run

__all__ = ["prove", "run"]
