"""The words by which a text says that figures belong together, in the languages of the grammar."""

import re

_FLAGS = re.IGNORECASE


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), _FLAGS)


# What stands between a total and its parts. Closed: nothing but the parts follows.
CLOSED = _words(
    r"\b(?:namely|viz|as follows|respectively|that is|i\.e\.)(?!\w)",
    r"\b(?:consist(?:ing|s|ed)?|composed|made up|comprised) of\b",
    r"\bcompris(?:ing|es|ed|e)\b",
    r"\b(?:divided|broken down|split|parcelled out)\b",
    r"\b(?:instalments|installments|parts|lots|shipments|tranches|batches|payments|groups) of\b",
    r":",
    r"\b(?:nämlich|und zwar|bestehend aus|besteh(?:t|en) aus|bestand(?:en)? aus)\b",
    r"\b(?:aufgeteilt|verteilt|gegliedert|setz(?:t|en|te|ten) sich)\b",
    r"à savoir\b|\bsoit\b|\bcomposée?s? de\b|\bse compos\w{1,8} de\b|\brépartie?s?\b"
    r"|\bdivisée?s? en\b",
    r"\bа именно\b|\bсосто\w{1,6} из\b|\bскладыва\w{1,6} из\b|\bраспредел\w{1,8}\b"
    r"|\bразделен\w{0,4}\b",
    r"即|分别|分為|分为|组成|：",
)
# Parts of it follow, mostly all of them.
MOSTLY = _words(
    r"\bof (?:which|whom|these|those|them|this|that)\b",
    r"\bout of (?:these|those|them|which|whom)\b",
    r"\b(?:davon|von denen|von diesen|hiervon|wovon)\b",
    r"\b(?:dont|parmi lesquels|parmi lesquelles|sur ce total|de ce nombre)\b",
    r"\bиз (?:них|которых|этого|этой|этих)\b|\bв том числе\b|\bв т\. ?ч\.",
    r"其中|当中|當中",
)
# Some of its parts follow.
OPEN = _words(
    r"\b(?:including|included|includes|inclusive of|such as|notably|in particular)\b",
    r"\bamong (?:them|these|those|which|whom|others)\b",
    r"\b(?:darunter|einschlie(?:ß|ss)lich|inklusive|unter anderem)\b",
    r"\by compris\b|\bnotamment\b|\bentre autres\b|\bparmi (?:eux|elles)\b|\bcomprenant\b",
    r"\bвключая\b|\bсреди (?:них|которых)\b|\bв частности\b",
    r"包括|包含|含有",
)
# What marks a figure as a total.
TOTAL = _words(
    r"\b(?:in all|all told|altogether|in total|together|combined|overall|in the aggregate"
    r"|all in all)\b",
    r"\b(?:grand |sum )?total(?:s|ling|ing|led|ed|led)?\b|\b(?:the|a) sum of\b|\bmaking\b"
    r"|\baggregat\w{1,4}\b",
    r"\b(?:over|for|in) (?:the|all) (?:two|three|four|five|six|seven|eight|nine|ten|whole|entire)"
    r" ?(?:years|months|weeks|days|seasons|period)\b",
    r"\b(?:insgesamt|zusammen|in summe|im ganzen|alles in allem|gesamt\w{0,14}|summe)\b",
    r"\bau total\b|\ben tout\b|\bau complet\b|\btotal\w{0,4}\b|\bensemble\b",
    r"\b(?:всего|итого|вместе|в сумме)\b|\bобщей сложности\b|\bобщ(?:ий|ая|ее|ей|ую|их|им|ем"
    r"|ему)\b",
    r"共计|共計|总计|總計|合计|合計|总共|總共|一共|总额|總額|总数|總數|总量|共(?=[有计計约約为為是\d一二三四五六七八九十百千万]|$)",
    r"=",
)
# A sentence that begins so tells the parts of a figure of the sentence before.
OF_THESE = re.compile(
    r"^[\s\"“«(–—-]{0,6}(?:of (?:these|those|them|this|that|the (?:total|sum|whole))"
    r"|out of (?:these|them)"
    r"|davon|hiervon|von diesen|von ihnen|из них|из этого|из этих|sur ce total|parmi (?:eux|elles)"
    r"|de ces|其中|当中|這些|these (?:comprised|consisted|were)|they (?:comprised|consisted|were)"
    r"|it consisted|among (?:them|these))\b",
    _FLAGS,
)
OF_THESE_ZH = re.compile(r"^[\s“「（(]{0,4}(?:其中|当中|當中)")
# Behind this, where a clause begins, stands a whole that is taken apart: "of the 58 engines".
PARTITIVE = re.compile(
    r"(?:^|[,;:(.—–])[\s\"“«]{0,3}(?:out of|of|from among|von|sur|de|des|из|в)\s{1,2}"
    r"(?:(?:the|these|those|its|their|all|all the|a total of|den|diesen|les|ces|ses|этих)\s)?"
    r"(?:some |about |nearly |over |more than )?$",
    _FLAGS,
)
PARTITIVE_ZH = re.compile(r"^[^\s,\uff0c\u3002;\uff1b]{0,8}之?中[,\uff0c]")
# In front of the last of such parts.
LAST_OF_ALL = re.compile(r"\b(?:and|und|et)\b|(?<!\w)(?:и|а)(?!\w)|和|及", _FLAGS)
# In front of what is left when the parts before it are taken away.
REST = re.compile(
    r"\b(?:(?:the|its|their|a) (?:remaining|other|rest,|rest of|remainder of|balance of)|remaining"
    r"|leaving(?: only| just| a balance of)?"
    r"|(?:die|den|der) (?:übrigen|restlichen|verbleibenden|anderen)|les autres"
    r"|остальны\w{1,2}|оставши\w{1,4}|другие)\s{1,2}(?:some |about )?$|(?:其余|其餘|余下|餘下|另外)(?:的)?$",
    _FLAGS,
)
# In front of what was left of one amount when another was taken from it.
BALANCE = re.compile(
    r"\b(?:profit|surplus|deficit|loss|shortfall|balance|difference|excess|überschuss|gewinn"
    r"|verlust|fehlbetrag|bénéfice|excédent|déficit|perte)\s(?:of|von|de)\s(?:some |about )?$"
    r"|(?<!\w)(?:прибыль|убыток|дефицит|излишек|остаток)(?: в)? $",
    _FLAGS,
)
# A line that begins so is the last of a list.
TOTAL_LINE = re.compile(
    r"^[\s|*•·–—\-\d.)(]{0,8}(?:grand total|sum total|total|totals|in all|sum|altogether|together"
    r"|insgesamt|gesamt|summe|zusammen|au total|ensemble|итого|всего|вместе|合计|合計|总计|總計|共计|共計)"
    r"(?![^\W\d_])",
    _FLAGS,
)
# A figure behind this is only held against another.
HELD_AGAINST = re.compile(
    r"(?:\bagainst|\bcompared (?:with|to)|\bthan|\binstead of|\bup from|\bdown from|\bfrom|\bversus"
    r"|\bas against|\bover the|\b(?:rose|risen|grew|fell|increased|reduced|cut|raised|lowered) by"
    r"|\bgegen(?:über)?|\bstatt|\bcontre|\bau lieu de|\bпротив|\bвместо"
    r"|\bпо сравнению с|\bотличие от|比|而非)\s{0,3}(?:only |the |some |about |nur |seulement )?$",
    _FLAGS,
)
CASUALTIES = re.compile(r"\b(?:killed|wounded|missing|captured|dead|injured)\b", _FLAGS)

