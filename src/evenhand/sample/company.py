"""Who the sample company is. Nothing here exists outside Evenhand."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Site:
    city: str
    country: str
    share: int


@dataclass(frozen=True, slots=True)
class Aim:
    title: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Company:
    name: str
    domain: str
    founded: int
    business: str
    strategy: str
    aims: tuple[Aim, ...]
    sites: tuple[Site, ...]


LINDENMOOR = Company(
    name="Lindenmoor Instruments",
    domain="lindenmoor.example",
    founded=1962,
    business=(
        "Lindenmoor develops, builds and looks after measuring instruments for laboratories: "
        "Pellow balances, Torven titrators, Tarnlight spectrometers, Isbrook sample changers, "
        "Averil gas analysers and the laboratory software Notehall. Customers are food makers, "
        "pharmaceutical and water laboratories, universities and public authorities."
    ),
    strategy=(
        "An instrument that is right on its first day and still right in its tenth year, "
        "with people nearby who can prove it."
    ),
    aims=(
        Aim("Right for ten years", "Half as many returns and repeat visits by the end of 2027."),
        Aim("Nearer to the bench", "Every customer laboratory has a name to call, in its region."),
        Aim("One way of working", "Three sites build and release by the same instructions."),
        Aim("Work worth staying for", "Clear expectations, regular talks, and room to learn."),
    ),
    sites=(
        Site("Göttingen", "Germany", 34),
        Site("Jena", "Germany", 14),
        Site("Bandung", "Indonesia", 20),
        Site("Semarang", "Indonesia", 10),
        Site("Rochester", "United States", 14),
        Site("Madison", "United States", 8),
    ),
)
