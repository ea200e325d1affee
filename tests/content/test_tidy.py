from __future__ import annotations

import pytest

from academy.content.tidy import HALF_WIDTH, full_width


@pytest.mark.parametrize(
    ("half", "full"),
    [
        ("先看分数,再看商品。", "先看分数，再看商品。"),
        ("为什么?因为慢!", "为什么？因为慢！"),
        ("平台看的是:揽收; 不是面单", "平台看的是：揽收；不是面单"),
        ('主播说"今天发",后台写"两天"', "主播说“今天发”，后台写“两天”"),
        ("千次成交(每千次观看)要高", "千次成交（每千次观看）要高"),
        ("看 GMV,不看人数", "看 GMV，不看人数"),
        ("满 {fact:trial-order-cap},就转正", "满 {fact:trial-order-cap}，就转正"),
    ],
)
def test_chinese_punctuation_gets_its_full_width(half, full):
    assert full_width(half) == full
    assert HALF_WIDTH.search(full) is None


@pytest.mark.parametrize(
    "text",
    [
        "1:1 的画面在 10:30 开播",
        "[体验分](lesson:shop-health-basic)以后",
        ":rule: 先看最低的一项。",
        "12,000 元",
        "Nothing, here (at all): Chinese?",
        '- [ ] 打开 "Seller Center',
    ],
)
def test_what_is_no_chinese_punctuation_stays(text):
    assert full_width(text) == text
