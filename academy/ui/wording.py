"""What numbers and codes of the domain are called on the screen."""

from __future__ import annotations

from academy.history import StageChoice
from academy.stage_finder import SHOP_FACTS
from academy.ui.language import _, current


def shop_question(name: str) -> str:
    return {
        "months_open": _("How long has the shop been open?"),
        "orders": _("Paid orders in the last 30 days"),
        "turnover": _("Turnover in the last 30 days (yuan)"),
        "staff": _("People who work on it, you included"),
        "live_sessions": _("Live sessions a week"),
        "followers": _("Followers of the main account"),
        "repeat_share": _("Of the buyers of the last 90 days, how many had bought before?"),
    }[name]


def shop_band(name: str, low: int) -> str:
    """The band that begins at `low`, in words."""
    bands = SHOP_FACTS[name]
    following = bands[bands.index(low) + 1] if low != bands[-1] else None
    if name == "months_open":
        if low == 0:
            return _("not open yet")
        if low == 1:
            return _("under 3 months")
        return (
            _("{low}–{high} months").format(low=low, high=following)
            if following
            else _("over {low} months").format(low=low)
        )
    if name == "repeat_share":
        if low == 0:
            return _("under {high}, or I don't know").format(high=f"{following}%")
        return f"{low}–{following}%" if following else _("{low} or more").format(low=f"{low}%")
    if following is None:
        return _("{low} or more").format(low=amount(low))
    if following - 1 == low:
        return amount(low)
    return f"{amount(low)}–{amount(following - 1 if following < 10_000 else following)}"


def amount(number: int) -> str:
    """A whole number as its reader writes it: 5 万, 50,000."""
    if current() == "zh" and number >= 10_000:
        return f"{number / 10_000:g} 万"
    return f"{number:,}"


def stage_rule(choice: StageChoice) -> str:
    """Which rule decided, with the numbers it looked at."""
    shop = {name: shop_band(name, low) for name, low in choice.shop_facts.items()}
    said = {
        "not-open": lambda: _("The shop is not open yet."),
        "no-orders": lambda: _("There were no paid orders in the last 30 days."),
        "barely-open": lambda: _(
            "The shop has been open for less than three months and had fewer than 30 paid orders "
            "in the last 30 days."
        ),
        "scale-and-base": lambda: _(
            "Orders ({orders}) or turnover ({turnover}) reach the size of a mature shop, there is "
            "a team ({staff} people), and buyers or followers have gathered "
            "({followers} followers, {repeat_share} bought before)."
        ).format(**shop),
        "steady-sales": lambda: _(
            "Sales are steady: {orders} orders, turnover {turnover}. For the mature stage, size, "
            "team and a base of followers or returning buyers must come together."
        ).format(**shop),
        "small-but-regular": lambda: _(
            "Orders are few ({orders}), but you go live regularly ({live_sessions} a week) with a "
            "team ({staff} people)."
        ).format(**shop),
        "first-sales": lambda: _(
            "There are first orders ({orders}), not steady yet: fewer than 300 orders and 50,000 "
            "yuan in 30 days."
        ).format(**shop),
        "own-choice": lambda: _("You chose it yourself."),
    }[choice.rule]()
    decided = _("The rule that decided: {rule}").format(rule=said)
    if choice.is_overruled and choice.rule != "own-choice":
        decided += " " + _("You overruled it.")
    return decided + " " + _("These lines are ours, for choosing what to study; no platform's.")
