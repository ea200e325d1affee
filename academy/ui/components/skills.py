"""Skills on the screen: what one is about, how it stands, why it comes next."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from academy.charts.theme import DIMENSION_NAMED_COLOURS
from academy.framework import Framework, Skill
from academy.levels import ADVANCED_CEILING, BASIC_CEILING
from academy.paths import Step
from academy.recommender import Reason, Recommendation, Terms
from academy.ui import navigation, resources
from academy.ui.language import _, plural, text


def dimension_badge(dimension_id: str) -> str:
    """A dimension's name as a badge in its colour, as Markdown."""
    name = text(resources.curriculum().framework.dimension(dimension_id).name)
    return f":{DIMENSION_NAMED_COLOURS[dimension_id]}-badge[{name}]"


def stage_name(framework: Framework, stage_id: str) -> str:
    return text(framework.stage(stage_id).name)


def minutes(number: float) -> str:
    return plural("{n} minute", "{n} minutes", max(1, round(number)))


def skill_row(skill: Skill, *, note: str) -> None:
    """One line of a list: the skill's name as a link, and how it stands."""
    navigation.link("skill", f"{text(skill.name)} :small[:gray[{note}]]", skill=skill.id)


def path_step(step: Step) -> None:
    """One skill on a stage's way: how much it weighs, how long it takes, how far one is."""
    weight = {1: _("helps"), 2: _("matters"), 3: f"**{_('decides')}**"}[step.importance]
    if not step.lessons:
        state = _("lesson in preparation")
    elif step.is_done:
        state = f":green[:material/check: {_('completed')}]"
    elif step.done:
        state = _("{done} of {all} lessons").format(done=step.done, all=len(step.lessons))
    else:
        state = minutes(step.minutes)
    skill_row(step.skill, note=f"{weight} · {state}")


def recommendation_card(recommendation: Recommendation) -> None:
    """What to do next: what, how long, why, and a button to begin."""
    skill = resources.curriculum().framework.skill(recommendation.skill_id)
    with st.container(
        border=True, horizontal=True, vertical_alignment="bottom", key=f"next-{skill.id}"
    ):
        st.markdown(
            f"**{recommendation.rank}. {text(skill.name)}**  \n{_what(recommendation)}\n\n"
            + "  \n".join(f":small[{sentence}]" for sentence in reasons_in_words(recommendation)),
            width="stretch",
        )
        if st.button(
            _("Start"), key=f"start-{skill.id}", type="primary", icon=":material/play_arrow:"
        ):
            page, query = _target(recommendation)
            navigation.go(page, **query)


def recommendation_row(recommendation: Recommendation) -> None:
    """The same as one line of a list, which leads there."""
    skill = resources.curriculum().framework.skill(recommendation.skill_id)
    page, query = _target(recommendation)
    reasons = " ".join(reasons_in_words(recommendation))
    label = (
        f"**{recommendation.rank}. {text(skill.name)}** {_what(recommendation)}  \n"
        f":small[{reasons}]"
    )
    navigation.row(page, label, **query)


@st.fragment
def arithmetic(recommendations: Sequence[Recommendation]) -> None:
    """How the order of some recommendations comes about, as sums, on demand."""
    opened = st.expander(
        _("The arithmetic"),
        icon=":material/calculate:",
        key="arithmetic",
        on_change="rerun",
    )
    if not opened.open:
        return
    framework = resources.curriculum().framework
    with opened:
        for recommendation in recommendations:
            name = text(framework.skill(recommendation.skill_id).name)
            st.markdown(f"**{recommendation.rank}. {name}**")
            _arithmetic(recommendation)


def _what(recommendation: Recommendation) -> str:
    """Its dimension, what there is to do and for how long, as Markdown."""
    dimension = resources.curriculum().framework.dimension_of(recommendation.skill_id)
    return (
        f"{dimension_badge(dimension.id)} :small[:gray[{action_words(recommendation)} · "
        f"{minutes(recommendation.minutes)}]]"
    )


