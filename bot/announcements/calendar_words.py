"""The words for days, months and numbers in German and English; written small, with umlauts."""

from __future__ import annotations

AT_ONCE = frozenset({"jetzt", "sofort", "gleich", "jetzt sofort", "now", "right now", "at once", "immediately"})

DAYS = {
    "heute": 0,
    "today": 0,
    "übermorgen": 2,
    "uebermorgen": 2,
    "day after tomorrow": 2,
    "morgen": 1,
    "tomorrow": 1,
}
"""How many days from today. The longer ones come before those that they contain."""

_WEEKDAYS = (
    ("montag", "monday", "mon", "mo"),
    ("dienstag", "tuesday", "tues", "tue", "di"),
    ("mittwoch", "wednesday", "wed", "mi"),
    ("donnerstag", "thursday", "thurs", "thu", "do"),
    ("freitag", "friday", "fri", "fr"),
    ("samstag", "sonnabend", "saturday", "sat", "sa"),
    ("sonntag", "sunday", "sun", "so"),
)
WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}

_MONTHS = (
    ("januar", "jänner", "january", "jan"),
    ("februar", "feber", "february", "feb"),
    ("märz", "maerz", "march", "mär", "mar"),
    ("april", "apr"),
    ("mai", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nov"),
    ("dezember", "december", "dez", "dec"),
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}

_NUMBERS = (
    ("einem", "einer", "einen", "ein", "eins", "one", "an", "a"),
    ("zwei", "two"),
    ("drei", "three"),
    ("vier", "four"),
    ("fünf", "fuenf", "five"),
    ("sechs", "six"),
    ("sieben", "seven"),
    ("acht", "eight"),
    ("neun", "nine"),
    ("zehn", "ten"),
    ("elf", "eleven"),
    ("zwölf", "zwoelf", "twelve"),
)
NUMBERS = {name: number for number, names in enumerate(_NUMBERS, start=1) for name in names}

NEXT = ("nächsten", "naechsten", "nächster", "kommenden", "next", "coming")
NEXT_WEEK = ("nächste woche", "naechste woche", "nächster woche", "kommende woche", "next week")
AFTERNOON = ("nachmittags", "nachmittag", "abends", "abend", "in the afternoon", "in the evening", "evening")
MORNING = ("früh", "frueh", "morgens", "vormittags", "vormittag", "in the morning")
FILLERS = frozenset({"um", "am", "uhr", "den", "der", "at", "on", "the", "of", "diesen", "this", "gegen", "ab"})
"""What may stand between without a meaning of its own."""
