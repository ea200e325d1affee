"""What a group's answers say about the items and about the test: classical item analysis.

N people, J items, each scored from 0 to 1; NaN where somebody gave no answer. Facility and standard
deviation are taken over those who answered; correlations with totals over the same people, totals
counting what was answered; alpha over those who answered everything, as the R packages ltm and mirt
do it. Variances divide by n - 1. Guide values and sample sizes: docs/decisions/0012.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Flag = Literal["weak", "harmful", "dead_distractor", "wrong_key_suspected"]

SHOWN_FROM = 10
"""People below whom nothing about an item is shown."""
CORRELATED_FROM = 30
JUDGED_FROM = 50
"""People from whom on an item may be called weak or harmful."""
DISTRACTORS_FROM = 100
"""People from whom on options are judged, and a wrong key may be suspected."""

TOO_HARD, TOO_EASY = 0.25, 0.95
"""Facilities beyond which an item tells hardly anything about most people."""
WEAK = 0.20
"""An item whose item-rest correlation is surely below this tells too little."""
DEAD = 0.05
"""A distractor that fewer choose draws nobody."""
MISKEY_MARGIN = 0.05
Z90 = 1.645


@dataclass(frozen=True, slots=True)
class OptionStatistics:
    """How one option was chosen, and by whom."""

    option: str
    is_key: bool
    is_offered: bool
    """False for what was chosen and is no option: a code for no answer, or for two at once."""
    share: float
    """Of those who answered, 0.0 to 1.0."""
    option_rest: float
    """Correlation of choosing it with the score on the other items; NaN if nobody or all did."""


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """One item as a group answered it; NaN for what cannot be computed."""

    item: str
    n: int
    """People who answered it."""
    facility: float
    sd: float
    item_rest: float
    """Correlation of the item with the score on the others."""
    item_rest_low: float
    item_rest_high: float
    """The 90% interval of that correlation, by Fisher's transformation."""
    item_total: float
    """Correlation with the whole score, the item included; higher than the one above by itself."""
    alpha_if_deleted: float
    discriminative_efficiency: float
    """Covariance with the rest, as a share of the most that these marks allow."""
    upper_lower: float
    """Facility among the best 27% less that among the weakest 27%, by total."""
    options: tuple[OptionStatistics, ...] = ()
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class TestStatistics:
    """The test as a whole."""

    __test__ = False

    n: int
    """People."""
    n_complete: int
    """People who answered every item; alpha and what follows from it rest on them."""
    mean: float
    sd: float
    """Of the total, in points."""
    alpha: float
    """Cronbach's; for 0 and 1 the same as KR-20. NaN for fewer than two items or no variance."""
    sem: float
    """Standard error of measurement in points: sd times the root of 1 - alpha."""
    skewness: float
    kurtosis: float
    """Excess, by k-statistics."""
    items: tuple[ItemStatistics, ...] = field(default=())

    def item(self, name: str) -> ItemStatistics:
        return next(each for each in self.items if each.item == name)


def analyse(
    scores: Numbers,
    names: Sequence[str],
    *,
    choices: NDArray[np.object_] | None = None,
    key: Mapping[str, str] | None = None,
    offered: Mapping[str, Sequence[str]] | None = None,
    rest: Numbers | None = None,
) -> TestStatistics:
    """Item and test statistics of a group.

    scores (N, J) in 0 to 1, NaN where there is no answer. `choices` (N, J) are the options chosen,
    None where none was, and `key` the right option of each item by name; both or neither. `offered`
    are the options that an item had, where some may have drawn nobody; whatever else was chosen is
    a wrong answer and no option of it. `rest` (N, J), where people got different items, is each
    one's level from the other items, and takes the place of the score on the others. Raises
    ValueError when shapes do not fit.
    """
    scores = np.asarray(scores, dtype=float)
    people, items = scores.shape
    if len(names) != items:
        raise ValueError(f"{items} columns of scores have {len(names)} names. Give one for each.")
    if (choices is None) != (key is None):
        raise ValueError("Options can be judged with a key only. Give both choices and key.")
    given = ~np.isnan(scores)
    marks = np.where(given, scores, 0.0)
    total = marks.sum(axis=1)
    others = total[:, None] - marks if rest is None else np.asarray(rest, dtype=float)
    complete = scores[given.all(axis=1)] if items else scores[:0]
    alphas = _alphas_if_deleted(scores)
    found = []
    for j, name in enumerate(names):
        who = given[:, j]
        x, y = scores[who, j], others[who, j]
        n = int(who.sum())
        item_rest = correlation(x, y)
        low, high = correlation_interval(item_rest, n)
        options: tuple[OptionStatistics, ...] = ()
        if choices is not None and key is not None:
            chosen = choices[who, j]
            known = {key[name], *(offered[name] if offered else map(str, chosen))}
            options = _options(chosen, y, key[name], known)
        found.append(
            ItemStatistics(
                item=name,
                n=n,
                facility=float(x.mean()) if n else math.nan,
                sd=_sd(x),
                item_rest=item_rest,
                item_rest_low=low,
                item_rest_high=high,
                item_total=correlation(x, total[who]),
                alpha_if_deleted=alphas[j],
                discriminative_efficiency=_efficiency(x, y),
                upper_lower=_upper_lower(x, total[who]),
                options=options,
                flags=_flags(n, item_rest, low, high, options),
            )
        )
    sums = complete.sum(axis=1)
    alpha = cronbach_alpha(complete)
    return TestStatistics(
        n=people,
        n_complete=len(complete),
        mean=float(sums.mean()) if len(sums) else math.nan,
        sd=_sd(sums),
        alpha=alpha,
        sem=_sd(sums) * math.sqrt(max(0.0, 1 - alpha)) if not math.isnan(alpha) else math.nan,
        skewness=_skewness(sums),
        kurtosis=_kurtosis(sums),
        items=tuple(found),
    )