def reasons_in_words(recommendation: Recommendation) -> list[str]:
    """Why it comes where it does, a sentence a reason, as Markdown."""
    sentences = [*filter(None, map(_in_words, recommendation.reasons))]
    if recommendation.action == "check":
        sentences.insert(0, _("Three questions may save you the lesson."))
    return sentences


def action_words(recommendation: Recommendation) -> str:
    """What there is to do: a lesson, three questions, a review."""
    if recommendation.action == "check":
        return _("Three questions")
    if recommendation.action == "review":
        return _("Review")
    return _("Advanced lesson") if recommendation.level == "advanced" else _("Lesson")


def _target(recommendation: Recommendation) -> tuple[str, dict[str, str]]:
    """The page on which it is begun, and its query."""
    skill_id = recommendation.skill_id
    lessons = resources.curriculum().lessons_of(skill_id, recommendation.level)
    if recommendation.action == "lesson" and len(lessons) == 1:
        return "lesson", {"lesson": lessons[0].id}
    if recommendation.action == "lesson":
        return "skill", {"skill": skill_id}
    purpose = "probe" if recommendation.action == "check" else "practice"
    return "quiz", {"purpose": purpose, "subject": skill_id}


def _in_words(reason: Reason) -> str | None:
    names = "、" if _("and") == "和" else ", "
    skills = names.join(
        f"*{text(resources.curriculum().framework.skill(skill_id).name)}*"
        for skill_id in reason.skills[:3]
    )
    numbers = {name: round(value) for name, value in reason.numbers.items()}
    match reason.code:
        case "gap":
            return _("You stand at about {score}; your stage asks for {target}.").format(
                score=numbers["score"], target=numbers.get("target", "–")
            )
        case "decisive":
            return _("It decides this stage.")
        case "unlocks":
            return _("It carries {skills}.").format(skills=skills)
        case "prerequisites-ready":
            return _("What it needs first is in place ({share}).").format(
                share=f"{reason.numbers['readiness']:.0%}"
            )
        case "prerequisites-missing":
            return _("It would go easier after {skills}.").format(skills=skills)
        case "unsure":
            return _("We are not sure yet: anything from {low} to {high} is possible.").format(
                low=numbers["low"], high=numbers["high"]
            )
        case "faded":
            return _("You studied it a while ago; about {share} is still there.").format(
                share=f"{reason.numbers['retrievability']:.0%}"
            )
        case "pinned":
            return _("Your trainer put it first.")
    return None


def _arithmetic(recommendation: Recommendation) -> None:
    """The rank as a sum that can be done again by hand, from figures of four decimals."""
    terms = recommendation.terms
    is_review = recommendation.action == "review"
    tables = [_cases_table(terms), _sum_table(recommendation)]
    if terms.unlock > 0:
        tables += [_opening_table(terms), _waiting_table(terms)]
    st.markdown("\n\n".join(tables))
    lines = [
        _(
            "Levels are in logits: 0 is a score of 50, +1 is 73, −1 is 27. Nobody knows the level, "
            "so five stand for all it may be: yours, and 1.3556 and 2.8570 of its ± to either side."
        ),
        _(
            "Missing is what is asked less the level, and never below 0; closed is the smaller of "
            "missing and rise. Averages are weighted by chance."
        ),
    ]
    if not is_review:
        ceiling, basics = f"{BASIC_CEILING:.2f}", ""
        if recommendation.level == "advanced":
            ceiling, basics = f"{ADVANCED_CEILING:.2f}", _(" × solid")
        lines += [
            _(
                "Rise = a unit teaches × 0.3 × ln(1 + e^(({ceiling} − level) ÷ 0.3)){basics}. "
                "Solid = 1 ÷ (1 + e^(−level ÷ 0.3)), the chance that it carries others; "
                "opens is what the rise adds to it."
            ).format(ceiling=ceiling, basics=basics)
        ]
    lines.append(
        _(
            "The skill that closes most of the gap per minute comes first; equal ones stand in the "
            "framework's order."
        )
    )
    st.caption("  \n".join(lines))


