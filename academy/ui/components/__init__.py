"""Parts that pages are made of."""

from academy.ui.components.calculators import calculator
from academy.ui.components.checklists import checklist
from academy.ui.components.frame import (
    colophon,
    masthead,
    nothing_here,
    reason,
    refused,
    same_tab_links,
    trouble,
)
from academy.ui.components.glossary import (
    lesson_terms,
    term_card,
    term_entry,
    terms_by_letter,
)
from academy.ui.components.growth import (
    checkpoint_name,
    growth_chart,
    growth_words,
    handed_in_list,
    joining_offer,
    verdict_words,
)
from academy.ui.components.hits import hits_of_a_kind
from academy.ui.components.items import (
    answered_item,
    check_item,
    corrected_since,
    exam_item,
    practice_item,
    where_it_is_taught,
)
from academy.ui.components.prose import fact_line, next_lessons, prose, source_line
from academy.ui.components.skills import (
    dimension_badge,
    minutes,
    path_step,
    reasons_in_words,
    recommendation_card,
    skill_row,
    stage_name,
)
from academy.ui.components.standings import (
    dimension_colour,
    radar,
    radar_axis,
    self_view,
    standings_table,
    why_not,
    workings,
)
from academy.ui.strangers import as_text

__all__ = [
    "answered_item",
    "as_text",
    "calculator",
    "check_item",
    "checklist",
    "checkpoint_name",
    "colophon",
    "corrected_since",
    "dimension_badge",
    "dimension_colour",
    "exam_item",
    "fact_line",
    "growth_chart",
    "growth_words",
    "handed_in_list",
    "hits_of_a_kind",
    "joining_offer",
    "lesson_terms",
    "masthead",
    "minutes",
    "next_lessons",
    "nothing_here",
    "path_step",
    "practice_item",
    "prose",
    "radar",
    "radar_axis",
    "reason",
    "reasons_in_words",
    "recommendation_card",
    "refused",
    "same_tab_links",
    "self_view",
    "skill_row",
    "source_line",
    "stage_name",
    "standings_table",
    "term_card",
    "term_entry",
    "terms_by_letter",
    "trouble",
    "verdict_words",
    "where_it_is_taught",
    "why_not",
    "workings",
]
