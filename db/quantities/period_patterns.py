"""The patterns of dates over the letters of period_words: one a way of saying it."""

import re

# The letters are period_words'. Every repeat is bounded, no two neighbours can match the same.
WEEKDAY = "(?:W,?t?)?"
OF_YEAR = "(?:,?[fit]{0,3}y?(?P<Y>Y)|,?[fi]t?(?P<shift>[xvsS])y)"
DAY_FIRST = re.compile(f"{WEEKDAY}t?(?P<N>[NO])[.]?(?:u|ft|f|t)?(?P<M>M)[.]?(?:{OF_YEAR})?")
MONTH_FIRST = re.compile(f"{WEEKDAY}(?P<M>M)[.]?t?(?P<N>[NO])(?:{OF_YEAR})?")
MONTH = re.compile(f"(?:tuf)?(?P<M>M)[.]?(?:{OF_YEAR})?")
SEASON_BEHIND = re.compile("t?(?P<E>E)(?P<way>[lLxva])")
LAST_MONTH = re.compile("(?P<M>M)(?P<way>[axv])(?![yYnwu])")
SEASON = re.compile(f"t?(?P<E>E)(?:{OF_YEAR}(?P<winter>[-/][YTN])?)?")
QUARTER = re.compile("t?(?P<O>[ON]|a)[.]?(?P<unit>[hq])(?:ft?|t)?")
QUARTER_BEHIND = re.compile("(?P<unit>q)(?P<O>N)")
STAGE = re.compile("t?(?P<stage>[bme])[-]?(?:ft|f|i|t)?")
CENTURY = re.compile("t?(?P<O>[ONR])[.]?(?:-?)(?P<C>C)")
THIS_CENTURY = re.compile("[tfs]?[sS](?P<C>C)")
DECADE = re.compile("(?:t|s)?['’]?(?P<I>I)y?")
DECADE_WORD = re.compile("t?['’]?(?:(?P<A>A)-?)?(?P<K>K)y?(?:f?t?(?P<O>[ONR])[.]?-?(?P<C>C))?")
SHORT_YEAR = re.compile("(?P<short>['’])(?P<T>[TN])")
YEAR = re.compile("(?P<Y>[YNT#])(?P<era>[DZ])|D[.]?(?P<Y2>[YNT#])|(?P<Y3>Y)")
MONTH_OF_YEAR = re.compile("(?P<M>N)/(?P<Y>Y)")
RANGE_OF_DAYS = re.compile(
    "t?(?P<N>[NO])[.]?(?:[-JU]|&)t?(?P<N2>[NO])[.]?(?:f|t|ft)?(?P<M>M)[.]?(?:" + OF_YEAR + ")?"
)
RANGE_BEHIND_MONTH = re.compile(
    "(?P<M>M)[.]?(?P<N>[NO])(?:[-JU]|&)(?P<N2>[NO])(?!M)(?:,?(?P<Y>Y))?"
)
CONNECTIVE = re.compile("(?:[.]?-|UJ?|J|/)t?")
LATER = re.compile(r"(?:(?P<A>[AN])|t)?(?P<unit>[ynwug])[+]?(?P<way>[LlGP]|[<>](?=[.,;:)\n&]|$))")
LATER_FIRST = re.compile(r"P(?P<A>[AN])?(?P<unit>[ynwu])")
THAT = re.compile("t?(?P<way>[xvs])(?P<unit>[ynuwg])")
DEICTIC = re.compile("(?P<way>[aSx])(?P<unit>[ynwug])")
THAT_SEASON = re.compile("t?(?P<way>[xvsa])(?P<E>E)")
THAT_HALF = re.compile("t?(?P<way>[xvsaS])(?P<unit>[hq])(?:-?y)?")
LAST_YEARS = re.compile("t?(?P<way>[av])(?:d|(?P<A>[AN])y)")
STAGE_OF_THIS = re.compile("t?(?P<stage>[bme])f?(?:t|[sS]|ts)?(?P<unit>[yn])(?![yY])")
ENDING = re.compile(
    "t?(?:(?P<A>[AN])(?P<unit>[yn])(?:J|0[it]?)t?|(?P<half>h)-?y0[it]?t?|(?P<whole>[yq])0[it]?t?)"
)
WEEK = re.compile("t?(?P<O>O|a)w(?:ft?|i)?")
BARE_DAY = re.compile(r"t?(?P<N>O)(?P<instant>2)?[.]?(?=[.,;:)\n&JUiBt1\-<>]|$)")
BARE_NUMBER = re.compile(r"t(?P<bare>N)(?=[,;:)&JiB_1])|(?P<german>N)[.](?=[_1ftis<>&H])")
YEARS = re.compile("t?(?P<years>y)(?:(?P<I>Y)|(?P<K>K))")
REPUBLICAN = re.compile("t?(?P<N>[NO])?(?P<month>5),?f?t?y?(?P<year>[RN])")
FEAST = re.compile(r"(?P<F>8)(?:,?[fit]{0,2}(?P<Y>Y)|(?P<last>a))?")
STARTS = re.compile(
    r"[YX9MEKICVrP85]|[NT#](?=[DZ])|D(?=[.]?[YNT#])|N(?=/Y)|[NO](?=5)|tN(?=[,;:)&JiB_1])|(?<=[iUQf])N(?=[.][_1ftis<>&H])|y(?=[YK])|['’](?=[IK]|[TN][^\w'’])|A(?=-?K)|[yqh](?=-?y?0)|[ynwug](?=[+]?[LlP<>])|[Oa](?=w)|[AN](?=[yn][J0])|O(?=[.,;:)\n&JUiBt12\-<>]|$)|q(?=N)|[NO](?=[.]?(?:[ft]{0,2}M|[-JU&]t?[NO][.]?[ft]{0,2}M|C|[hq]))|R(?=[-.]?C)"
    r"|t?[bme](?=[-ftisS]{0,3}[NOYMEKICRyn])|a(?=[hq])|W|(?<!t)(?:c)(?=yY|Y)"
    r"|[AN](?=[ynwu][+]?[LlG])|[xvsaS](?=[ynwuECdgANhq])"
)

FISCAL = re.compile("t?cy?(?P<Y>Y)(?P<second>[-/][YTN])?")
AND = re.compile("&")