def _cases_table(terms: Terms) -> str:
    """The five levels that stand for all, and how much of the gap each would see closed."""
    head = (_("chance"), _("level"), _("missing"), _("rise"), _("closed"))
    rows = [
        (
            f"{case.chance:.4f}",
            f"{case.level:+.4f}",
            *(f"{each:.4f}" for each in (case.missing, case.rise, case.closed)),
        )
        for case in terms.cases
    ]
    return _table(head, rows)


def _opening_table(terms: Terms) -> str:
    """At each of the five levels, how much better the skill would carry others."""
    head = (_("chance"), _("solid"), _("after the rise"), _("opens"))
    rows = [
        [f"{each:.4f}" for each in (case.chance, case.solid, case.solid + case.opened, case.opened)]
        for case in terms.cases
    ]
    return _table(head, rows)


def _sum_table(recommendation: Recommendation) -> str:
    """From the level to the worth of a minute, line by line."""
    framework, terms = resources.curriculum().framework, recommendation.terms
    is_review = recommendation.action == "review"
    closed = sum(case.chance * case.closed for case in terms.cases)
    demand = {each.skill_id: each.demand for each in terms.waiting}
    rows = [
        (_("your level"), f"{terms.level:+.4f} ± {terms.se:.4f}"),
        (_("what the stage asks"), "–" if terms.target is None else f"{terms.target:+.4f}"),
        (_("expected gap: missing, averaged"), f"{terms.gap:.4f}"),
    ]
    if not is_review:
        factors = [f"(0.2 + 0.8 × {solid:.4f})" for _skill, solid in terms.needs]
        rows += [
            (
                _("readiness, from what it needs first"),
                " = ".join(filter(None, (" × ".join(factors), f"{terms.readiness:.4f}"))),
            ),
            (
                _("a unit teaches, of the way that is left"),
                f"{terms.rate:.4f} × {terms.readiness:.4f} = {terms.rate * terms.readiness:.4f}",
            ),
        ]
        rows.append((_("expected rise, averaged"), f"{terms.gain:.4f}"))
    for reason in recommendation.reasons:
        if is_review and reason.code == "faded":
            left = reason.numbers["retrievability"]
            rows.append(
                (_("what a review brings back"), f"(1 − {left:.4f}) × 0.8 = {terms.gain:.4f}")
            )
    rows += [
        (_("gap that the rise closes, averaged"), f"{closed:.4f}"),
        (
            _("importance × gap closed"),
            f"{terms.importance} × {closed:.4f} = {terms.direct:.4f}",
        ),
    ]
    if terms.unlock > 0:
        rows.append((_("opens, averaged"), f"{terms.opened:.4f}"))
    rows += [
        (
            _("opens {skill}").format(skill=text(framework.skill(skill).name)),
            f"1.2 × {demand[skill]:.4f} × {terms.opened:.4f} = {share:.4f}",
        )
        for skill, share in terms.unlocks
        if share > 0
    ]
    rows.append(
        (
            _("worth per minute"),
            f"({terms.direct:.4f} + {terms.unlock:.4f}) ÷ {terms.minutes:.2f}"
            f" = **{(terms.direct + terms.unlock) / terms.minutes:.5f}**",
        )
    )
    return _table((_("term"), _("value")), rows)


def _waiting_table(terms: Terms) -> str:
    """What waits in the skills that need it, and behind them."""
    framework = resources.curriculum().framework
    number = {each.skill_id: n for n, each in enumerate(terms.waiting, start=1)}
    rows = [
        (
            f"{number[each.skill_id]}. {text(framework.skill(each.skill_id).name)}",
            f"{each.importance} × {each.gap:.4f}",
            f"{each.solid:.4f}",
            ", ".join(str(number[behind]) for behind in each.needed_by) or "–",
            f"{each.demand:.4f}",
        )
        for each in terms.waiting
    ]
    head = (_("what waits"), _("importance × gap"), _("solid"), _("behind it"), _("in all"))
    said = _("In all = importance × gap + 1.2 × (1 − solid) × what waits in each one behind it.")
    return f"{_table(head, rows)}\n\n:small[:gray[{said}]]"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(f':small[{cell}]' for cell in row)} |" for row in (head, *rows)]
    lines.insert(1, f"|:--|{'--:|' * (len(head) - 1)}")
    return "\n".join(lines)
