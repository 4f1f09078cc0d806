"""The boundary: where a student's code runs, and the only door to it.

client    the grader's side: starts the zygote, asks workers, keeps the clock
zygote    a clean interpreter with NumPy loaded; forks one worker per request
worker    locked down before it sees a byte of the student's; sends values, decides nothing
objects   values and references on the worker's side
figures   what a Matplotlib figure shows, as data
lockdown  Landlock, seccomp, limits, by ctypes
selftest  observes that the layers hold
"""
