"""The message catalogue: keys to sentences in both languages.

`autograder/messages.toml` holds what the engine can say about any exercise; a grader folder's own `messages.toml`
adds what is particular to it, and may override an engine sentence by using the same key.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.particles import with_particles
from autograder.text import Text, clean, number

ENGINE_MESSAGES = Path(__file__).with_name("messages.toml")


class CatalogueError(Exception):
    """A catalogue cannot be used; the text says where and what to do."""


@dataclass(frozen=True)
class Catalogue:
    """Message templates by dotted key."""

    templates: Mapping[str, Text]

    def __contains__(self, key: str) -> bool:
        return key in self.templates

    def render(self, key: str, params: Mapping[str, object]) -> Text:
        """The sentence of `key` with `params` filled in.

        Raises CatalogueError for a key without a text, or a text that names a parameter which was not given.
        """
        template = self.templates.get(key)
        if template is None:
            raise CatalogueError(f"message {key!r} is in no catalogue; add it to the grader's messages.toml")
        values = {name: _shown(value) for name, value in params.items()}
        try:
            return Text(
                en=template.en.format_map({k: v.en for k, v in values.items()}),
                ko=with_particles(template.ko.format_map({k: v.ko for k, v in values.items()})),
            )
        except (KeyError, IndexError, ValueError) as error:
            raise CatalogueError(f"message {key!r} uses {error}, which the finding does not give") from error

    def fields(self, key: str) -> set[str]:
        """The parameter names that the sentence of `key` uses in either language."""
        text = self.templates[key]
        return {name for body in (text.en, text.ko) for _, name, _, _ in string.Formatter().parse(body) if name}


def _shown(value: object) -> Text:
    if isinstance(value, Text):
        return value
    shown = value if isinstance(value, str) else number(value)
    shown = clean(shown, newlines=True)
    return Text(en=shown, ko=shown)


def load(path: Path) -> dict[str, Text]:
    """The templates of one messages.toml. Raises CatalogueError with file and key."""
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path}: {error}; write it as TOML in UTF-8") from error
    return dict(_flatten(tree, path, ()))


def _flatten(tree: Mapping[str, object], path: Path, prefix: tuple[str, ...]) -> Iterator[tuple[str, Text]]:
    for name, value in tree.items():
        where = ".".join((*prefix, name))
        if not isinstance(value, dict):
            raise CatalogueError(f"{path}: {where} is not a table; give it en and ko")
        if "en" in value or "ko" in value:
            en, ko = value.get("en"), value.get("ko")
            if set(value) != {"en", "ko"} or not (isinstance(en, str) and isinstance(ko, str) and en and ko):
                raise CatalogueError(f"{path}: {where} needs exactly an English (en) and a Korean (ko) text")
            yield where, Text(en=en.strip(), ko=ko.strip())
        else:
            yield from _flatten(value, path, (*prefix, name))


@cache
def engine_messages() -> dict[str, Text]:
    return load(ENGINE_MESSAGES)


def catalogue(path: Path | None = None) -> Catalogue:
    """The engine's messages, with those of the grader at `path` on top."""
    return Catalogue(engine_messages() | (load(path) if path is not None else {}))
