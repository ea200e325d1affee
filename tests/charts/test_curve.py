"""The small chart beside a calculator."""

from academy.charts.curve import curve

POINTS = ((0.0, 2.0), (0.2, 2.5), (0.4, 3.3))


def drawn(here=(0.2, 2.5), mode="light"):
    return curve(
        POINTS, here, x_title="Refunds", y_title="ROI", x_is_share=True, y_is_share=False, mode=mode
    )


def values(spec):
    return [row for layer in spec["layer"] for row in spec["datasets"][layer["data"]["name"]]]


def test_the_curve_shows_its_points_and_where_the_reader_stands():
    shown = [(row["x"], row["y"]) for row in values(drawn())]
    assert shown == [*POINTS, (0.2, 2.5)]


def test_without_a_result_there_is_no_mark():
    assert len(drawn(here=None)["layer"]) == 1


def test_light_and_dark_differ_and_each_is_given_anew():
    assert drawn() == drawn() is not drawn()
    assert drawn(mode="dark") != drawn()
