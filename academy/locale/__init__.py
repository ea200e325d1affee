"""The interface's texts in Chinese, as gettext catalogues; the English text is the message id."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

from academy.language import Language


@cache
def catalogue(language: Language) -> gettext.NullTranslations:
    """The texts in one language."""
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation("academy", Path(__file__).parent, languages=[language])
