"""The boundary: where a student's code runs, and the only door to it.

launcher     the grader's side: starts the zygote, gets workers from it
client       the grader's side: asks a worker, keeps the clock
cgroup       one total for a zygote and its workers, where this user may make groups
selftest     observes that the layers hold
zygote       a clean interpreter with NumPy loaded; forks one worker per request
worker       locked down before it sees a byte of the student's; sends values, decides nothing
objects      values and references on the worker's side
figures      what a Matplotlib figure shows, as data
placeholder  inert plotting packages where an assignment asks for no plot
lockdown     Landlock, seccomp, limits, by ctypes: landlock, seccomp, probes, kernel
"""
