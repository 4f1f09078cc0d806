"""`check`: the visible examples on the student's own code, on the student's own machine.

command      `autograder check`: which assignments, once or on every save
kernel       `from autograder import check`: the same in a notebook, without a change to its kernel
history      what was run in a kernel
child        the parent's end of the process that runs the examples; keeps the clock
examples     that process: plain pytest, one answer per example
loading      the student's code there: a file, or what the tasks need of a kernel's cells
evidence     what an example that does not hold shows
lazy_plots   Matplotlib only when something draws
"""
