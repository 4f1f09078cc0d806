"""From the paths that an instructor typed to submissions, as data only.

collect      files, folders, class folders: which submissions there are
commit       one module or notebook out of a commit, wherever its objects are
wanted       module or notebook of an assignment, and which of both counts
notebook     the code cells of a notebook as one source
archive      one file out of a zip or tar, never extracted
tar          a bounded reader of tar and gzip
submission   bytes to text, names to safe names, and the words for what is wrong
"""

from autograder.ingest.collect import IngestError as IngestError
from autograder.ingest.collect import collect as collect
from autograder.ingest.commit import MAX_COMMITTED as MAX_COMMITTED
from autograder.ingest.commit import Commit as Commit
from autograder.ingest.commit import Entry as Entry
from autograder.ingest.commit import read_commit as read_commit
from autograder.ingest.submission import Problem as Problem
from autograder.ingest.submission import Submission as Submission
from autograder.ingest.submission import file_name as file_name
from autograder.ingest.submission import visible as visible
from autograder.ingest.wanted import MAX_SOURCE as MAX_SOURCE
from autograder.ingest.wanted import Wanted as Wanted
