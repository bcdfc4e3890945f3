"""The patterns of dates over the letters of period_letters: one a way of saying it."""

import re

# The letters are period_letters'. Every repeat is bounded, no two neighbours can match the same.
WEEKDAY = "(?:W,?t?)?"
OF_YEAR = "(?:,?[fit]{0,3}y?(?P<Y>Y)|,?[fi]?t?(?P<shift>[xvsSa])s?y|,?ft?y(?P<beside>[xv])(?![yY]))"
DAY_FIRST = re.compile(f"{WEEKDAY}t?(?P<N>[NO])[.]?u?f?t?(?P<M>M)[.]?(?:{OF_YEAR})?")
DAY_OF_THAT_MONTH = re.compile("(?:W,?)?t?(?P<N>[NO])[.]?u?f?(?:t?(?P<which>[sSxva])s?|t)n")
DAY_INSTANT = re.compile("t?(?P<N>[NO])[.]?f?t?(?P<instant>2)")
ROMAN_MONTH = re.compile("(?P<N>N)[.](?P<roman>R)[.](?P<Y>Y)")
# "The 5th, 6th and 7th June": what the last one says holds for all.
DAY_OF_LIST = re.compile(
    "t?(?P<N>[NO])[.]?(?=(?:,t?[NO]){0,5},?&t?[NO][.]?u?f?t?(?P<M>M)[.]?,?(?P<Y>Y)?)"
)
CENTURY_OF_LIST = re.compile("t?(?P<O>[ONR])(?=&t?[ONR]-?(?P<C>C))")
SHARED_YEAR = re.compile("(?:,[ME]){0,5},?&[tfi]{0,2}[ME][.]?[,fti]{0,3}(?P<Y>Y)")
QUARTER_AS_SIGN = re.compile("(?P<quarter>7),?f?(?P<Y>Y)")
ERA = re.compile("(?P<era3>3)(?P<T>[NT])")
MONTHS_OF_YEAR = re.compile(
    "t?(?P<O>O|a)(?P<N>[NA])n(?:(?:ft?|t|S)?(?:y?(?P<Y>Y)|y(?!Y))|(?![ftY]))"
)
FIRST_MONTHS = re.compile("t?(?P<N>[NA])bft?(?:(?P<Y>Y)|y(?!Y))")
HALF_OF_MONTH = re.compile("t?(?P<O>O|a)h(?:ft?|t)?(?P<which>[sSxva])?n(?![yY]|f?t?[YM])")
LAST_DAY = re.compile("t?au(?:ft?|i)")
EVE = re.compile("t?(?:pft?|u<t?(?=[NOMW8]))")
OLD_AND_NEW = re.compile(f"t?(?P<old>[NO])[(](?P<N>[NO])[)](?P<M>M)[.]?(?:{OF_YEAR})?")
TWO_STYLES = re.compile(
    "t?(?P<N>[NO])[.]?u?f?t?(?P<M>M)[.]?[(]t?(?P<N2>[NO])[.]?u?f?t?(?P<M2>M)[.]?,?j?[)],?"
    f"(?:{OF_YEAR})?"
)
TWO_STYLES_BEHIND = re.compile(
    f"(?P<M>M)[.]?t?(?P<N>[NO])[(](?P<M2>M)[.]?t?(?P<N2>[NO]),?j?[)],?(?:{OF_YEAR})?"
)
MONTH_FIRST = re.compile(f"{WEEKDAY}(?P<M>M)[.]?t?(?P<N>[NO])(?:{OF_YEAR})?")
MONTH = re.compile(f"(?:tuf)?(?P<M>M)[.]?[n/]?(?:{OF_YEAR})?")
SEASON_BEHIND = re.compile("t?(?P<E>E)(?P<way>[lLxva])")
MONTH_AFTER_WAY = re.compile("t?(?P<way>[axv])(?P<M>M)(?![NO])")
LAST_MONTH = re.compile("(?P<M>M)(?P<way>[axvL])(?![yYnwu])")
SEASON = re.compile(f"t?(?P<E>E)(?:{OF_YEAR}(?P<winter>[-/J][YTN])?)?")
QUARTER = re.compile("t?(?P<O>[ONR]|a)[.]?(?P<unit>[hq])(?:ft?|t)?(?:y(?=Y))?")
QUARTER_BEHIND = re.compile("(?P<unit>q)(?P<O>N)")
STAGE = re.compile("t?(?P<stage>[bme])[-]?(?:ft|f|i|t)?(?:y(?=Y)|nf(?=M))?")
CENTURY = re.compile("t?(?P<O>[ONR])[.]?(?:-?)(?P<C>C)")
THIS_CENTURY = re.compile("[tfs]?(?P<which>[sSav])(?P<C>C)")
WEEKDAY_ALONE = re.compile("t?(?P<before>[axSv])?(?P<W>W)(?P<behind>[axv])?(?![,]?t?[NOM])")
WEEKDAY_AND_DAY = re.compile(r"W,?t?(?P<N>O)(?P<instant>2)?[.]?(?!f?M)")
BARE_DAYS = re.compile(r"t?(?P<N>O)(?:[-JU]|&)t?(?P<N2>O)(?P<instant>2)?(?=[.,;:)\n&iBt1\-<>_]|$)")
DAYS_IN_NUMBERS = re.compile("(?P<N>N)[JUi](?P<N2>N)(?:(?P<day>u)|(?=[,;.:)]))")
DAYS_OF_MONTH = re.compile("t?(?P<O>O|a)(?P<N>[NA])u(?:ft?|i)")
DECADE = re.compile("(?:t|s)?['’]?(?P<I>I)y?")
DECADE_WORD = re.compile("t?['’]?(?:(?P<A>A)-?)?(?P<K>K)y?(?:f?t?(?P<O>[ONR])[.]?-?(?P<C>C))?")
SHORT_YEAR = re.compile("(?P<short>['’])(?P<T>[TN])")
YEAR = re.compile("(?P<Y>[YNT#])(?P<era>[DZ])|D[.]?(?P<Y2>[YNT#])|(?P<Y3>Y)")
MONTH_OF_YEAR = re.compile("(?P<M>N)/(?P<Y>Y)")
RANGE_OF_DAYS = re.compile(
    "t?(?P<N>[NO])[.]?(?:UJ?|[-Ji/&])t?(?P<N2>[NO])[.]?(?:f|t|ft)?(?P<M>M)[.]?(?:" + OF_YEAR + ")?"
)
RANGE_BEHIND_MONTH = re.compile(
    "(?P<M>M)[.]?t?(?P<N>[NO])(?:UJ?|[-J/&])t?(?P<N2>[NO])(?!f?M)(?:,?(?P<Y>Y))?"
)
CONNECTIVE = re.compile("(?:[.]?-|UJ?|J|/)t?")
LATER = re.compile(
    r"(?:(?P<A>[ANK])|t)?(?P<unit>[ynwugdC])[+]?(?P<way>[LlGP]|[oi](?=[1,.;])|[<>]s?(?=[.,;:)\n&]|$))"
)
LATER_FIRST = re.compile(r"P(?:(?P<A>[ANK])(?=[ynwudC])|(?=[ynwu]))(?P<unit>[ynwudC])")
LATER_INVERTED = re.compile("(?P<unit>[ynwu])(?P<A>[AN])(?P<way>[lLG])")
YEAR_IN_WORDS = re.compile("(?P<short_word>[4O])(?P<year>y?)")
THAT = re.compile("t?(?P<way>[xvs])s?(?P<unit>[ynuwg])")
DEICTIC = re.compile("(?P<way>[aSx])(?P<unit>[ynwug])")
# "The next three years", "les trois années suivantes".
FIRST_YEARS = re.compile(r"t?(?P<O>O)(?P<A>[AN])y|t?(?P<A2>[AN])(?P<O2>O)y")
COMING_YEARS = re.compile(r"t?x(?P<A>[AN])y|t?(?P<A2>[AN])(?:yx|xy)")
THAT_DECADE = re.compile("t?(?P<way>[xv])d(?![fY])")
THAT_BEHIND = re.compile(r"t?(?P<unit>[ynwug])(?P<way>[xv])")
THAT_SEASON = re.compile("t?(?P<way>[xvsaS])s?(?P<E>E)")
THAT_HALF = re.compile("t?(?P<way>[xvsaS])(?P<unit>[hq])(?:-?y)?")
LAST_YEARS = re.compile("t?(?P<way>[av])(?:d|(?P<A>[AN])y)")
STAGE_OF_THIS = re.compile(
    "t?(?P<stage>[bme])-?f?t?(?P<way>[sSxva])?(?P<unit>[yn])(?![yY]|f?M)(?P<behind>[xv])?"
)
ENDING = re.compile(
    "t?(?:(?P<A>[AN])(?P<unit>[ynwu])(?:J|0[it]?)t?"
    "|(?P<half>h)-?y(?:J|0[it]?)t?|(?P<whole>[yqnw])(?:J|0[it]?)t?)"
)
WEEK = re.compile("t?(?P<O>O|a)w(?:ft?|i|t)?")
BARE_DAY = re.compile(r"t?(?P<N>O)u?(?P<instant>2)?[.]?(?=[.,;:)\n&JUiBt1\-<>NT#Y]|$)")
DAY_BEFORE_A_WORD = re.compile("(?P<N>O)u?(?=[_H])")
BARE_NUMBER = re.compile(r"(?:t|J|f)(?P<bare>N)(?=[,;:)&JiB_1.])|(?P<german>N)[.](?=[_1ftis<>&H])")
YEARS = re.compile("t?(?P<years>y)(?:(?P<I>Y)|(?P<K>K))")
REPUBLICAN_YEAR = re.compile("t?(?P<an>y)(?P<year>R)")
AGO_FIRST = re.compile("<(?P<A>[AN])(?P<unit>[ynwu])")
REPUBLICAN = re.compile("t?(?P<N>[NO])?(?P<month>5),?f?t?y?(?P<year>[RN])")
FEAST = re.compile(r"t?(?P<F>8)(?:,?[fit]{0,2}(?P<Y>Y)|(?P<last>a))?")
# Where a date can begin: only here are the patterns tried.
STARTS = re.compile(
    r"[YX9MEKICVrP85W734]|O(?=y)|(?:(?<=U)J|f)N(?=[,;:)&JiB_1.])|[ynwu](?=[AN][lLG])|d(?=[LlP])|[ANK](?=[ynwudC][+]?(?:[LlGP]|[oi][1,.;]))|(?<=[iQ])O(?=[_H])|O(?=[,&]|u[_H])|N(?=(?:,t?[NO]){0,5},?&t?[NO][.]?u?f?t?M)|[ynwug](?=[xv])"
    r"|[NO](?=[.]?u?f?tn)|R(?=[&q])|N(?=[.]R[.]Y)|[xva](?=M)|[NO](?=[.]?f?t?2)|y(?=R)|<(?=[AN][ynwu])|[Oa](?=[NA]n|h[ftsSxva]{0,3}n)|[NA](?=bft?[yY])|[NO](?=[(][NO][)]M|[.]?u?f?t?[sSxva]s?n)|O(?=u?[.,;:)\n&JUiBt12\-<>NT#Y])|[NT#](?=[DZ])|D(?=[.]?[YNT#])|N(?=/Y)|[NO](?=5)|tN(?=[,;:)&JiB_1.])"
    r"|(?<=[iUQf])N(?=[.][_1ftis<>&H])|y(?=[YK])|['’](?=[IK]|[TN][^\w'’])|A(?=-?K)"
    r"|p(?=ft?[NOMW8])|[yqhnw](?=-?y?[0J])|[ynwug](?=[+]?[LlP<>])|[Oa](?=[NA]?[wu]|W)|[AN](?=[ynwu][J0])|[ANK](?=[dC][<>])|[AN](?=yx|xy|Oy)|x(?=[AN]y)|O(?=[AN]y)|N(?=[JUi]N(?:u|[,;.:)]))"
    r"|O(?=[.,;:)\n&JUiBt12\-<>]|$)|q(?=N)|R(?=[-.]?C)"
    r"|[NO](?=[.]?(?:u?f?t?M|(?:UJ?|[-Ji/&])t?[NO][.]?[ft]{0,2}M|C|[hq]))"
    r"|t?[bme](?=[-ftisSxva]{0,3}[NOYMEKICRyn'’])|a(?=[hq])|(?<!t)c(?=yY|Y)"
    r"|[AN](?=[ynwu][+]?[LlGP<>])|[xvsaS](?=s?[ynwuECdgANhqW])"
)

FISCAL = re.compile("t?cy?(?P<Y>Y)(?P<second>[-/][YTN])?")
AND = re.compile("&")
