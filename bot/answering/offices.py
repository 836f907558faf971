"""The office of a cluster as data: for a contact card and a place on the map."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answering.content import Content


@dataclass(frozen=True, slots=True)
class Office:
    """What is known of an office; empty where nothing is."""

    name: str
    street: str
    postcode: str
    city: str
    phone: str
    web: str
    latitude: float
    longitude: float
    as_of: str

    @property
    def address(self) -> str:
        """Street and town in one line."""
        return ", ".join(part for part in (self.street, f"{self.postcode} {self.city}".strip()) if part)


def office(content: Content, cluster: str) -> Office:
    """Return the office of a cluster, where `contact.office` leaves a gap with the town of `seat.town`."""
    contact = content.fact(f"{cluster}.contact.office")
    data = {**content.fact(f"{cluster}.seat.town").data, **contact.data}
    known = content.clusters[cluster]
    return Office(
        name=str(data.get("organisation") or known.today or known.name),
        street=str(data.get("street", "")),
        postcode=str(data.get("postcode", "")),
        city=str(data["city"]),
        phone=str(data.get("phone", "")),
        web=str(data.get("web", "")),
        latitude=float(str(data["latitude"])),
        longitude=float(str(data["longitude"])),
        as_of=contact.as_of,
    )


def vcard(known: Office) -> str:
    """Return the office as a vCard 3.0 (RFC 2426), lines ended as the RFC demands."""
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"N:{_escaped(known.name)};;;;", f"FN:{_escaped(known.name)}"]
    lines.append(f"ORG:{_escaped(known.name)}")
    if known.phone:
        lines.append(f"TEL;TYPE=WORK,VOICE:{known.phone}")
    street, city, postcode = (_escaped(part) for part in (known.street, known.city, known.postcode))
    lines.append(f"ADR;TYPE=WORK:;;{street};{city};;{postcode};")
    if known.web:
        lines.append(f"URL:{known.web}")
    return "\r\n".join([*lines, "END:VCARD", ""])


def _escaped(value: str) -> str:
    for character in "\\;,":
        value = value.replace(character, f"\\{character}")
    return value.replace("\n", "\\n")
