"""Certificates: issue one for an exam, find one by its code."""

from __future__ import annotations

from datetime import datetime

from academy.certificates import Certificate, new_code, typed_code, usable_zone
from academy.curriculum import Curriculum
from academy.exam_results import shown_by_exam
from academy.history import History
from academy.one_line import one_line
from academy.services.histories import happened, read_history
from academy.services.refusals import Refusal
from academy.storage.base import Records

LONGEST_NAME = 60


def issue_certificate(
    records: Records,
    learner_id: str,
    curriculum: Curriculum,
    attempt_id: str,
    *,
    name: str,
    zone: str = "UTC",
    now: datetime,
) -> Certificate:
    """Certify what an exam showed; the same exam has one certificate, whoever asks again gets it.

    name: as it is to be printed and shown to whoever has the code; zone: whose days it is dated
    in. Raises Refusal where the exam is
    not the learner's, or does not carry one, or the name is empty.
    """
    history = read_history(records, learner_id)
    issued = certificate_of(history, attempt_id)
    if issued:
        return _published(records, issued)
    showing = shown_by_exam(history, curriculum, attempt_id)
    if showing is None:
        raise Refusal("unknown-attempt", attempt_id)
    if not showing.is_enough:
        raise Refusal("not-certified", attempt_id)
    printed = one_line(name, LONGEST_NAME)
    if not printed:
        raise Refusal("name-missing", attempt_id)
    attempt = history.quizzes[attempt_id]
    certificate = Certificate(
        code=new_code(),
        name=printed,
        stage=attempt.subject,
        exam=attempt_id,
        score=round(showing.estimate.score, 1),
        low=round(showing.estimate.low, 1),
        high=round(showing.estimate.high, 1),
        target=round(showing.target, 1),
        answers=showing.answers,
        taken_at=attempt.submitted_at or now,
        issued_at=now,
        revision=attempt.content_revision,
        zone=usable_zone(zone),
    )
    records.append(
        learner_id,
        happened(
            "certificate-issued", now, certificate.to_dict(), event_id=f"certificate:{attempt_id}"
        ),
    )
    kept = certificate_of(read_history(records, learner_id), attempt_id)
    assert kept, "what was just stored is there"
    return _published(records, kept)


def certificate_of(history: History, attempt_id: str) -> Certificate | None:
    """The certificate of an exam, if there is one."""
    return history.certificates.get(attempt_id)


def find_certificate(records: Records, typed: str) -> Certificate | None:
    """The certificate of a code, as anyone may see it; None if there is none."""
    code = typed_code(typed)
    plain = records.document(_document(code)) if code else None
    return Certificate.from_dict(plain) if isinstance(plain, dict) else None


def withdraw_certificates(records: Records, history: History) -> None:
    """Take back what anyone may see, because the learner erases his record."""
    for certificate in history.certificates.values():
        records.drop_document(_document(certificate.code))


def _published(records: Records, certificate: Certificate) -> Certificate:
    """The certificate, where its code finds it; an interruption before is made good."""
    records.update_document(_document(certificate.code), lambda _: certificate.to_dict())
    return certificate


def _document(code: str) -> str:
    return f"certificate-{code}"
