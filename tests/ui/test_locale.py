"""The interface speaks both languages whole."""

import gettext
import string
from io import BytesIO
from pathlib import Path

import pytest

from academy.locale.extract import messages

ROOT = Path(__file__).parent.parent.parent
SPEAKING = ("academy/ui/**/*.py", "academy/web/**/*.py", "pages/**/*.py")
FILES = sorted(file for pattern in SPEAKING for file in ROOT.glob(pattern))
CATALOGUE = gettext.translation("academy", ROOT / "academy" / "locale", languages=["zh"])
SAME_IN_BOTH = {"TikTok Shop"}


def texts() -> list[tuple[str, ...]]:
    found = {}
    for file in FILES:
        with file.open("rb") as source:
            for line, _, text, _ in messages(source, (), (), {}):
                found[text if isinstance(text, tuple) else (text,)] = f"{file.name}:{line}"
    return sorted(found)


def in_chinese(text: tuple[str, ...]) -> str:
    return CATALOGUE.ngettext(*text, 2) if len(text) == 2 else CATALOGUE.gettext(text[0])


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("text", texts(), ids=lambda text: text[0][:40])
def test_every_text_of_the_interface_is_in_chinese_with_the_same_fields(text):
    chinese = in_chinese(text)
    assert chinese != text[-1] or text[0] in SAME_IN_BOTH, "Add it to academy.po and compile."
    assert fields(chinese) == fields(text[-1])


def test_the_catalogue_holds_nothing_that_the_interface_does_not_say():
    known = {text[0] for text in texts()}
    held = {key[0] if isinstance(key, tuple) else key for key in CATALOGUE._catalog if key}
    assert held - known == set()


def test_an_f_string_hides_no_text():
    source = BytesIO(b"""f"{_('inside')} {plural('one', 'many', 3)}" """)
    found = [text for _, _, text, _ in messages(source, (), (), {})]
    assert found == ["inside", ("one", "many")]
