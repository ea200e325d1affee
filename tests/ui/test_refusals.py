from typing import get_args

from academy.services.refusals import Reason
from academy.ui.components import frame
from academy.web import wording


def test_every_refusal_is_put_into_words_somewhere():
    said = set(frame._REASONS) | set(wording._REASONS) | {"too-many-tries"}
    assert set(get_args(Reason)) == said
