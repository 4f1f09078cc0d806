"""What students may not see: lines of solution regions, graders and their sentences, hidden values, the secret.

A line that is shown on purpose stands in `solutions/NN_slug/published.txt`, where a reviewer sees it. A number counts
as hidden if it has six digits or more and stands in no handout, example, stub or manifest of the course.
"""

from __future__ import annotations

import ast
import hashlib
import os
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from autograder import messages, stub
from autograder.course import SECRET_FILE, SECRET_VARIABLE, Course
from autograder.verify.leaks.readable import (
    DEPTH,
    LIMIT,
    UNREADABLE,
    Tokens,
    code_of,
    digest,
    stands_alone,
    text_of,
    tokens_of,
    unpacked,
)

Leak = tuple[int, str]  # line, fact

PUBLISHED = "published.txt"
MIN_SECRET = 16  # a shorter one, as in tests, is a word that stands anywhere
GRADER_TOKENS = 12  # a shorter line of a grader is an idiom of tests
PROSE_WORDS = 8
LONG = 10  # so many tokens in a row are no chance; fewer must be a statement of their own
DIGITS = 6
BLOCK, OVERLAP = 1 << 20, 1 << 12  # characters looked at together: tokens of a large file would fill the memory

COMPILED = "compiled code, which nobody can read"
FORBIDDEN = dict.fromkeys(("graders", "solutions", "rubric.toml", PUBLISHED, SECRET_FILE), "is the authors' only")
ENDINGS = {".golden": "a golden report", ".pyc": COMPILED, ".pyo": COMPILED}
WORK = re.compile(r"[-+*/%@<>]|\w\((?!\))")  # a line that computes, compares, or calls with arguments
IDIOM = re.compile(r"\w+=np\.(asarray|array|zeros_like)\(\w+(,dtype=\w+)?\)")
NUMBER = re.compile(r"(?<![\w.])\d[\d_]*(?:\.[\d_]*)?(?:[eE][-+]?\d+)?")


def named(name: str) -> Iterator[Leak]:
    if fact := FORBIDDEN.get(name) or ENDINGS.get(PurePosixPath(name).suffix):
        yield 1, fact


@dataclass
class Hidden:
    """What may not be seen, made for looking it up: `index` by the first four tokens."""

    index: dict[Tokens, list[tuple[Tokens, str, bool]]] = field(default_factory=dict)
    values: dict[float, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    secrets: list[bytes] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    seen: dict[bytes, list[Leak]] = field(default_factory=dict)

    @classmethod
    def of(cls, course: Course) -> Hidden:
        made = cls()
        root = course.root
        sources = [(path, *_regions(path.read_text("utf-8"))) for path in sorted(root.glob("solutions/*/*.py"))]
        lines = [
            (tokens, f"a line of the solution of {p.parent.name}") for p, inside, _ in sources for tokens in inside
        ]
        graders = [Source.of(path) for path in sorted(root.glob("autograder/graders/**/*.py"))]
        lines += [line for source in graders for line in _grader_lines(source)]
        made.stale = list(_drop_published(root, lines, {tokens for *_, outside in sources for tokens in outside}))
        for tokens, fact in lines:
            made.add(tokens, fact, len(tokens) >= LONG)
        for text, fact in _sentences(root):
            made.add(tokens_of(text), fact, True)
        made.values = _values(root, graders)
        for path in (*root.glob("solutions/*/**/*"), *root.glob("autograder/graders/*/**/*")):
            if path.suffix in (".py", ".golden", ".toml"):
                made.files[digest(path.read_bytes())] = path.relative_to(root).as_posix()
        made.files.pop("", None)
        file = root / SECRET_FILE
        keys = [os.environ.get(SECRET_VARIABLE, "").encode(), file.read_bytes().strip() if file.is_file() else b""]
        made.secrets = [key for key in keys if len(key) >= MIN_SECRET]
        return made

    def add(self, tokens: Tokens, fact: str, anywhere: bool) -> None:
        bucket = self.index.setdefault(tokens[:4], [])
        if (tokens, fact, anywhere) not in bucket:
            bucket.append((tokens, fact, anywhere))

    def leaks(self, data: bytes) -> list[Leak]:
        """What is hidden and stands in `data`, or in what is packed in it; the same bytes are looked at once."""
        key = hashlib.sha256(data).digest()
        if key not in self.seen:
            found = self.seen[key] = []
            try:
                for name, part in unpacked(data, "", DEPTH, [LIMIT]):
                    inside = f", in its member {name}" if name else ""
                    by_name = (leak for each in PurePosixPath(name).parts for leak in named(each))
                    found += [(line, fact + inside) for line, fact in (*by_name, *self._in(part))]
            except UNREADABLE as error:
                found.append((1, f"an archive that cannot be looked into ({error})"))
        return self.seen[key]

    def _in(self, data: bytes) -> Iterator[Leak]:
        for secret in self.secrets:
            if (at := data.find(secret)) >= 0:
                yield 1 + data.count(b"\n", 0, at), "the course secret"
        text = text_of(data)
        if copied := self.files.get(digest(data)):
            yield 1, f"a copy of {copied}"
        for begin in range(0, len(text), BLOCK):
            before = text.count("\n", 0, begin)
            for line, fact in self._in_text(text[begin : begin + BLOCK + OVERLAP]):
                yield line + before, fact

    def _in_text(self, text: str) -> Iterator[Leak]:
        tokens = tokens_of(text)
        for at, key in enumerate(zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False)):
            for needle, fact, anywhere in self.index.get(key, ()):
                end = at + len(needle)
                if tokens[at:end] == needle and (anywhere or stands_alone(tokens, at, end)):
                    yield 1 + tokens[:at].count("\n"), fact
        for match in NUMBER.finditer(text):
            if len(match[0]) >= DIGITS and (fact := self.values.get(_value(match[0]), "")):
                yield 1 + text.count("\n", 0, match.start()), fact


