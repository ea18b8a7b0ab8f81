"""Legal time: civil dates are Shanghai's, instants are aware, text is RFC 3339 with +08:00."""

from datetime import UTC, date, datetime, time, timedelta, timezone

# One offset since 1991: a function's image need not carry a time zone database for it.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")


def civil_date(at: datetime) -> date:
    """The Shanghai date of an instant."""
    return at.astimezone(SHANGHAI).date()


def midnight(on: date) -> datetime:
    """The first instant of a Shanghai date."""
    return datetime.combine(on, time(), SHANGHAI)


def text(at: datetime) -> str:
    """An instant as RFC 3339 in Shanghai time, to the second; such texts sort by time."""
    return at.astimezone(SHANGHAI).isoformat(timespec="seconds")


def instant(written: str) -> datetime:
    """The instant a text of `text` stands for; ValueError where it names no offset."""
    at = datetime.fromisoformat(written)
    if at.tzinfo is None:
        raise ValueError("an instant needs its offset")
    return at.astimezone(SHANGHAI)


def days_between(first: date, second: date) -> int:
    """Calendar days from the first date to the second."""
    return (second - first).days


def from_epoch(seconds: float) -> datetime:
    """The Shanghai instant of a Unix time."""
    return datetime.fromtimestamp(seconds, UTC).astimezone(SHANGHAI)


def minutes(count: int) -> timedelta:
    """A span of whole minutes."""
    return timedelta(minutes=count)


def within(on: date, since: date, until: date | None) -> bool:
    """Whether a day lies in a span from a day until a day, inclusive, or still."""
    return since <= on and (until is None or on <= until)


def months_after(on: date, months: int) -> date:
    """The same day of a later month, or that month's last where it has no such day."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    last = _days_of(year, month + 1)
    return date(year, month + 1, min(on.day, last))


def months_within(since: date, until: date) -> int:
    """Whole months from the first day to the last, both inclusive."""
    after = until + timedelta(days=1)
    months = (after.year - since.year) * 12 + after.month - since.month
    return months - (after < months_after(since, months))


def _days_of(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).day
