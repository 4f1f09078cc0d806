"""nbgrader's gradebook, opened quickly, and what goes wrong with it in words that help.

`import nbgrader.api` takes 3 s on its own: the package's `__init__` loads four server extensions, and `utils` loads
setuptools for unpacking archives and nbformat for the name of a type. A gradebook uses none of it. So in a process
that has not loaded nbgrader, those parents stand empty while `nbgrader.api` is imported (0.3 s, most of it
SQLAlchemy), and are gone again afterwards. Where that fails, as a later nbgrader may make it, the plain import follows.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import os
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

COURSE_ID = "nand2mnist"
DEFAULT_COURSE = "default_course"  # nbgrader's own name for a course without one
URL_EXAMPLE = "sqlite:///gradebook.db"
SERVER_EXAMPLE = "postgresql://USER:PASSWORD@HOST/DATABASE"
INSTALL = "in the course's folder: pip install --editable '.[nbgrader]'"  # by name PyPI has another's

TRIES = 5
_SECRET = re.compile(r"([:/][^/?#@:]*:).*(?=@)|([?&]\w*(?:password|passwd|pwd)=)[^&#]*", re.IGNORECASE | re.DOTALL)
T = TypeVar("T")


class GradebookError(Exception):
    """The gradebook cannot be used; the text says what to do."""


@cache
def api() -> Any:
    """The module `nbgrader.api`. Raises GradebookError where nbgrader is not installed."""
    try:
        if "nbgrader" not in sys.modules:
            with contextlib.suppress(Exception), _empty_parents():
                return importlib.import_module("nbgrader.api")
        return importlib.import_module("nbgrader.api")
    except ImportError as error:
        raise GradebookError(f"nbgrader cannot be loaded ({error}); {INSTALL}") from error


@contextlib.contextmanager
def _empty_parents() -> Iterator[None]:
    """Packages without their `__init__`, as long as nobody has loaded the real ones."""
    archives = ModuleType("setuptools.archive_util")
    vars(archives).update(dict.fromkeys(("unpack_archive", "unpack_tarfile", "unpack_zipfile")))
    authenticators = ModuleType("nbgrader.auth")  # of JupyterHub, by `requests`
    vars(authenticators)["Authenticator"] = object
    standing = {"setuptools": ModuleType("setuptools"), "setuptools.archive_util": archives}
    standing["nbgrader.auth"] = authenticators
    standing |= {name: _empty(name) for name in ("nbgrader", "nbformat")}
    standing = {name: module for name, module in standing.items() if name.partition(".")[0] not in sys.modules}
    packages = {name.partition(".")[0] for name in standing}
    sys.modules.update(standing)
    try:
        yield
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] in packages]:
            del sys.modules[name]  # whoever imports one of them later gets the real one, whole


def _empty(name: str) -> ModuleType:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.submodule_search_locations is None:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    module = ModuleType(name)
    module.__path__ = list(spec.submodule_search_locations)
    return module


def open_gradebook(url: str, course_id: str | None = None) -> Any:
    """The Gradebook at `url`; tables are made where there are none. Raises GradebookError.

    `course_id`: the course of assignments that are not there yet; by default the one that the gradebook has.
    """
    with explained(url):
        parsed = _parsed(url)
        with _own_programs():
            return retried(lambda: _opened(url, course_id or _course(parsed)))


def _opened(url: str, course_id: str) -> Any:
    gradebook = api().Gradebook(url, course_id)
    try:
        _finish(gradebook)
    except BaseException:
        gradebook.close()
        raise
    return gradebook


def retried(step: Callable[[], T]) -> T:
    """What `step` returns, a transaction: it begins anew where somebody else has just made the same row or table, or
    where the connection was lost."""
    from sqlalchemy import exc

    for _ in range(TRIES - 1):
        try:
            return step()
        except exc.DBAPIError as error:
            made = isinstance(error, exc.IntegrityError) or "already exists" in str(error.orig)
            if not made and not error.connection_invalidated:
                raise
    return step()


def _finish(gradebook: Any) -> None:
    """Give tables that were just made their version: nbgrader does so only where it was not stopped in between."""
    import sqlalchemy

    session, text = gradebook.db, sqlalchemy.text
    with contextlib.suppress(sqlalchemy.exc.OperationalError, sqlalchemy.exc.ProgrammingError):
        if session.execute(text("SELECT 1 FROM alembic_version")).first():
            return
    session.rollback()
    if not session.execute(text("SELECT 1 FROM student UNION ALL SELECT 1 FROM assignment")).first():
        session.execute(text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL)"))
        session.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": api().get_alembic_version()})
        session.commit()


def _course(parsed: Any) -> str:
    """The course that a gradebook has already, if it has one of its own."""
    import sqlalchemy

    engine = sqlalchemy.create_engine(parsed)
    try:
        with engine.connect() as connection:
            if not sqlalchemy.inspect(connection).has_table("course"):
                return COURSE_ID
            named = list(connection.execute(sqlalchemy.text("SELECT id FROM course ORDER BY id")).scalars())
    finally:
        engine.dispose()
    return next((name for name in named if name != DEFAULT_COURSE), DEFAULT_COURSE if named else COURSE_ID)


def _parsed(url: str) -> Any:
    import sqlalchemy.engine

    try:
        parsed = sqlalchemy.engine.make_url(url)
    except ValueError:  # of a port
        raise GradebookError(_no_address(url)) from None
    if "@" in (parsed.host or ""):
        raise GradebookError(f"{shown(url)}: two @; write one in a password as %40")
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        folder = Path(parsed.database).parent
        if not folder.is_dir():
            raise GradebookError(f"{url}: no folder {folder}; check the path ({URL_EXAMPLE} lies where you stand)")
    return parsed


@contextlib.contextmanager
def _own_programs() -> Iterator[None]:
    """nbgrader asks the program `alembic` which version a new gradebook has: the one beside this Python."""
    saved = os.environ.get("PATH", os.defpath)
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), saved])
    try:
        yield
    finally:
        os.environ["PATH"] = saved


@contextlib.contextmanager
def explained(url: str) -> Iterator[None]:
    """Errors of the database as GradebookError."""
    api()
    from sqlalchemy import exc

    try:
        yield
    except exc.NoSuchModuleError as error:
        raise GradebookError(f"{shown(url)}: {error}; check what stands before ://") from None
    except exc.ArgumentError:
        raise GradebookError(_no_address(url)) from None
    except exc.SQLAlchemyError as error:
        raise GradebookError(f"{shown(url)}: {_told(str(getattr(error, 'orig', None) or error))}") from error
    except ImportError as error:
        fact = " ".join(str(error).split())
        raise GradebookError(f"{shown(url)}: {fact}; {_driver(error.name)}") from error


def _no_address(url: str) -> str:
    return f"{shown(url)}: no address of a database; write for example {URL_EXAMPLE} or {SERVER_EXAMPLE}"


def _driver(module: str | None) -> str:
    """SQLAlchemy 2.1 takes psycopg for postgresql://, an older one psycopg2."""
    packages = {"psycopg": "'psycopg[binary]'", "psycopg2": "psycopg2-binary"}
    if module not in packages:
        return "install the driver of this database"
    other = "postgresql+psycopg2://" if module == "psycopg" else "postgresql+psycopg://"
    return f"pip install {packages[module]}, or name the driver that you have ({other})"


