"""Days counted from 1 January of the year 1, in the Gregorian calendar carried back for ever.

A day's number is that of `datetime.date.toordinal`, for every year, also before 1 and after 9999.
"""

_DAYS_OF_400_YEARS = 146_097
_FIRST_OF_MARCH_YEAR_0 = -305  # the day number of 1 March of the year 0, where leap days come last


def day_number(year: int, month: int = 1, day: int = 1) -> int:
    """The number of a day; months beyond 12 run on into the years after."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    year -= month <= 2
    cycle, year_of_cycle = divmod(year, 400)
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    day_of_cycle = year_of_cycle * 365 + year_of_cycle // 4 - year_of_cycle // 100 + day_of_year
    return cycle * _DAYS_OF_400_YEARS + day_of_cycle + _FIRST_OF_MARCH_YEAR_0


def civil(number: int) -> tuple[int, int, int]:
    """Year, month and day of a day number; the year 0 is 1 BC."""
    cycle, day_of_cycle = divmod(number - _FIRST_OF_MARCH_YEAR_0, _DAYS_OF_400_YEARS)
    year_of_cycle = (
        day_of_cycle - day_of_cycle // 1460 + day_of_cycle // 36_524 - day_of_cycle // 146_096
    ) // 365
    day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle // 4 - year_of_cycle // 100)
    month_from_march = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * month_from_march + 2) // 5 + 1
    month = month_from_march + 3 if month_from_march < 10 else month_from_march - 9
    return year_of_cycle + cycle * 400 + (month <= 2), month, day


def written(number: int) -> str:
    """A day number as an EDTF date: 1940-10-22, -0043-03-15."""
    year, month, day = civil(number)
    sign = "-" if year < 0 else ""
    return f"{sign}{abs(year):04}-{month:02}-{day:02}"