# What stands between a part and its share of a whole: "45, or 75 per cent", "45 (75 per cent)".
THAT_IS = re.compile(
    r"^[\s,(\[（，–—-]{0,4}(?:(?:or|i\.e\.?|that is(?: to say)?|which is|equal to|equivalent to"
    r"|representing"
    r"|just|exactly|about|nearly|almost|some|roughly|only|i\.e\.,? only|a full|fully|or about"
    r"|or nearly"
    r"|or almost|or some|or only|or just|то есть|т\. ?е\.|или|что составляет|составляющ\w{1,4}"
    r"|also|das heißt|das heisst|d\. ?h\.|das sind|das ist|oder|rund"
    r"|soit|c'est-à-dire|c’est-à-dire|ou|即|占|约占|約占|佔)"
    r"[\s,，]{0,3}){0,3}$",
    _FLAGS,
)
MAKES_UP = re.compile(
    r"\b(?:account(?:s|ed|ing)? for|represent(?:s|ed|ing)?|ma(?:de|kes|king) up|form(?:s|ed|ing)?"
    r"|constitut\w{1,4}"
    r"|amount(?:s|ed|ing)? to|equal(?:s|led)?|i\.e\.|or|is|are|was|were|has|had|составля\w{1,5}"
    r"|составил\w{0,2}"
    r"|entsprach|entspricht|entsprachen|waren|sind|représent\w{1,6}|constitu\w{1,6}|soit)\b|占|佔|为"
    r"|為|即",
    _FLAGS,
)
CHANGE = re.compile(
    r"\b(?:rose|rise|risen|rising|increas\w{1,4}|grew|grow\w{0,3}|fell|fall\w{0,3}|declin\w{1,4}"
    r"|drop\w{0,4}"
    r"|decreas\w{1,4}|reduc\w{1,6}|cut|cuts|gain\w{0,3}|higher|lower|more|less|up|down|interest"
    r"|discount|duty"
    r"|tariff|tax|premium|dividend|yield|inflation|commission|profit|rate|growth|zins\w{0,4}"
    r"|stieg\w{0,2}"
    r"|sank\w{0,2}|wuchs|mehr|weniger|gestiegen|gesunken|steuer|zoll|augment\w{1,6}|baiss\w{1,6}"
    r"|diminu\w{1,6}"
    r"|intérêts?|plus|moins|droit|impôt|вырос\w{0,3}|увелич\w{1,8}|снизи\w{1,5}|сократи\w{1,5}"
    r"|уменьш\w{1,8}"
    r"|больше|меньше|годовых|налог\w{0,3}|пошлин\w{0,3}|рост\w{0,2})\b|增长|增加|下降|减少|利息|利率|年息|税",
    _FLAGS,
)
BREAKDOWN = re.compile(
    r"\b(?:the rest|the remain\w{1,5}|remaining|the balance|made up|account(?:s|ed|ing)? for"
    r"|divided|split"
    r"|shares?|consist\w{0,4}|compos\w{1,5}|breakdown|distribut\w{1,4}|proportions?|respectively"
    r"|of the (?:total|whole|vote|votes)"
    r"|übrig\w{0,3}|rest|restlich\w{0,3}|anteil\w{0,3}|le reste|part|répart\w{1,5}|остальн\w{1,4}"
    r"|доля|доли|приходил\w{1,3})\b"
    r"|其余|其餘|分别|占|佔",
    _FLAGS,
)

