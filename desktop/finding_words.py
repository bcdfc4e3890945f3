"""Findings in words: kinds, verdicts with a sign beside the words, and the reckoning line by line."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from db.records import KeptFigure
from desktop import origin_words, showing
from desktop.plain import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from db.findings import Finding
    from db.independence import Origin

KINDS = {
    "sum": QT_TRANSLATE_NOOP("Findings", "sum"),
    "share": QT_TRANSLATE_NOOP("Findings", "share"),
    "disagreement": QT_TRANSLATE_NOOP("Findings", "disagreement"),
    "ladder": QT_TRANSLATE_NOOP("Findings", "asked to delivered"),
    "numeral": QT_TRANSLATE_NOOP("Findings", "numeral"),
    "name": QT_TRANSLATE_NOOP("Findings", "name"),
}
VERDICTS = {
    "agrees": QT_TRANSLATE_NOOP("Findings", "agrees"),
    "agrees within rounding": QT_TRANSLATE_NOOP("Findings", "agrees within rounding"),
    "differs": QT_TRANSLATE_NOOP("Findings", "differs"),
    "same after rounding": QT_TRANSLATE_NOOP("Findings", "same after rounding"),
    "same after unit": QT_TRANSLATE_NOOP("Findings", "same after unit"),
    "other period": QT_TRANSLATE_NOOP("Findings", "other period"),
    "other scope": QT_TRANSLATE_NOOP("Findings", "other scope"),
    "other modality": QT_TRANSLATE_NOOP("Findings", "asked against given"),
    "revision": QT_TRANSLATE_NOOP("Findings", "revision"),
    "scale slip": QT_TRANSLATE_NOOP("Findings", "scale slip"),
    "conflict": QT_TRANSLATE_NOOP("Findings", "conflict"),
}
RECKONED = ("agrees", "agrees within rounding", "differs")
TYPES = tuple(verdict for verdict in VERDICTS if verdict not in RECKONED)
# A sign beside the words: what agrees is told from what does not without reading or colour.
_SIGNS = {
    "agrees": "=",
    "agrees within rounding": "≈",
    "same after rounding": "≈",
    "same after unit": "≈",
    "differs": "≠",
    "conflict": "≠",
    "scale slip": "×",
}
JUDGEMENTS = {
    "confirmed": QT_TRANSLATE_NOOP("Findings", "✓ confirmed"),
    "changed": QT_TRANSLATE_NOOP("Findings", "◆ type changed"),
    "dismissed": QT_TRANSLATE_NOOP("Findings", "✕ dismissed"),
}
_ROLES = {
    "total": QT_TRANSLATE_NOOP("Findings", "total"),
    "part": QT_TRANSLATE_NOOP("Findings", "part"),
    "share": QT_TRANSLATE_NOOP("Findings", "share"),
    "whole": QT_TRANSLATE_NOOP("Findings", "whole"),
    "share of one whole": QT_TRANSLATE_NOOP("Findings", "share"),
    "one": QT_TRANSLATE_NOOP("Findings", "one"),
    "other": QT_TRANSLATE_NOOP("Findings", "other"),
    "asked": QT_TRANSLATE_NOOP("Findings", "asked"),
    "cut": QT_TRANSLATE_NOOP("Findings", "cut to"),
    "offered": QT_TRANSLATE_NOOP("Findings", "offered"),
    "agreed": QT_TRANSLATE_NOOP("Findings", "agreed"),
    "planned": QT_TRANSLATE_NOOP("Findings", "planned"),
    "delivered": QT_TRANSLATE_NOOP("Findings", "delivered"),
}


def _said(words: dict[str, str], key: str | None) -> str:
    if not key:
        return ""
    return QCoreApplication.translate("Findings", words[key]) if key in words else key


def kind(key: str) -> str:
    return _said(KINDS, key)


def verdict_name(key: str) -> str:
    return _said(VERDICTS, key)


def judgement(finding: "Finding") -> str:
    return judgement_name(finding.judgement)


def judgement_name(key: str | None) -> str:
    return _said(JUDGEMENTS, key)


def sign(finding: "Finding") -> str:
    """One character for the margin and the list."""
    if finding.verdict is None:
        return "↘" if finding.kind == "ladder" else "?"
    return _SIGNS.get(finding.verdict, "~")


def verdict(finding: "Finding") -> str:
    """Sign and words: "≠ differs"."""
    return f"{sign(finding)} {verdict_name(finding.verdict or '')}".strip()


def card(finding: "Finding") -> str:
    """A finding on a few lines, for a card beside the pointer."""
    head = " · ".join(
        part for part in (kind(finding.kind), verdict(finding), judgement(finding)) if part
    )
    lines = [head, finding.message]
    if finding.reason:
        lines.append(finding.reason)
    return "\n".join(lines)


def term(kept: KeptFigure, role: str) -> str:
    """A figure of the reckoning with its very words: "part: “$5.41 million”, 5,410,000 USD"."""
    amount = f"{showing.amount(kept.figure)} {showing.unit(kept.figure)}".strip()
    said = QCoreApplication.translate("Findings", "“{0}” – {1}").format(kept.figure.text, amount)
    named = _said(_ROLES, role)
    return f"{named}: {said}" if named else said


def roles(finding: "Finding", figures: Sequence[KeptFigure]) -> list[str]:
    """The role of each figure: terms and figures are in one order, a figure may have gone."""
    left: list[Any] = list(finding.arithmetic.get("terms") or [])
    found = []
    for kept in figures:
        at = next((n for n, each in enumerate(left) if each.get("words") == kept.figure.text), None)
        found.append("" if at is None else str(left[at].get("role", "")))
        if at is not None:
            del left[: at + 1]
    return found


def reckoning(finding: "Finding") -> list[str]:
    """The arithmetic spelled out: what is added or divided, what follows, what is stated."""
    match finding.kind:
        case "sum" | "share":
            return _reckoned(finding)
        case "ladder":
            steps = finding.arithmetic.get("steps") or []
            told = [f"{_said(_ROLES, str(step))} {showing.number(value)}" for step, value in steps]
            return [" → ".join(told)] if told else []
        case "disagreement":
            return _compared(finding)
    return []


def _reckoned(finding: "Finding") -> list[str]:
    translate = QCoreApplication.translate
    told = finding.arithmetic
    values: list[tuple[str, float]] = [
        (str(each.get("role", "")), float(each.get("value", 0.0)))
        for each in told.get("terms") or []
    ]
    lines: list[str] = []
    if finding.computed is None:
        return lines
    follows = showing.number(round(finding.computed, 4))
    if told.get("rule") == "part of whole":
        named = dict(values)
        if {"part", "whole"} <= named.keys():
            parts = (showing.number(named["part"]), showing.number(named["whole"]))
            lines.append(f"{parts[0]} ÷ {parts[1]} = {follows} %")
    else:
        added = [showing.number(value) for role, value in values if role != "total"]
        lines.append(f"{' + '.join(added)} = {follows}")
    if finding.stated is not None:
        stated = translate("Findings", "stated: {0}").format(showing.number(finding.stated))
        following = translate("Findings", "follows: {0}").format(follows)
        apart = round(abs(finding.computed - finding.stated), 4)
        difference = (
            translate("Findings", "apart by {0}").format(showing.number(apart))
            if apart
            else translate("Findings", "nothing between them")
        )
        lines.append(" · ".join((stated, following, difference)))
    low, high = told.get("low"), told.get("high")
    if isinstance(low, float) and isinstance(high, float) and low < high:
        said = translate("Findings", "as exactly as its parts are stated: from {0} to {1}")
        bounds = showing.number(round(low, 4)), showing.number(round(high, 4))
        lines.append(said.format(*bounds))
    return lines


def _compared(finding: "Finding") -> list[str]:
    translate = QCoreApplication.translate
    lines = [f"“{quotation}”" for quotation in finding.arithmetic.get("quotations") or []]
    apart = finding.arithmetic.get("difference")
    if isinstance(apart, (int, float)) and apart:
        unit = str(finding.arithmetic.get("unit") or "")
        said = f"{showing.number(abs(float(apart)))} {unit}".strip()
        lines.append(translate("Findings", "apart by {0}").format(said))
    return lines


def origins(found: "Sequence[Origin]", titles: Mapping[int, str]) -> list[str]:
    """Whether the figures of several sources are independent, and what each goes back to."""
    if not found:
        return []
    translate = QCoreApplication.translate
    if len(found) == 1:
        head = translate("Findings", "Not independent: both go back to one origin.")
    else:
        head = translate("Findings", "Independent of each other, as far as the words tell.")
    if all(not each.reasons and not each.name for each in found):
        return [head]
    return [head, *origin_words.told(found, titles)]
