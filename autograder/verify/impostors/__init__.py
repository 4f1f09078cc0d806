"""Impostors: generated submissions that are right about nothing, or only about what is published.

generate   the files
sightings  what is published: the calls of the visible examples and of shown cases
outline    what the reference has that the stub has not
pretence   part of the generated files: values of the right type and shape
recording  part of the generated files: calls and answers as literals
"""

from autograder.verify.impostors.generate import Impostor as Impostor
from autograder.verify.impostors.generate import impostors as impostors
