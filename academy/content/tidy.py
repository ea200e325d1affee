"""Setting Chinese punctuation: what a machine can mend in content without judgement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from academy.content.measure import CHINESE, has_chinese
from academy.content.reader import content_files
from academy.content.source import LOADER, split_front_matter

HALF_WIDTH = re.compile(
    f'(?<=[{CHINESE}”’）》」])[,;:!?"]'
    f"|(?<=[^\\s,;:!?])[,;!?](?=[{CHINESE}“《「])"
    f'|(?<=[{CHINESE}])[()](?=[{CHINESE}])|"(?=[{CHINESE}])'
)
"""Punctuation of half width where Chinese asks for full width."""

FULL_FORM = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）"}

_QUOTED = re.compile(r'\\?"([^"\n]*?)\\?"')
_PARENTHESES = re.compile(rf"(?<!\])\(([^()\n]*[{CHINESE}][^()\n]*)\)")
_SIGN = re.compile(f"(?:{HALF_WIDTH.pattern}) *")


def tidy(root: Path) -> list[Path]:
    """Set the punctuation of every Chinese text below `root`; return the files that changed."""
    changed = []
    for path in content_files(root):
        before = path.read_text(encoding="utf-8")
        after = _tidy_yaml(before) if path.suffix == ".yaml" else _tidy_page(before, path.name)
        if after != before:
            path.write_text(after, encoding="utf-8")
            changed.append(path)
    return changed


def full_width(text: str) -> str:
    """The text with the punctuation that Chinese asks for."""
    return "\n".join(_full_width_row(row) for row in text.split("\n"))


def _full_width_row(row: str) -> str:
    if not has_chinese(row):
        return row
    if row.count('"') % 2 == 0:
        row = _QUOTED.sub(r"“\1”", row)
    row = _PARENTHESES.sub(r"（\1）", row)
    return _SIGN.sub(lambda sign: FULL_FORM.get(sign[0][0], sign[0]), row)


def _tidy_page(text: str, name: str) -> str:
    if not name.endswith(".zh.md"):
        return text
    front, rows, _ = split_front_matter(text)
    if front is None:
        return full_width(text)
    head = _tidy_yaml(front, every=True)
    return f"---\n{head}\n---\n{full_width(chr(10).join(rows))}"


def _tidy_yaml(text: str, *, every: bool = False) -> str:
    """Set the texts below the key 'zh', or all of them; what is not YAML stays as it is."""
    try:
        root = LOADER(text).get_single_node()
    except yaml.YAMLError:
        return text
    spans = sorted(_spans(root, every)) if root else []
    for start, end in reversed(spans):
        text = text[:start] + full_width(text[start:end]) + text[end:]
    return text


def _spans(node: yaml.Node, wanted: bool) -> Iterator[tuple[int, int]]:
    """From where to where the wanted texts go, without the quotes around them."""
    if isinstance(node, yaml.ScalarNode) and wanted:
        quotes = 1 if node.style in ("'", '"') else 0
        yield node.start_mark.index + quotes, node.end_mark.index - quotes
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _spans(child, wanted)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _spans(value, wanted or key.value == "zh")