# The stages of a matter, each by the words that tell them.
STAGES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "cut",
        re.compile(
            r"\b(?:reduced to|cut (?:down )?to|lowered to|scaled (?:down|back) to|trimmed to"
            r"|pared (?:down )?to"
            r"|brought down to|whittled down to|сокращ\w{1,6} до|сократил\w{0,2} до"
            r"|уменьш\w{1,6} до"
            r"|снизил\w{0,2} до|gekürzt|herabgesetzt|verringert|réduite?s? à|ramenée?s? à)\b|削减"
            r"|减少到|减至|減至",
            _FLAGS,
        ),
    ),
    (
        "asked",
        re.compile(
            r"\b(?:ask\w{0,3}|request\w{0,3}|appl(?:y|ied|ication)|sought|demand\w{0,3}"
            r"|want\w{0,2}|bid|call\w{0,3} for"
            r"|expected to receive|hoped (?:for|to receive)|petition\w{0,2}|requisition\w{0,2}"
            r"|просил\w{0,2}"
            r"|запросил\w{0,2}|запрош\w{1,5}|попросил\w{0,2}|требовал\w{0,2}|заявк\w{0,2}"
            r"|forderte\w?|verlangte\w?"
            r"|bat(?:en)?|erbat\w{0,2}|beantragt\w{0,3}|angefordert\w{0,2}|demand\w{1,5}"
            r"|réclam\w{1,5}|sollicit\w{1,5})\b"
            r"|要求|请求|請求|申请|申請",
            _FLAGS,
        ),
    ),
    (
        "agreed",
        re.compile(
            r"\b(?:agreed|promis\w{1,3}|approv\w{1,3}|grant(?:ed)?|allott?ed|allocat\w{1,3}"
            r"|pledg\w{1,3}|undertook"
            r"|assigned|sanctioned|conceded|consented|согласил\w{1,3}|обещал\w{0,2}|обещан\w{0,2}"
            r"|утвердил\w{0,2}"
            r"|одобрил\w{0,2}|выделил\w{0,2}|zugesagt\w{0,2}|bewilligt\w{0,2}|genehmigt\w{0,2}"
            r"|versprach\w{0,2}"
            r"|versprochen\w{0,2}|accord\w{1,4}|promis(?:e|es)?|approuv\w{1,4})\b|同意|答应|答應|批准|许诺"
            r"|承诺",
            _FLAGS,
        ),
    ),
    (
        "delivered",
        re.compile(
            r"\b(?:deliver(?:ed|ies|y)|arrived|shipped|handed over|were sent|was sent|came"
            r"|reached|landed|received"
            r"|were supplied|supplied|поставил\w{0,2}|поставлен\w{0,2}|доставил\w{0,2}"
            r"|доставлен\w{0,2}|прибыл\w{0,2}"
            r"|получил\w{0,2}|получен\w{0,2}|geliefert|eingetroffen|ankamen|erhielt\w{0,2}"
            r"|erhalten|livrée?s?"
            r"|arriv(?:é|ée|és|ées|èrent)|reçu\w{0,2})\b|交付|运到|運到|到达|到達|收到|交货",
            _FLAGS,
        ),
    ),
)