def cronbach_alpha(scores: Numbers) -> float:
    """Internal consistency of scores (N, J) without gaps: J/(J-1) (1 - sum of variances / variance
    of the sum). NaN for fewer than two items or people, or when all have the same total.
    """
    people, items = scores.shape
    if items < 2 or people < 2:
        return math.nan
    variance = scores.sum(axis=1).var(ddof=1)
    if variance <= 1e-12:
        return math.nan
    return float(items / (items - 1) * (1 - scores.var(axis=0, ddof=1).sum() / variance))


def empirical_reliability(levels: Numbers, errors: Numbers) -> float:
    """Reliability of adaptive or shrunken scores: their variance over itself and the mean error.

    levels (N,), errors (N,) standard errors. Alpha is undefined where people got different items.
    """
    if len(levels) < 2:
        return math.nan
    variance = float(np.var(levels, ddof=1))
    noise = float(np.mean(np.square(errors)))
    return variance / (variance + noise) if variance + noise > 0 else math.nan


def correlation(x: Numbers, y: Numbers) -> float:
    """Pearson's; NaN when either does not vary, for then there is none."""
    if len(x) < 2:
        return math.nan
    dx, dy = x - x.mean(), y - y.mean()
    spread = math.sqrt(float(dx @ dx) * float(dy @ dy))
    return float(dx @ dy) / spread if spread > 1e-12 else math.nan


def correlation_interval(r: float, n: int) -> tuple[float, float]:
    """The 90% interval of a correlation over n people, by Fisher's transformation; NaN below 4."""
    if math.isnan(r) or n < 4:
        return math.nan, math.nan
    if abs(r) >= 1:
        return r, r
    middle, reach = math.atanh(r), Z90 / math.sqrt(n - 3)
    return math.tanh(middle - reach), math.tanh(middle + reach)


def _alphas_if_deleted(scores: Numbers) -> list[float]:
    """Alpha without each item, of those who answered all the others; no second fit is needed."""
    items = scores.shape[1]
    if items < 3 or len(scores) < 2:
        return [math.nan] * items
    if np.isnan(scores).any():
        without = (np.delete(scores, j, axis=1) for j in range(items))
        return [cronbach_alpha(each[~np.isnan(each).any(axis=1)]) for each in without]
    covariance = np.cov(scores, rowvar=False, ddof=1)
    variances = np.diagonal(covariance)
    whole = covariance.sum() - 2 * covariance.sum(axis=1) + variances
    left = items - 1
    with np.errstate(divide="ignore", invalid="ignore"):
        alphas = left / (left - 1) * (1 - (variances.sum() - variances) / whole)
    return [float(a) if w > 1e-12 else math.nan for a, w in zip(alphas, whole, strict=True)]


def _options(
    chosen: NDArray[np.object_], rest: Numbers, key: str, known: set[str]
) -> tuple[OptionStatistics, ...]:
    found = []
    for name in sorted({str(each) for each in chosen} | known):
        picked = (chosen == name).astype(float)
        share = float(picked.mean()) if len(picked) else math.nan
        found.append(
            OptionStatistics(name, name == key, name in known, share, correlation(picked, rest))
        )
    return tuple(found)


def _flags(
    n: int, item_rest: float, low: float, high: float, options: Sequence[OptionStatistics]
) -> tuple[Flag, ...]:
    flags: list[Flag] = []
    if n >= JUDGED_FROM and not math.isnan(item_rest):
        if high < WEAK:
            flags.append("weak")
        if item_rest < 0 and low < 0:
            flags.append("harmful")
    if n >= DISTRACTORS_FROM:
        distractors = [each for each in options if not each.is_key]
        if any(each.is_offered and each.share < DEAD for each in distractors):
            flags.append("dead_distractor")
        keyed = next((each.option_rest for each in options if each.is_key), math.nan)
        bar = max(0.0, (-1.0 if math.isnan(keyed) else keyed) + MISKEY_MARGIN)
        if any(each.share >= DEAD and each.option_rest > bar for each in distractors):
            flags.append("wrong_key_suspected")
    return tuple(flags)


def _efficiency(x: Numbers, y: Numbers) -> float:
    if len(x) < 2:
        return math.nan
    most = float(np.cov(np.sort(x), np.sort(y))[0, 1])
    return float(np.cov(x, y)[0, 1]) / most if most > 1e-12 else math.nan


def _upper_lower(x: Numbers, total: Numbers) -> float:
    group = round(0.27 * len(x))
    if not group:
        return math.nan
    order = np.argsort(total, kind="stable")
    return float(x[order[-group:]].mean() - x[order[:group]].mean())


def _sd(values: Numbers) -> float:
    return float(values.std(ddof=1)) if len(values) > 1 else math.nan


def _moments(values: Numbers) -> tuple[int, float, float, float]:
    centred = values - values.mean()
    second, third, fourth = (float((centred**power).sum()) for power in (2, 3, 4))
    return len(values), second, third, fourth


def _skewness(values: Numbers) -> float:
    if len(values) < 3 or _sd(values) < 1e-12:
        return math.nan
    n, s2, s3, _ = _moments(values)
    k2, k3 = s2 / (n - 1), n * s3 / ((n - 1) * (n - 2))
    return k3 / k2**1.5


def _kurtosis(values: Numbers) -> float:
    if len(values) < 4 or _sd(values) < 1e-12:
        return math.nan
    n, s2, _, s4 = _moments(values)
    k2 = s2 / (n - 1)
    k4 = (n * (n + 1) * s4 / (n - 1) - 3 * s2**2) / ((n - 2) * (n - 3))
    return k4 / k2**2
