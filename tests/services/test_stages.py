from datetime import timedelta

import pytest

from academy import services
from academy.stage_finder import SHOP_FACTS

SHOP = {name: bands[0] for name, bands in SHOP_FACTS.items()} | {"months_open": 3, "orders": 30}


def test_the_finding_is_kept_with_its_facts_and_its_rule(records, ada, noon):
    services.find_and_choose_stage(records, ada, SHOP, now=noon)
    choice = services.read_history(records, ada).stage_choice
    assert (choice.stage, choice.rule, choice.shop_facts) == ("exploring", "first-sales", SHOP)
    assert not choice.is_overruled


def test_the_finding_may_be_overruled_and_what_it_said_is_kept(records, curriculum, ada, noon):
    services.find_and_choose_stage(records, ada, SHOP, now=noon)
    services.choose_stage(
        records, ada, curriculum.framework, "growing", now=noon + timedelta(minutes=1)
    )
    history = services.read_history(records, ada)
    assert (history.stage, history.stage_choice.found) == ("growing", "exploring")
    assert history.stage_choice.is_overruled
    assert [choice.stage for choice in history.stages] == ["exploring", "growing"]


def test_choosing_the_same_again_changes_nothing(records, ada, noon):
    for minute in range(3):
        services.find_and_choose_stage(records, ada, SHOP, now=noon + timedelta(minutes=minute))
    assert len(records.events(ada)) == 1


def test_an_unknown_stage_is_refused_and_nothing_is_saved(records, curriculum, ada, noon):
    with pytest.raises(services.Refusal) as refusal:
        services.choose_stage(records, ada, curriculum.framework, "golden", now=noon)
    assert refusal.value.reason == "unknown-stage"
    assert records.events(ada) == ()


def test_each_fact_is_kept_as_it_is_given(records, ada):
    services.remember_shop_fact(records, ada, "orders", 30)
    services.remember_shop_fact(records, ada, "staff", 2)
    services.remember_shop_fact(records, ada, "orders", 300)
    assert services.shop_facts(records, ada) == {"orders": 300, "staff": 2}


def test_a_fact_that_is_no_band_is_refused(records, ada):
    with pytest.raises(ValueError, match="no band"):
        services.remember_shop_fact(records, ada, "orders", 31)
    with pytest.raises(ValueError, match="no band"):
        services.remember_shop_fact(records, ada, "shoe_size", 42)
    assert services.shop_facts(records, ada) == {}
