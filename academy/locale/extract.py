"""Find the interface's texts in the source, for Babel: `_("…")` and `plural("…", "…", n)`.

Babel's own reader passes over calls inside f-strings on Python 3.11; the syntax tree has them all.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from typing import IO, Any

Found = tuple[int, str, str | tuple[str, ...], list[str]]


def messages(
    source: IO[bytes], keywords: Collection[str], comment_tags: Any, options: Any
) -> Iterator[Found]:
    """Line, function, text or texts, comments: what Babel asks of an extraction method."""
    for node in ast.walk(ast.parse(source.read())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            texts = tuple(
                each.value
                for each in node.args
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
            )
            if name == "_" and texts:
                yield node.lineno, "gettext", texts[0], []
            elif name == "plural" and len(texts) == 2:
                yield node.lineno, "ngettext", texts, []
