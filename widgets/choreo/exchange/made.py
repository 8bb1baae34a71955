"""An exercise of each kind, out of what a question bank says of a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from choreo.exchange.fresh import RIGHT, WRONG, Flow, Fresh, Names, exercise, letters, plain, reasons_in, sources_in

UNSAID = "the file gave no reason; write one"
UNREAD = "its number cannot be read; write it in figures, as 3.5"

LONGEST = 20_000  # letters of a text that is read; 5,000 fit


def refuse_length(text: str) -> None:
    """Raise NoExerciseError for a text that nobody would read anyway."""
    if len(text) > LONGEST:
        raise NoExerciseError(f"a text in it has more than {LONGEST:,} letters; shorten it")


def refuse_count(parts: Sequence[object], what: str, least: int, most: int = 8) -> None:
    """Raise NoExerciseError where there are fewer or more parts than an exercise can have."""
    if not least <= len(parts) <= most:
        remedy = "add some" if len(parts) < least else "split it"
        raise NoExerciseError(f"it has {len(parts)} {what} where {least} to {most} can stand; {remedy}")


class NoExerciseError(ValueError):
    """A question that cannot be an exercise of ours; the message says why, and what helps."""


@dataclass
class Head:
    """What every question has."""

    title: str
    prompt: str
    general: str = ""  # what is said to everybody afterwards
    hints: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Given:
    """A possible answer: how much of all it earns (1 is all), and what is said to who gives it."""

    text: str
    share: float
    said: str = ""


@dataclass(frozen=True)
class Gap:
    """A gap in a text: chosen from its answers, or typed."""

    chosen: bool
    answers: tuple[Given, ...]


def choice(head: Head, given: Sequence[Given], several: bool, ordered: bool = False) -> Fresh:
    """Choose one, or all that apply."""
    refuse_count(given, "answers to choose from", 2)
    rest, sources = sources_in(head.general)
    best = max((one.share for one in given), default=0)
    rights = [one.share > 0 if several else one.share == best > 0 for one in given]
    if not several and sum(rights) > 1:
        raise NoExerciseError(
            "more than one answer is right, and only one may be chosen; leave one, or let several be chosen"
        )
    if any(0 < one.share < 1 for one, right in zip(given, rights, strict=True) if not right):
        head.notes.append("an answer that earned a part earns nothing here")
    names = Names()
    options: list[dict[str, Any]] = []
    for one, right in zip(given, rights, strict=True):
        mark = {"right": True} if right else {}
        options.append(
            {"id": names.of(one.text, "option"), "text": one.text, **mark, "why": _why(one.said, right, rest)}
        )
    _unsaid(head, sum(not one.said for one in given), "option", "options")
    right_ids = [option["id"] for option in options if option.get("right")]
    wrong_ids = [option["id"] for option in options if not option.get("right")]
    checks = [
        {"answer": {"chosen": right_ids}, "score": 1},
        {"answer": {"chosen": wrong_ids if several else wrong_ids[:1]}, "score": 0},
        {"answer": {"chosen": ["nowhere"]}, "invalid": True},
    ]
    if not wrong_ids:  # then whoever takes only one of them is not quite right
        checks[1] = {"answer": {"chosen": right_ids[:1]}, "score": round(1 / len(options), 4)}
    fields: dict[str, Any] = {"several": True} if several else {}
    fields |= {"ordered": True} if ordered else {}
    _left(head, rest if any(one.said for one in given) else "")
    made = exercise("choice", head.title, head.prompt, head.hints, sources, **fields, options=options, checks=checks)
    return Fresh(head.title, made, tuple(head.notes))


def match(head: Head, pairs: Sequence[tuple[str, str]], extra: Sequence[str]) -> Fresh:
    """Find for each left side the right one."""
    refuse_count(pairs, "pairs", 2)
    if len({right for _, right in pairs}) < len(pairs):
        raise NoExerciseError("two left sides have the same right side; sort them into groups (kind: classify) by hand")
    rest, sources = sources_in(head.general)
    known, rest = reasons_in(rest, [*(left for left, _ in pairs), *extra])
    names = Names()
    made_pairs = [
        {
            "left": {"id": names.of(left, "left"), "text": left},
            "right": {"id": names.of(right, "right"), "text": right},
            "why": known.get(left) or RIGHT,
        }
        for left, right in pairs
    ]
    made_extra = [{"id": names.of(text, "extra"), "text": text, "why": known.get(text) or WRONG} for text in extra]
    _unsaid(head, len(pairs) + len(extra) - len(known), "pair", "pairs")
    matched = {pair["left"]["id"]: pair["right"]["id"] for pair in made_pairs}  # type: ignore[index]
    lefts, rights = list(matched), list(matched.values())
    crossed = dict(zip(lefts, [*rights[1:], rights[0]], strict=True))
    checks = [
        {"answer": {"matched": matched}, "score": 1},
        {"answer": {"matched": crossed}, "score": 0},
        {"answer": {"matched": {lefts[0]: rights[0]}}, "invalid": True},
    ]
    fields = {"pairs": made_pairs} | ({"extra": made_extra} if extra else {})
    _left(head, rest)
    return Fresh(
        head.title,
        exercise("match", head.title, head.prompt, head.hints, sources, **fields, checks=checks),
        tuple(head.notes),
    )


def cloze(head: Head, text: str, gaps: Sequence[Gap]) -> Fresh:
    """Fill the gaps of a text; each stands in it as {{0}}, {{1}} and so on."""
    refuse_count(gaps, "gaps", 1, 10)
    rest, sources = sources_in(head.general)
    names = Names()
    made = []
    unsaid = 0
    for at, gap in enumerate(gaps):
        right = [one for one in gap.answers if one.share >= 1]
        if not right:
            raise NoExerciseError("a gap has no answer that is right; give one all of the points")
        if gap.chosen and len({plain(one.text) for one in gap.answers}) < max(2, len(gap.answers)):
            raise NoExerciseError("a gap offers one answer only, or the same twice; add another, or let it be typed")
        if not gap.chosen and any("*" in plain(one.text) for one in right):
            head.notes.append("a * that stood for any letters was left out; add what else may be typed under accept")
        name = names.of("", f"gap-{letters(f'{at} {text}')}")  # the browser sees it, so it tells nothing
        text = text.replace("{{" + str(at) + "}}", "{{" + name + "}}", 1)
        said = next((one.said for one in right if one.said), "")
        unsaid += not said
        made.append(_gap(name, gap, right, said or rest or RIGHT))
    _unsaid(head, unsaid, "gap", "gaps")
    filled = {one["id"]: one["right"] if "options" in one else one["accept"][0] for one in made}
    wrong = {one["id"]: _wrong_in(one) for one in made}
    checks = [
        {"answer": {"filled": filled}, "score": 1},
        {"answer": {"filled": wrong}, "score": 0},
        {"answer": {"filled": {}}, "invalid": True},
    ]
    _left(head, rest if not unsaid else "")
    written = exercise("cloze", head.title, head.prompt, head.hints, sources, text=text, gaps=made, checks=checks)
    return Fresh(head.title, written, tuple(head.notes))


def _gap(name: str, gap: Gap, right: Sequence[Given], why: str) -> dict[str, Any]:
    wrong = [one for one in gap.answers if one.share < 1 and plain(one.text) not in ("*", "")]
    hints: dict[str, list[str]] = {}
    for one in wrong:
        if one.said and one.said != why:
            hints.setdefault(one.said, []).append(plain(one.text))
    near = [{"given": given, "say": said} for said, given in hints.items()]
    made: dict[str, Any] = {"id": name}
    if gap.chosen:
        made |= {"options": [plain(one.text) for one in gap.answers], "right": plain(right[0].text)}
    else:
        made |= {"accept": list(dict.fromkeys(plain(one.text).replace("*", "").strip() for one in right))}
    return made | {"why": why} | ({"near": near} if near else {})


def _wrong_in(gap: dict[str, Any]) -> str:
    wrong = [text for text in gap.get("options", ()) if text != gap["right"]]
    if wrong:
        return wrong[0]
    return "987654321" if any(text[:1].isdecimal() for text in gap["accept"]) else "none of these words"


def order(head: Head, steps: Sequence[str]) -> Fresh:
    """Put steps into their order."""
    refuse_count(steps, "steps", 3)
    rest, sources = sources_in(head.general)
    known, rest = reasons_in(rest, steps)
    names = Names()
    made = []
    for text in steps:
        name = names.of(text, f"step-{letters(text)}")
        made.append(
            {"id": name if len(name) > 1 else f"{name}-{letters(text)}", "text": text, "why": known.get(text) or RIGHT}
        )
    _unsaid(head, len(steps) - len(known), "step", "steps")
    ids = [one["id"] for one in made]
    checks = [
        {"answer": {"order": ids}, "score": 1},
        {"answer": {"order": ids[::-1]}, "score": 0},
        {"answer": {"order": ids[:1]}, "invalid": True},
    ]
    _left(head, rest)
    written = exercise("order", head.title, head.prompt, head.hints, sources, steps=made, checks=checks)
    return Fresh(head.title, written, tuple(head.notes))


def estimate(head: Head, truth: float, off: float, said: str, unit: str = "") -> Fresh:
    """Estimate a number; `off` is how far an answer may be off."""
    rest, sources = sources_in(head.general)
    half = max(10 * off, abs(truth), 1.0)
    low, high = (max(truth - half, 0.0) if truth >= 0 else truth - half), truth + half
    head.notes.append(f"the scale from {low:g} to {high:g} is a guess of ours; set low and high")
    if not sources:
        head.notes.append("where the number comes from was not said; write it under sources")
    numbers = {
        "low": _number(low),
        "high": _number(high),
        "step": _number(_step(low, high, truth)),
        "truth": _number(truth),
    }
    if 0 < 2 * off < high - low:
        numbers["good"] = _number(2 * off)
    edge = off or (high - low) / 20
    right = {"low": _number(max(low, truth - edge)), "guess": _number(truth), "high": _number(min(high, truth + edge))}
    miss = {name: _number(high if truth - low < high - truth else low) for name in ("low", "guess", "high")}
    checks = [
        {"answer": right, "score": 1},
        {"answer": miss, "score": 0},
        {"answer": {"low": _number(high), "guess": _number(truth), "high": _number(low)}, "invalid": True},
    ]
    why = said or rest or RIGHT
    _unsaid(head, int(why == RIGHT), "number", "numbers")
    _left(head, rest if said else "")
    fields = {"label": plain(head.title), **({"unit": unit} if unit else {}), **numbers, "why": why}
    origin = sources or ["As taken over from a question bank, which did not say."]
    written = exercise("estimate", head.title, head.prompt, head.hints, origin, **fields, checks=checks)
    return Fresh(head.title, written, tuple(head.notes))


def written(head: Head, rows: int = 6) -> Fresh:
    """Write in one's own words."""
    rest, sources = sources_in(head.general)
    checks = [
        {"answer": {"fields": {"answer": "A few words."}, "met": []}},
        {"answer": {"fields": {"answer": ""}, "met": []}, "invalid": True},
    ]
    fields: dict[str, Any] = {"fields": [Flow(id="answer", label="Your words", rows=min(max(rows, 2), 20))]}
    if rest:
        fields["example"] = {"answer": rest}
    made = exercise("written", head.title, head.prompt, head.hints, sources, **fields, checks=checks)
    return Fresh(head.title, made, tuple(head.notes))


def _why(said: str, right: bool, rest: str) -> str:
    return said or (rest if right else "") or (RIGHT if right else WRONG)


def _unsaid(head: Head, count: int, one: str, many: str) -> None:
    if count:
        head.notes.append(f"{count} {one if count == 1 else many} without a reason: {UNSAID}")


def _left(head: Head, rest: str) -> None:
    if rest:
        head.notes.append(f"what was said to everybody afterwards has no place: “{plain(rest)[:80]}”")


def _number(value: float) -> float | int:
    rounded = float(f"{value:.10g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 1e14 else rounded


def _step(low: float, high: float, truth: float) -> float:
    return 1 if high - low >= 20 and float(truth).is_integer() else float(f"{(high - low) / 1000:.1g}")
