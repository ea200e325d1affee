"""Pages to print: one merchant's, a cohort's, a certificate. An extra: requirements-reports.txt."""

from academy.reports.setting import ReportsMissing, can_print, drawn, set_pages

__all__ = ["ReportsMissing", "can_print", "drawn", "set_pages"]
