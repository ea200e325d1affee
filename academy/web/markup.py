"""The HTML of the few pages that need no Streamlit: forms that any browser and any phone can fill.

Every function takes text and returns markup; whatever is not `Markup` is text and is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path
from urllib.parse import quote

from academy.web.forms import TOKEN_FIELD
from academy.web.language import _, current
from academy.web.theme import STYLESHEET

REFUSED = "refused"
"""The id of the sentence that says why a form was refused."""

_MARK = (Path(__file__).parent.parent / "ui" / "mark.svg").read_text(encoding="utf-8")
_ICON = f"data:image/svg+xml,{quote(_MARK)}"
TAGS = {"zh": "zh-CN", "en": "en"}
"""What each language is called in HTML and in headers."""


class Markup(str):
    """HTML that is ready to be sent."""

    __slots__ = ()


def text(value: str | Markup) -> Markup:
    """Text as it was written, whoever wrote it."""
    return value if isinstance(value, Markup) else Markup(escape(value))


def joined(parts: Iterable[Markup]) -> Markup:
    return Markup("\n".join(part for part in parts if part))


def name(value: str) -> Markup:
    """A stranger's name inside a sentence: bold, and unable to turn the direction of the rest."""
    return Markup(f"<b><bdi>{escape(value)}</bdi></b>")


def sentence(template: str, **parts: str | Markup) -> Markup:
    """A translated sentence with its `{fields}` filled in."""
    return Markup(escape(template).format(**{key: text(part) for key, part in parts.items()}))


def paragraph(content: str | Markup, *, kind: str = "") -> Markup:
    return Markup(f"<p{_attributes({'class': kind})}>{text(content)}</p>")


def bullets(entries: Iterable[str | Markup]) -> Markup:
    return Markup("<ul>" + "".join(f"<li>{text(entry)}</li>" for entry in entries) + "</ul>")


def link(address: str, label: str, *, kind: str = "") -> Markup:
    return Markup(f"<a{_attributes({'href': address, 'class': kind})}>{escape(label)}</a>")


def field(
    key: str,
    label: str,
    *,
    hint: str = "",
    is_refused: bool = False,
    value: str = "",
    type_: str = "text",
    autocomplete: str = "off",
    is_required: bool = True,
    most: int = 200,
) -> Markup:
    """A labelled input with its hint; if it was refused, the reason stands above the form."""
    described = [f"{key}-hint"] * bool(hint) + [REFUSED] * is_refused
    attributes = _attributes(
        {
            "id": key,
            "name": key,
            "type": type_,
            "value": value,
            "autocomplete": autocomplete,
            "autocapitalize": "none",
            "spellcheck": "false",
            "maxlength": str(most),
            "aria-describedby": " ".join(described),
            "aria-invalid": "true" * is_refused,
        }
    )
    return joined(
        [
            Markup(f'<label for="{key}">{escape(label)}</label>'),
            _hint(key, hint),
            Markup(f"<input{attributes}{' required' * is_required}>"),
        ]
    )


def checkbox(
    key: str, label: str, *, hint: str = "", is_on: bool = False, is_required: bool = False
) -> Markup:
    attributes = _attributes(
        {
            "id": key,
            "name": key,
            "type": "checkbox",
            "value": "yes",
            "aria-describedby": f"{key}-hint" if hint else "",
        }
    )
    state = " checked" * is_on + " required" * is_required
    return joined(
        [
            Markup(
                f'<label class="choice" for="{key}"><input{attributes}{state}>'
                f"<span>{escape(label)}</span></label>"
            ),
            _hint(key, hint),
        ]
    )


def alert(message: str) -> Markup:
    """Why nothing was done, above everything, where it is read out first."""
    return Markup(f'<p role="alert" id="{REFUSED}">{escape(message)}</p>')


def hidden(key: str, value: str = "yes") -> Markup:
    return Markup(f'<input type="hidden" name="{key}" value="{escape(value)}">')


def button(label: str, *, kind: str = "", key: str = "", value: str = "") -> Markup:
    """A button that sends its form, and with it which button it was."""
    attributes = _attributes({"type": "submit", "class": kind, "name": key, "value": value})
    return Markup(f"<button{attributes}>{escape(label)}</button>")


def form(content: Iterable[Markup], token: str, *, kind: str = "") -> Markup:
    """A form that sends itself to the address it stands at."""
    return Markup(
        f'<form method="post"{_attributes({"class": kind})}>\n'
        f"{joined([hidden(TOKEN_FIELD, token), *content])}\n</form>"
    )


def document(title: str, body: Iterable[Markup], *, other_language: str, is_refused: bool) -> str:
    """The whole page; `other_language` is the same page's address in the other language."""
    language = current()
    shown = f"{_('Not done')}: {title}" if is_refused else title
    head = (
        f'<html lang="{TAGS[language]}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="robots" content="noindex">\n'
        f"<title>{escape(shown)} · {escape(_('Merchant Academy'))}</title>\n"
        f'<link rel="icon" href="{_ICON}">\n<link rel="stylesheet" href="{STYLESHEET}">\n</head>'
    )
    other, other_tag = ("中文", TAGS["zh"]) if language == "en" else ("English", TAGS["en"])
    header = (
        f'<header><a class="home" href="/"><span aria-hidden="true">{_MARK}</span>'
        f"<span>{escape(_('Merchant Academy'))}</span></a>"
        f'<a href="{escape(other_language)}" lang="{other_tag}" hreflang="{other_tag}">{other}</a>'
        "</header>"
    )
    main = f"<main>\n<h1>{escape(title)}</h1>\n{joined(body)}\n</main>"
    return f"<!doctype html>\n{head}\n<body>\n{header}\n{main}\n</body>\n</html>\n"


def _hint(key: str, hint: str) -> Markup:
    return Markup(f'<p class="hint" id="{key}-hint">{escape(hint)}</p>' if hint else "")


def _attributes(values: dict[str, str]) -> str:
    """Those that have a value."""
    return "".join(f' {key}="{escape(value)}"' for key, value in values.items() if value)