def shown(url: str) -> str:
    """The address, or what was meant as one, without its password."""
    return _SECRET.sub(lambda found: f"{found[1] or found[2]}***", url)


_UPGRADE = "it is of an older nbgrader; make a copy and run `nbgrader db upgrade`"
_SERVER = "check host and port in the address, and that the database server runs"
_SAID = {
    "password": "check user and password in the address (an @ in them is written %40)",
    "fatal: role": "check user and password in the address",
    "fatal: database": "check its name in the address, or create the database",
    "permission denied": "let this user create tables in the database and write into them",
    "connection refused": _SERVER,
    "host name": _SERVER,
    "resolve host": _SERVER,
    "timed out": _SERVER,
    "locked": "somebody else is writing to it; close what does and run the same command again",
    "readonly": "make it and its folder writable",
    "read-only": "make it and its folder writable",
    "unable to open": "check that the folder is there and can be written",
    "not a database": "name nbgrader's gradebook.db",
    "no such column": _UPGRADE,
    "no such table": _UPGRADE,
    " does not exist": _UPGRADE,
    "full": "free space and run the same command again",
}


def _told(fact: str) -> str:
    """The database's own words in one line, and what to do."""
    fact = " ".join(fact.split())[:300]
    for word, advice in _SAID.items():
        if word in fact.lower():
            return f"{fact}; {advice}"
    return f"{fact}; nothing of this submission is written, and the same command can be run again"
