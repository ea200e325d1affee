"""A profile on the screen: the radar, the list that says the same, and how a number is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from academy import services
from academy.charts.radar import RadarAxis, capability_radar
from academy.charts.theme import DIMENSION_NAMED_COLOURS, Mode
from academy.faults import as_counted
from academy.proficiency import Estimate, Profile
from academy.recommender import Reason
from academy.standings import Standing
from academy.ui import clock, language, resources, session
from academy.ui.language import _, text


def mode() -> Mode:
    """Whether the visitor's site is light or dark now."""
    return "dark" if st.context.theme.type == "dark" else "light"


def dimension_colour(dimension_id: str) -> str:
    """The name that Streamlit's colour directives know a dimension's colour by."""
    return DIMENSION_NAMED_COLOURS[dimension_id]


def radar(
    abilities: Sequence[Standing],
    dimensions: Sequence[Standing],
    previous: Mapping[str, float] | None = None,
) -> None:
    """The capability radar; `previous` holds what an earlier occasion showed, by id."""
    before = previous or {}
    axes = [radar_axis(standing, before) for standing in abilities]
    inner = [radar_axis(standing, before) for standing in dimensions]
    how = mode(), language.current()
    draw(
        repr((axes, inner, how)),
        lambda: capability_radar(axes, inner, mode=how[0], language=how[1]),
    )


@st.cache_resource(max_entries=500, show_spinner=False)
def draw(values: str, _spec: Callable[[], dict]) -> None:
    """Show the chart of some values; the same values are not worked out and packed up again."""
    st.vega_lite_chart(_spec(), theme=None, width="stretch")


def radar_axis(standing: Standing, previous: Mapping[str, float] | None = None) -> RadarAxis:
    """A standing as the radar draws it; `previous` holds what an earlier occasion showed."""
    shown = standing.shown
    return RadarAxis(
        id=standing.id,
        label=text(standing.short),
        dimension=standing.dimension,
        own=standing.own,
        shown=shown.score if shown else None,
        low=shown.low if shown else None,
        high=shown.high if shown else None,
        target=standing.target,
        previous=(previous or {}).get(standing.id),
    )


def standings_table(standings: Sequence[Standing], *, title: str, is_own: bool = True) -> None:
    """The radar's numbers as a table, for every eye and every screen reader."""
    says, shows = (_("I say"), _("I show")) if is_own else (_("Says"), _("Shows"))
    head = (_("Ability"), says, shows, _("Band"), _("Asked"))
    rows = [
        (
            text(standing.short),
            _whole(standing.own),
            _whole(standing.shown.score if standing.shown else None),
            f"{standing.shown.low:.0f}\u2060–\u2060{standing.shown.high:.0f}"
            if standing.shown
            else "–",
            _whole(standing.target),
        )
        for standing in standings
    ]
    lines = [f"| {' | '.join(row)} |" for row in (head, *rows)]
    lines.insert(1, "|:--|--:|--:|:-:|--:|")
    legend = (
        _(
            "Most is missing at the top. I say: what your ratings mean at their word. I show: what "
            "your answers show, with the band that holds it nine times in ten. –: nothing known."
        )
        if is_own
        else _(
            "Most is missing at the top. Says: what the ratings mean at their word. Shows: what "
            "the answers show, with the band that holds it nine times in ten. –: nothing known."
        )
    )
    table = "\n".join(lines)
    st.markdown(f"### {title}\n\n{table}\n\n:small[:gray[{legend}]]")


def self_view(profile: Profile) -> str | None:
    """Whether the ratings run higher or lower than the answers, said without insult.

    None as long as there are too few of either to compare.
    """
    view = profile.self_view
    if view.verdict == "not-enough":
        return None
    said = {
        "higher": _(
            "On the whole you rate yourself about {steps} of a step higher than your answers show. "
            "That is common where one has had little feedback yet."
        ),
        "lower": _(
            "On the whole you rate yourself about {steps} of a step lower than your answers show. "
            "You can trust yourself with more."
        ),
        "in-line": _("On the whole your ratings agree with what your answers show."),
    }[view.verdict]
    lines = [said.format(steps=f"{abs(view.difference):.1f}")]
    for verdict, sentence in (
        ("higher", _("Rated higher than shown: {dimensions}.")),
        ("lower", _("Rated lower than shown: {dimensions}.")),
    ):
        found = [
            text(dimension.name)
            for dimension in profile.framework.dimensions
            if profile.dimension_self_view(dimension.id).verdict == verdict
        ]
        if found:
            lines.append(sentence.format(dimensions=" · ".join(found)))
    return "  \n".join(f":small[:gray[{line}]]" for line in lines)


@st.fragment
def workings() -> None:
    """Take any number apart, in words and points."""
    opened = st.expander(
        _("How is a number made?"),
        icon=":material/calculate:",
        key="workings",
        on_change="rerun",
    )
    if not opened.open:
        return
    curriculum = resources.curriculum()
    framework = curriculum.framework
    names = {"": _("Overall")}
    for dimension in framework.dimensions:
        names[f"dimension {dimension.id}"] = text(dimension.name)
        for ability in dimension.abilities:
            names[f"ability {ability.id}"] = f"· {text(ability.name)}"
            names |= {f"skill {skill.id}": f"·· {text(skill.name)}" for skill in ability.skills}
    with opened:
        chosen = st.selectbox(
            _("Take apart"), list(names), format_func=names.__getitem__, key="taken-apart"
        )
        profile = services.profile_of(curriculum, session.history(), now=clock.now())
        level, _space, id_ = (chosen or "").partition(" ")
        estimate = {
            "dimension": profile.dimension,
            "ability": profile.ability,
            "skill": profile.skill,
        }.get(level)
        _parts(estimate(id_) if estimate else profile.overall)
        responses = (response for _attempt, response in session.history().responses())
        counted = (as_counted(response, curriculum.bank) for response in responses)
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


@st.fragment
def why_not() -> None:
    """Why some other skill is not among the first five."""
    opened = st.expander(
        _("Why not another skill?"), icon=":material/help:", key="why-not-opened", on_change="rerun"
    )
    if not opened.open:
        return
    curriculum = resources.curriculum()
    framework = curriculum.framework
    with opened:
        chosen = st.selectbox(
            _("Skill"),
            [skill.id for skill in framework.skills],
            format_func=lambda each: text(framework.skill(each).name),
            index=None,
            placeholder=_("Choose a skill"),
            key="why-not",
        )
        if chosen:
            plan = services.study_plan(curriculum, session.history(), now=clock.now())
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


def _whole(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"