# Sums of money of one sort, by the word that names the sort: where two texts tell one loan.
SORTS_OF_MONEY = re.compile(
    r"\b(?P<loan>loans?|lent|credits?|prêts?|crédits?|emprunts?|darlehen|kredite?s?|anleihen?"
    r"|займ\w{0,3}|заём|заем|кредит\w{0,3})\b|(?P<loan_zh>贷款|借款)"
    r"|\b(?P<grant>grants?|subsid(?:y|ies)|subventions?|zuschuss|субсиди\w{1,2})\b"
    r"|\b(?P<indemnity>indemnit(?:y|ies)|reparations?|контрибуци\w{1,2})\b",
    re.IGNORECASE,
)
REVISED = re.compile(
    r"\b(?:revis\w{1,4}|correct(?:ed|ion)|amended|updated|restated|recount\w{0,3}|later put at"
    r"|berichtigt\w{0,2}|korrigiert\w{0,2}|révis\w{1,5}|rectifi\w{1,5}|corrig\w{1,3}"
    r"|уточн\w{1,6}|исправл\w{1,5}|пересмотр\w{0,5})\b|修正|更正|订正",
    re.IGNORECASE,
)

# Words that tell nothing of the matter of a figure.
_NOTHING = (
    "the and for with from that this which were was are had has have been its his her their there"
    " into over under about more than than less some only also after before during by in on at to"
    " of a an as it he she they we not but or all total amount sum number million thousand billion"
    " year month day week time per cent january february march april may june july august"
    " september october november december according said stated figure figures"
    " der die das und von den dem des mit für auf ein eine wurde wurden waren war nach aus sich"
    " les des dans pour par avec une est sont ont qui que sur du au aux en le la de et"
    " и в на с по из за от до для что это был была было были год году года млн тыс"
)
SAYS_NOTHING = frozenset(_NOTHING.split())
