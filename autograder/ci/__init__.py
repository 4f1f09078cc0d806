"""`autograder ci …`: what the steps of the workflows do, each a command that a person can run too.

command    the commands, in the words that were typed
examples   stage 1: the visible examples, as advice
fetch      which submissions a pull request has, as data           → INBOX
collect    the same for students' private repositories
grading    INBOX → ANSWERS, in the sandbox, with an emptied environment
report     ANSWERS → comment, check, job summary; who is meant is asked of the event and the API alone
publish    one text that is updated, never repeated
feedback   Results → Markdown;  annotations: findings at the student's lines;  changes: what is different from last time
records    what lies in INBOX and ANSWERS
event      what GitHub says that happened;  pulls   the pull requests that this is about
objects    the files of a commit, from the API or from plain git
api        GitHub's REST API, as little of it as is needed
"""
