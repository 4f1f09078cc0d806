"""An assignment as one notebook, made from its reference, its visible examples and its handouts.

assemble   which cells there are, in which order: the student's notebook and the instructor's
reference  the reference, cut into the setup and a cell for each task
examples   the visible examples, cut into what they share and the tests of each task
handout    the handouts, cut into sections
words      what the notebook says beside them, in both languages
document   cells to the bytes of an .ipynb file
"""

from autograder.notebook.assemble import instructor as instructor
from autograder.notebook.assemble import solution_cells as solution_cells
from autograder.notebook.assemble import student as student
