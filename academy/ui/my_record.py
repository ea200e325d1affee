"""A learner's record as a page to keep: what the export in JSON says, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from html import escape

from academy.assignments import Task
from academy.attempts import AssessmentAttempt, QuizAttempt
from academy.certificates import Certificate, shown_code
from academy.cohort_forms import CohortAnswer, Question, question_of
from academy.curriculum import Curriculum
from academy.services import OwnRecord
from academy.ui import clock
from academy.ui.components import assignment_title
from academy.ui.language import _, current, text
from academy.variants import filled

_STYLE = (
    "body{font:16px/1.6 sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{border-bottom:1px solid #ccc;padding:.3rem .5rem;text-align:left;vertical-align:top}"
)


def as_html(record: OwnRecord, curriculum: Curriculum, *, now: datetime) -> str:
    """One HTML file that needs nothing else, in the language of this run."""
    history = record.history
    parts = [
        _table(
            _("Who I am"),
            [
                (_("Name"), history.name or _("no account")),
                (_("Written on"), _day(now)),
            ],
        ),
        _table(
            _("Who sees me"),
            [
                (each.cohort.title, _(", ").join(each.cohort.trainers.values()))
                for each in record.onlookers
            ],
        ),
        _table(
            _("What trainers noted about me"),
            [
                (_day(note.at), note.name, _("Talked") if note.is_talk else "", note.text)
                for note in history.notes.values()
            ],
        ),
        _table(
            _("What trainers put first for me, or left out"),
            [
                (
                    _day(each.at),
                    each.name,
                    _skills(curriculum, each.pins),
                    _skills(curriculum, each.exclusions),
                )
                for each in history.guidance.values()
            ],
        ),
        _table(
            _("My stage"),
            [
                (_day(each.chosen_at), text(curriculum.framework.stage(each.stage).name))
                for each in history.stages
            ],
        ),
        _table(
            _("Lessons"),
            [
                (
                    _day(visit.completed_at or visit.opened_at),
                    _lesson(curriculum, visit.lesson_id),
                    _("finished") if visit.completed_at else _("opened"),
                )
                for visit in history.lessons.values()
            ],
        ),
        _table(_("What my trainers assigned"), [_task(each) for each in record.tasks]),
        _table(
            _("In class, and in quizzes of my cohorts' own"),
            [
                _with_others(record, curriculum, each)
                for each in record.history.cohort_answers.values()
            ],
        ),
        _table(
            _("Certificates"),
            [_certificate(curriculum, each) for each in history.certificates.values()],
        ),
        *(_assessment(curriculum, each) for each in history.assessments.values()),
        *(_quiz(curriculum, each) for each in history.quizzes.values()),
    ]
    title = escape(_("My record at Merchant Academy"))
    return (
        f'<!doctype html>\n<html lang="{current()}"><head><meta charset="utf-8">'
        f"<title>{title}</title><style>{_STYLE}</style></head>\n"
        f"<body><h1>{title}</h1>\n" + "\n".join(parts) + "\n</body></html>\n"
    )


def _task(task: Task) -> tuple[str, ...]:
    due_on, done_at = task.assignment.due_on, task.done_at
    return (
        _day(task.assignment.assigned_at),
        assignment_title(task.assignment),
        _("due {day}").format(day=due_on.isoformat()) if due_on else _("no date"),
        _("done {day}").format(day=_day(done_at)) if done_at else f"{task.done}/{task.parts}",
    )


def _with_others(
    record: OwnRecord, curriculum: Curriculum, answer: CohortAnswer
) -> tuple[str, ...]:
    """An answer with its question, as long as the cohort or the bank has it."""
    item = curriculum.bank.items.get(answer.question_id)
    kept = record.questions.get((answer.form_id, answer.question_id))
    question: Question | None = kept or (question_of(item) if item else None)
    asked = text(question.stem) if question else _("A question that is no more")
    choices = question.choices if question else ()
    chosen = [text(each.text) for each in choices if each.id in answer.chosen]
    verdict = _("right") if answer.is_correct else _("wrong")
    return _day(answer.at), asked, " / ".join(chosen) or ", ".join(sorted(answer.chosen)), verdict


def _certificate(curriculum: Curriculum, certificate: Certificate) -> tuple[str, ...]:
    return (
        certificate.issued_on.isoformat(),
        text(curriculum.framework.stage(certificate.stage).name),
        certificate.name,
        shown_code(certificate.code),
    )


def _assessment(curriculum: Curriculum, attempt: AssessmentAttempt) -> str:
    rows = []
    for rating in attempt.ratings.values():
        statement = curriculum.assessment.statements.get(rating.statement_id)
        words = {"not-my-business": _("Not part of my business"), "dont-know": _("I don't know")}
        given = words.get(str(rating.value), str(rating.value))
        rows.append((text(statement.text) if statement else rating.statement_id, given))
    return _table(f"{_('Self-assessment')} · {_day(attempt.started_at)}", rows)


def _quiz(curriculum: Curriculum, attempt: QuizAttempt) -> str:
    rows = []
    for response in attempt.responses.values():
        item = curriculum.bank.items.get(response.item_id)
        asked, chosen = response.item_id, ", ".join(sorted(response.chosen))
        if item:
            values = attempt.values.get(item.id, {})
            asked = filled(text(item.stem), values)
            chosen = " / ".join(
                filled(text(option.text), values)
                for option in item.options
                if option.id in response.chosen
            )
        verdict = (_("right") if response.is_correct else _("wrong")) * attempt.shows_feedback
        rows.append((asked, chosen, verdict))
    return _table(f"{_('Quiz')} · {_day(attempt.started_at)}", rows)


def _skills(curriculum: Curriculum, skill_ids: Iterable[str]) -> str:
    names = {skill.id: text(skill.name) for skill in curriculum.framework.skills}
    return _(", ").join(names.get(each, each) for each in skill_ids)


def _lesson(curriculum: Curriculum, lesson_id: str) -> str:
    lesson = curriculum.lessons.get(lesson_id)
    return text(lesson.title) if lesson else lesson_id


def _day(at: datetime) -> str:
    return clock.day(at)


def _table(title: str, rows: Iterable[tuple[str, ...]]) -> str:
    """A heading and its rows; nothing where there are none."""
    lines = ["".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows]
    table = "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"
    return f"<h2>{escape(title)}</h2>\n{table}" if lines else ""
