"""The suggestions of newer releases, made by Ruby's own spell checker: `did_you_mean` of its standard library."""

from math import ceil

from emulator.vendors.archive.ruby.version import Version


def did_you_mean(version: Version, name: str, known: list[str]) -> str:
    if not version.did_you_mean:
        return ""
    found = [f"`{each}`" for each in corrections(name, known)]
    if not found:
        return ""
    return f" (Did you mean {' or '.join([', '.join(found[:-1]), found[-1]] if len(found) > 1 else found)}?)"


def corrections(name: str, known: list[str]) -> list[str]:
    """The nearest first."""
    wanted = name.lower()
    least = 0.834 if len(wanted) > 3 else 0.77
    near = [word for word in known if word != name and jaro_winkler(word.lower(), wanted) >= least]
    near.sort(key=lambda word: jaro_winkler(word, wanted))
    near.reverse()
    mistyped = [word for word in near if levenshtein(word.lower(), wanted) <= ceil(len(wanted) * 0.25)]
    return mistyped or [word for word in near if levenshtein(word.lower(), wanted) < min(len(wanted), len(word))][:1]


def levenshtein(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for at, sign in enumerate(one):
        previous, row[0] = row[0], at + 1
        for place, compared in enumerate(other):
            kept = previous + (sign != compared)
            previous = row[place + 1]
            row[place + 1] = min(previous + 1, row[place] + 1, kept)
    return row[-1]


def jaro_winkler(one: str, other: str) -> float:
    """A common beginning of up to four signs counts more, if the words are alike at all."""
    alike = _jaro(one, other)
    if alike <= 0.7:
        return alike
    common = next(
        (at for at, (a, b) in enumerate(zip(one[:4], other, strict=False)) if a != b), min(4, len(one), len(other))
    )
    return alike + common * 0.1 * (1 - alike)


def _jaro(one: str, other: str) -> float:
    """Signs count as common that stand near one another."""
    short, long = sorted((one, other), key=len)
    reach = max(len(long) // 2 - 1, 0)
    taken: set[int] = set()
    matched: list[str] = []
    for at, sign in enumerate(short):
        places = range(max(0, at - reach), min(at + reach + 1, len(long)))
        place = next((each for each in places if each not in taken and long[each] == sign), None)
        if place is not None:
            taken.add(place)
            matched.append(sign)
    if not matched:
        return 0.0
    moved = sum(sign != long[place] for sign, place in zip(matched, sorted(taken), strict=True)) // 2
    count = len(matched)
    return (count / len(short) + count / len(long) + (count - moved) / count) / 3
