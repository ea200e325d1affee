import pytest

from academy.devices import device_of

ANDROID = "Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 (KHTML, like Gecko) "
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "


@pytest.mark.parametrize(
    ("said", "device"),
    [
        (ANDROID + "Chrome/130.0 Mobile Safari/537.36", "Chrome · Android"),
        (ANDROID + "Chrome/126.0 Mobile Safari/537.36 aweme_320000", "Douyin · Android"),
        (IPHONE + "(KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.50", "WeChat · iPhone"),
        (IPHONE + "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari · iPhone"),
        (WINDOWS + "Chrome/130.0 Safari/537.36 Edg/130.0", "Edge · Windows"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
            "Firefox · Linux",
        ),
        ("curl/8.0", ""),
        ("<script>alert(1)</script>", ""),
        ("", ""),
    ],
)
def test_a_browser_is_named_in_two_words_of_ours(said, device):
    assert device_of(said) == device
