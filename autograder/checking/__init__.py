"""`autograder check`: the visible examples on the student's own code, on the student's own machine.

command      what the student typed: which assignments, once or on every save
child        the parent's end of the process that runs the examples; keeps the clock
examples     that process: plain pytest, one answer per example
evidence     what an example that does not hold shows
lazy_plots   Matplotlib only when something draws
"""
