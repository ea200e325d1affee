from academy.ui.strangers import as_text


def test_what_streamlit_would_make_something_of_is_kept_from_it():
    assert as_text("<b> $x$ [y](z)") == r"\<b\> \$x\$ \[y\]\(z\)"
    assert ":material" not in as_text(":material/delete: :smile:").replace("\\", "")
    assert as_text(":material/delete:").replace("\u2060", "") == r"\:material/delete\:"


def test_ordinary_words_stay_as_they_are():
    assert as_text("李娜的小店 12:30").replace("\u2060", "") == r"李娜的小店 12\:30"
