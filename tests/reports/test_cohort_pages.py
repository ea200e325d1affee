"""What is printed of a cohort: one page on the whole, and a page on each merchant."""

from __future__ import annotations

import io
import random
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest

from academy import services
from academy.cohort_analytics import cohort_table
from academy.cohort_work import item_figures, levels_today
from academy.teaching_plan import teaching_plan
from academy.ui import language
from academy.ui.cohort_reports import cohort_report, merchant_pages
from tests.cast import gather
from tests.reports.test_pages import HOSTILE, read, words
from tests.test_cohort_work import practise


@pytest.fixture
def printed(records, curriculum, noon):
    """Prints the page on a cohort of so many merchants, who practised one skill."""

    def make(people: int, spoken: str) -> bytes:
        cast = gather(records, noon)
        for number in range(people):
            learner = f"merchant-{number:04}"
            services.join_cohort(
                records, learner, cast.cohort.code, name=f"M{number}", address="192.0.2.1", now=noon
            )
            services.choose_stage(records, learner, curriculum.framework, "growing", now=noon)
            practise(records, curriculum, learner, random.Random(number), 0.3, noon, False)
        later = noon + timedelta(days=1)
        watched = services.watch_cohort(records, cast["Dana"], curriculum, cast.cohort.id)
        list(services.work_out_summaries(records, curriculum, watched.missing, now=later))
        watched = services.watch_cohort(records, cast["Dana"], curriculum, cast.cohort.id)
        works = watched.works
        levels = levels_today(curriculum.framework, works)
        table = cohort_table(
            curriculum.framework,
            list(watched.members.values()),
            watched.summaries,
            ends_on=None,
            now=later,
        )
        with language.speaking(spoken):
            return cohort_report(
                curriculum,
                replace(watched.cohort, title=HOSTILE),
                table,
                teaching_plan(curriculum, works, levels, item_figures(curriculum, works, levels)),
                late=0,
                now=later,
            )

    return make


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_a_cohorts_page_is_one_page_with_everything_the_boss_asks_for(curriculum, printed, spoken):
    pdf = printed(12, spoken)
    said = words(pdf)
    assert len(read(pdf).pages) == 1
    assert '#eval("1+1")' in said
    for ability in curriculum.framework.abilities:
        assert "".join(ability.short.in_(spoken).split()) in said
    for part in (
        ("最缺的能力", "前后对比", "一小时讲什么最值", "收入承诺")
        if spoken == "zh"
        else ("Mostmissing", "Beforeandafter", "Whereanhourhelpsmost", "promisesincome")
    ):
        assert part in said


def test_of_fewer_than_five_nothing_is_told(printed):
    said = words(printed(2, "en"))
    assert "appearwhensomethingisknownof5merchants" in said
    assert "%" not in said.split("Wherean")[0]
    assert "Mostmissing" not in said


def test_every_merchants_page_is_in_one_archive_whatever_they_call_themselves(
    records, curriculum, noon
):
    cast = gather(records, noon)
    services.join_cohort(
        records, cast.id("Bea"), cast.cohort.code, name="../=1+1", address="192.0.2.1", now=noon
    )
    people = [
        services.member_history(records, cast["Dana"], cast.cohort.id, cast.id(name))
        for name in ("Ada", "Bea")
    ]
    archive = io.BytesIO()
    with language.speaking("zh"):
        assert list(merchant_pages(curriculum, people, archive, now=noon)) == ["Ada", "../=1+1"]
    with zipfile.ZipFile(archive) as packed:
        names = packed.namelist()
        assert len(names) == 2
        assert all("/" not in name and name.endswith(".pdf") for name in names)
        assert len(read(packed.read(names[1])).pages) == 1
