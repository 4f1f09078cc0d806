"""Notebooks that tests hand in."""

from __future__ import annotations

import json
from typing import Any


def notebook(*sources: str | tuple[str, str] | dict[str, Any], **fields: Any) -> bytes:
    """An .ipynb: each source is a code cell, or kind and source, or a whole cell."""
    made = []
    for source in sources:
        cell = source if isinstance(source, dict) else {}
        if not isinstance(source, dict):
            kind, text = source if isinstance(source, tuple) else ("code", source)
            cell = {"cell_type": kind, "metadata": {}, "source": text}
            cell |= {"outputs": [], "execution_count": None} if kind == "code" else {}
        made.append(cell)
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made} | fields).encode()