@dataclass(frozen=True)
class Source:
    """A file of a grader: the assignment's folder name, the text, and the nodes of its tree."""

    folder: str
    text: str
    nodes: list[ast.AST]

    @classmethod
    def of(cls, path: Path) -> Source:
        text = path.read_text("utf-8")
        return cls(path.parent.name, text, list(ast.walk(ast.parse(text))))


def _regions(source: str) -> tuple[list[Tokens], set[Tokens]]:
    """The telling lines inside of a reference's regions, and all lines outside."""
    inside: list[Tokens] = []
    outside: set[Tokens] = set()
    within = False
    for line in source.splitlines():
        if line.strip() in (stub.BEGIN, stub.END):
            within = line.strip() == stub.BEGIN
        elif not within:
            outside.add(code_of(line))
        elif not line.strip().startswith(stub.STUB) and _telling(code_of(line)):
            inside.append(code_of(line))
    return inside, outside


def _telling(tokens: Tokens) -> bool:
    """Whether a line says how: `return x * (x > 0)` does; `else:`, `return y`, `self.lr = lr`, `ax.legend()` do not."""
    line = "".join(tokens)
    if len(tokens) < 4 or line.endswith(":") or IDIOM.fullmatch(line):
        return False
    return bool(WORK.search(line)) or sum(word[0].isalnum() for word in tokens) >= PROSE_WORDS


def _grader_lines(source: Source) -> Iterator[tuple[Tokens, str]]:
    """The telling lines of code of a grader. What stands in a docstring is a title, which students read."""
    prose: set[int] = set()
    for node in source.nodes:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            prose.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    for number, line in enumerate(source.text.splitlines(), start=1):
        if number not in prose and len(tokens := code_of(line)) >= GRADER_TOKENS and _telling(tokens):
            yield tokens, f"a line of a grader of {source.folder}"


def _drop_published(root: Path, lines: list[tuple[Tokens, str]], outside: set[Tokens]) -> Iterator[str]:
    """Take from `lines` what students are shown, in stubs or because an author says so; tell what is said in vain."""
    known = {tokens for tokens, _ in lines}
    shown = set(outside)
    for path in sorted(root.glob(f"solutions/*/{PUBLISHED}")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if line.strip() and not line.startswith("#"):
                shown.add(code_of(line))
                if code_of(line) not in known - outside:
                    place = path.relative_to(root).as_posix()
                    yield f"{place}:{number}: no line of a solution or grader that is looked for; delete it"
    lines[:] = [(tokens, fact) for tokens, fact in lines if tokens not in shown]


def _sentences(root: Path) -> Iterator[tuple[str, str]]:
    """Sentences and keys of the graders' catalogues and rubrics, which are not the engine's too."""
    engine = messages.engine_messages()
    common = "\n".join(sentence for text in engine.values() for sentence in (text.en, text.ko))
    for path in sorted(root.glob("autograder/graders/*/*.toml")):
        fact = f"a text of {path.relative_to(root).as_posix()}"
        for key, text in _strings(tomllib.loads(path.read_text("utf-8")), ()):
            name = key.rpartition(".")[0]  # without the language
            if "." in name and name not in engine:
                yield from ((quoted, fact) for quoted in (f'"{name}"', f"[{name}]"))
            for piece in sorted({text.strip(), *(part.strip() for part in re.split(r"\{[^{}]*\}", text))}):
                if len(re.findall(r"\w+", piece)) >= PROSE_WORDS and piece not in common:
                    yield piece, fact


def _strings(tree: object, key: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if isinstance(tree, str):
        yield ".".join(key), tree
    for name, value in tree.items() if isinstance(tree, dict) else ():
        yield from _strings(value, (*key, name))
    for value in tree if isinstance(tree, list) else ():
        yield from _strings(value, key)


def _values(root: Path, graders: Iterable[Source]) -> dict[float, str]:
    """Numbers of the graders that students do not see. 1000000 and 1e-12 have one digit."""
    visible: set[float] = set()
    for path in root.glob("assignments/*/*"):
        if path.suffix in (".md", ".py", ".toml"):
            visible |= {_value(match[0]) for match in NUMBER.finditer(path.read_text("utf-8"))}
    found: dict[float, str] = {}
    for source in graders:
        for node in source.nodes:
            number = node.value if isinstance(node, ast.Constant) else None
            if isinstance(number, (int, float)) and not isinstance(number, bool) and float(number) not in visible:
                digits = repr(number).partition("e")[0].replace(".", "").strip("0")
                if len(digits) >= DIGITS:
                    found[float(number)] = f"a hidden value of {source.folder}"
    return found


def _value(text: str) -> float:
    try:
        return float(text)
    except ValueError:  # 1__000
        return float("nan")
