"""nbgrader with this engine: its commands, formgrader and gradebook; our sandbox and our graders.

configure      what nbgrader_config.py calls
folder         `autograder nbgrader init`: a course folder for nbgrader
exporter       how `nbgrader autograde` reads what was handed in
preprocessors  ours in place of nbgrader's: stubs, no kernel, the gradebook, feedback without the rubric
rebuild        a student's notebook out of its cells' sources
parts          what stands below a test cell
grading        the process that grades
record         Results into the gradebook
entries        a Result as scores and comments of cells
comments       what a student reads beside a solution
inert          a student's text, harmless wherever it is rendered
kernels        none for a student's notebook of ours
strays         what else lies in a student's folder
scheme         what the gradebook holds of an assignment
database       the gradebook, opened quickly

nbgrader itself is needed by configure, exporter and preprocessors when they are loaded, by database when it is asked.
"""

from autograder.nbgrader.configure import configure as configure
