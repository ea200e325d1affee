from __future__ import annotations

import pytest

from academy.charts.team import spoken, team_tree
from academy.language import LANGUAGES, Text
from academy.team_plan import Post
from tests.charts.specs import assert_colours_of, assert_valid, texts

HEAD = Post("head", Text("店主", "Owner"), 1, Text("小满", "Ada"), None, 0, None)
SERVICE = Post("service", Text("客服", "Service"), 0, None, Text("丈夫兼", "her husband"), 1, 0)
TEAM = (HEAD, SERVICE)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_vega_lite_in_the_colours_of_the_theme(mode, language):
    spec = team_tree(TEAM, mode=mode, language=language)
    assert_valid(spec)
    assert_colours_of(spec, mode)


def test_a_post_that_nobody_holds_alone_is_dashed_and_has_no_number():
    spec = team_tree(TEAM, mode="light", language="zh")
    assert dict(zip(texts(spec, "title"), texts(spec, "dash"), strict=True)) == {
        "店主 · 1 人": [1, 0],
        "客服": [3, 3],
    }


def test_posts_do_not_overlap_and_each_hangs_on_the_one_above():
    spec = team_tree(TEAM, mode="light", language="en")
    for layout in ("wide", "narrow"):
        tops, bottoms = set(texts(spec, f"top_{layout}")), set(texts(spec, f"bottom_{layout}"))
        assert max(tops) > min(bottoms)
        assert set(texts(spec, f"from_{layout}")) == {min(bottoms)}


def test_the_description_names_every_post_and_whom_it_reports_to():
    spec = team_tree(TEAM, mode="light", language="en")
    assert spec["description"] == "Owner · 1 · Ada; Service · her husband ← Owner."
    assert spoken(SERVICE, "zh") == "客服 · 丈夫兼"
