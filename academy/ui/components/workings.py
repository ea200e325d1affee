"""How numbers and their order came about, taken apart on demand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from academy import services
from academy.faults import as_counted
from academy.levels import ADVANCED_CEILING, BASIC_CEILING
from academy.proficiency import Estimate
from academy.recommender import Ranking, Reason, Recommendation, Terms
from academy.ui import clock, resources, session
from academy.ui.language import _, text


@st.fragment
def workings(plan: Ranking) -> None:
    """Three questions that a reader of his results may ask; each answer unfolds."""
    number = st.expander(
        _("How is a number made?"), icon=":material/calculate:", key="workings", on_change="rerun"
    )
    if number.open:
        with number:
            _number()
    if plan.recommendations():
        order = st.expander(
            _("Why in this order?"), icon=":material/sort:", key="arithmetic", on_change="rerun"
        )
        if order.open:
            with order:
                _order(plan.recommendations())
    absence = st.expander(
        _("Why not another skill?"), icon=":material/help:", key="why-not-opened", on_change="rerun"
    )
    if absence.open:
        with absence:
            _absence(plan)


def _number() -> None:
    """Any number of the profile as the sum of its parts."""
    curriculum = resources.curriculum()
    names = {"": _("Overall")}
    for dimension in curriculum.framework.dimensions:
        names[f"dimension {dimension.id}"] = text(dimension.name)
        for ability in dimension.abilities:
            names[f"ability {ability.id}"] = f"· {text(ability.name)}"
            names |= {f"skill {skill.id}": f"·· {text(skill.name)}" for skill in ability.skills}
    chosen = st.selectbox(
        _("Take apart"), list(names), format_func=names.__getitem__, key="taken-apart"
    )
    history = session.history()
    profile = services.profile_of(curriculum, history, now=clock.now())
    level, _space, id_ = (chosen or "").partition(" ")
    estimate = {
        "dimension": profile.dimension,
        "ability": profile.ability,
        "skill": profile.skill,
    }.get(level)
    _parts(estimate(id_) if estimate else profile.overall)
    counted = (as_counted(response, curriculum.bank) for _attempt, response in history.responses())
    versions = Counter(response.judgement.state.version for response in counted if response)
    if versions:
        st.caption(
            _(
                "Computed by revision {revision} of the content. Answers by the state of the "
                "question's difficulty they were judged by: {list}."
            ).format(
                revision=profile.revision,
                list=", ".join(f"{name}: {number}" for name, number in versions.items()),
            )
        )


def _parts(estimate: Estimate) -> None:
    names = {
        "stage_norm": _("what is usual at your stage"),
        "own_answers": _("your answers on it"),
        "own_ratings": _("your ratings of it"),
        "family": _("your evidence on neighbouring skills"),
        "bias_correction": _("correction for how you rate in general"),
        "lessons": _("lessons since completed"),
    }
    points = estimate.parts.in_points()
    rows = [(names["stage_norm"], f"{points['stage_norm']:.1f}")]
    rows += [(names[name], f"{points[name]:+.1f}") for name in names if name != "stage_norm"]
    rows.append((f"**{_('together')}**", f"**{sum(points.values()):.1f}**"))
    body = "\n".join(f"| {name} | {value} |" for name, value in rows)
    st.markdown(f"| {_('part')} | {_('points')} |\n|:--|--:|\n{body}")
    status = {
        "no-evidence": _("Nothing is known yet; this is what is usual at your stage."),
        "declared": _("It rests on your own ratings alone."),
        "provisional": _("It rests on few answers yet."),
        "verified": _("It rests on answers enough."),
    }[estimate.status]
    st.caption(
        status
        + " "
        + _("It lies between {low} and {high}, nine times in ten.").format(
            low=round(estimate.low), high=round(estimate.high)
        )
    )


def _absence(plan: Ranking) -> None:
    """Why some other skill is not among the first five."""
    framework = resources.curriculum().framework
    chosen = st.selectbox(
        _("Skill"),
        [skill.id for skill in framework.skills],
        format_func=lambda each: text(framework.skill(each).name),
        index=None,
        placeholder=_("Choose a skill"),
        key="why-not",
    )
    if chosen:
        reasons = plan.why_not(chosen)
        if not reasons:
            st.markdown(_("It is among the five above."))
        for reason in reasons:
            st.markdown(f"- {_why_not(reason)}")


def _why_not(reason: Reason) -> str:
    framework = resources.curriculum().framework
    numbers = reason.numbers
    match reason.code:
        case "no-lesson":
            return _("There is no lesson on it yet.")
        case "not-asked":
            return _("Your stage does not ask for it.")
        case "target-met":
            return _("As far as we can tell you are there: about {score}, asked {target}.").format(
                score=round(numbers["score"]), target=round(numbers.get("target", 50))
            )
        case "prerequisites-missing":
            names = [text(framework.skill(each).name) for each in reason.skills]
            return _("Learn first: {skills}.").format(skills=", ".join(names))
        case "excluded":
            return _("Your trainer left it out.")
    return _(
        "A minute spent on it closes less of your gap ({index}) than the fifth above ({last})."
    ).format(index=f"{numbers['index']:.5f}", last=f"{numbers.get('last_shown', 0):.5f}")


def _order(recommendations: Sequence[Recommendation]) -> None:
    """The rank of each recommendation as a sum."""
    framework = resources.curriculum().framework
    for recommendation in recommendations:
        name = text(framework.skill(recommendation.skill_id).name)
        st.markdown(f"**{recommendation.rank}. {name}**")
        _arithmetic(recommendation)


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
