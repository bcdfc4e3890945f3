"""The language of a text, told from its script and its commonest words; None if unsure."""

import re
from collections import Counter

# The small words of a language are a fifth to a half of any running text, and short enough to
# list. Words that two of these languages share are worth little; the ratio asked for below
# takes care of that.
_WORDS: dict[str, str] = {
    "en": "the of and to in that is was for with as by on at from which this be it his were had "
    "not are have an or but their they its he has been would who will than when there",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch "
    "es an werden aus er hat dass daß sie nach wird bei einer um am sind noch wie einem über war",
    "fr": "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce "
    "il sont la aux avec son cette été ou comme mais nous sa était leur d'un l'on elle ont ces",
    "es": "de la que el en y a los se del las un por con no una su para es al lo como más o pero "
    "sus le ha me si sin sobre este ya entre cuando todo esta ser son dos también fue había",
    "it": "di e il la che in a per un è non del una sono le si da con i dei come alla più nel "
    "della ha anche al gli delle ma se nella dal lo dalla era degli questo suo ai sua",
    "pt": "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi "
    "ao ele das tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até",
    "nl": "de het een en van in is dat op te voor met zijn aan niet die er om ook als bij door "
    "maar naar uit wordt over nog werd worden hij tot had was heeft geen deze ze kan zich",
    "pl": "w i na z się do nie że to jest o od za po przez a oraz był dla tym jak co są tego jego "
    "jej był była było które który która ale już tylko być ze pod przed tak może czy lub",
    "la": "et in est non ad ut cum ex quod qui sed de si quae ab per sunt aut quam hoc nec autem "
    "atque enim esse eius etiam quidem ac neque inter id ille omnia eum se",
    "ru": "и в не на что с по как он к из у это за от о а но его для же то был они все или так "
    "было был при до бы были когда их уже во она со мы если быть также года году",
    "uk": "і в не на що з та до як у й це за від про але його для він був є або вони так було "
    "при які який також року році була ми якщо бути її їх під після між вже ще",
}
_LISTS = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_LATIN = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "la")
_SAMPLE = 4_000
_WORD = re.compile(r"[^\W\d_]{1,40}(?:'[^\W\d_]{1,40})?")
# In ASCII all but letters and the apostrophe parts words.
_LETTERS = (
    bytes(each if chr(each).isalpha() or each == 39 else 32 for each in range(128)) + b" " * 128
)
_NO_LETTERS = bytes(each for each in range(128) if not chr(each).isalpha())
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_RUSSIAN = re.compile("[ыэъёЫЭЪЁ]")
_SCRIPTS = {
    "latin": re.compile(r"[A-Za-z\u00c0-\u024f]+"),
    "cyrillic": re.compile(r"[\u0400-\u04ff]+"),
    "han": re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+"),
    "kana": re.compile(r"[\u3041-\u30fa]+"),
    "hangul": re.compile(r"[\uac00-\ud7a3]+"),
    "other": re.compile(r"[\u0370-\u03ff\u0530-\u06ff\u0900-\u0e7f\u10a0-\u10ff]+"),
}


def detect(text: str) -> str | None:
    """The ISO 639-1 code of the language `text` is mostly in, or None where that is not sure."""
    sample = _sample(text)
    if sample.isascii():
        return _best(sample, _LATIN) if any(map(str.isalpha, sample)) else None
    ascii_only = sample.encode("ascii", "ignore")
    if len(ascii_only.translate(None, _NO_LETTERS)) > 4 * (len(sample) - len(ascii_only)):
        return _best(sample, _LATIN)  # whatever the few others are
    counts = Counter(sample)
    each = "".join(counts)  # a hundred characters to look at, not eighteen thousand
    shares = {
        script: sum(counts[character] for run in pattern.findall(each) for character in run)
        for script, pattern in _SCRIPTS.items()
    }
    # A Chinese or Japanese character says about as much as two letters.
    east = 2 * (shares["han"] + shares["kana"])
    total = east + shares["latin"] + shares["cyrillic"] + 2 * shares["hangul"] + shares["other"]
    if total == 0:
        return None
    if east * 2 > total:
        if shares["kana"] * 10 > shares["han"]:
            return "ja" if shares["kana"] > 1 else None
        return "zh" if shares["han"] > 1 else None
    if shares["hangul"] * 4 > total:
        return "ko" if shares["hangul"] > 1 else None
    if shares["cyrillic"] * 2 > total:
        return _cyrillic(sample)
    if shares["latin"] * 2 > total:
        return _best(sample, _LATIN)
    return None


def _sample(text: str) -> str:
    """The beginning, the middle and the end: a title page may be in another language."""
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = len(text) // 2
    return "\n".join((text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:]))


def _cyrillic(sample: str) -> str | None:
    ukrainian, russian = len(_UKRAINIAN.findall(sample)), len(_RUSSIAN.findall(sample))
    # і, ї and є are 7 % of Ukrainian letters, ы, э and ъ 2.5 % of Russian ones.
    if ukrainian > 3 * russian:
        return "uk"
    if russian > ukrainian:
        return "ru"
    return _best(sample, ("ru", "uk"))


def _best(sample: str, languages: tuple[str, ...]) -> str | None:
    sample = sample.lower()
    if sample.isascii():  # the same words in a fifth of the time
        words = Counter(sample.encode().translate(_LETTERS).decode().split())
    else:
        words = Counter(_WORD.findall(sample))
    count = words.total()
    hits = {
        language: sum(words[word] for word in _LISTS[language] if word in words)
        for language in languages
    }
    ranked = sorted(hits, key=lambda language: hits[language], reverse=True)
    best, second = hits[ranked[0]], hits[ranked[1]]
    if best < 2 or best * 12 < count or best * 4 < second * 5:
        return None
    return ranked[0]
