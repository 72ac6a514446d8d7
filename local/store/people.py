"""People that exist nowhere else: every word about them is recognisable in a log."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

_FIRST = ("Ada", "Bengü", "Chloé", "Dmitri", "Eunji", "Farah", "Gábor", "Hana", "Ishaan", "Zoë")
_LAST = ("Okafor", "Lindqvist", "O'Neil", "Núñez", "Tanaka", "Müller", "Sharma", "de Souza", "Ng")
_PLACES = (
    ("New York", "10001", "New York", "NY", "United States", "US"),
    ("San Francisco", "94103", "California", "CA", "United States", "US"),
    ("Mumbai", "400001", "Maharashtra", "MH", "India", "IN"),
    ("Tōkyō", "100-0001", "Tōkyō", "JP-13", "Japan", "JP"),
    ("Zürich", "8001", None, None, "Switzerland", "CH"),
)
_AREAS = ("202", "206", "212", "303", "312", "404", "415", "503", "617", "702")
_LINES_PER_AREA = 100


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody made up; `phone` is E.164 or None, `province` is None where there are none."""

    first_name: str
    last_name: str
    email: str
    phone: str | None
    street: str
    city: str
    zip: str
    province: str | None
    province_code: str | None
    country: str
    country_code: str


@dataclass
class Cast:
    """Makes people up and remembers each word about them that no log may contain."""

    random: random.Random
    label: str = ""
    canaries: dict[str, list[str]] = field(default_factory=dict)
    _count: int = 0

    def someone(self, *, phone: bool = True) -> Person:
        """
        Make up the next person.

        Phone numbers come from the 555-01xx lines that North America reserves for fiction;
        the phonenumbers library calls them valid.
        """
        self._count += 1
        first, last = self.random.choice(_FIRST), self.random.choice(_LAST)
        number = f"{self.label}{self._count}"
        city, zip_code, province, province_code, country, country_code = self.random.choice(_PLACES)
        person = Person(
            first_name=f"Cnry{first}{number}",
            last_name=f"Cnry{last}{number}",
            email=f"cnry-{self._count}{self.label}-{self.random.randrange(10**6):06}@example.com",
            phone=self._phone() if phone else None,
            street=f"{self._count} Cnry{number} Street",
            city=city,
            zip=zip_code,
            province=province,
            province_code=province_code,
            country=country,
            country_code=country_code,
        )
        self._remember(person)
        return person

    def secret(self, kind: str, value: str) -> str:
        """Remember `value` among the canaries of `kind` and return it."""
        self.canaries.setdefault(kind, []).append(value)
        return value

    def known(self) -> Mapping[str, list[str]]:
        """All that was made up so far, by kind, without repetitions."""
        return {kind: list(dict.fromkeys(values)) for kind, values in self.canaries.items()}

    def _phone(self) -> str:
        area, line = divmod(self._count - 1, _LINES_PER_AREA)
        return f"+1{_AREAS[area % len(_AREAS)]}55501{line:02}"

    def _remember(self, person: Person) -> None:
        self.secret("emails", person.email)
        self.secret("names", person.first_name)
        self.secret("names", person.last_name)
        self.secret("addresses", person.street)
        if person.phone:
            self.secret("phones", person.phone)
