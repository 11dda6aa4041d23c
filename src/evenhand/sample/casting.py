"""Who of all the people can be tried out: eight plain roles, the same for the same seed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evenhand.kernel.acting import Role
from evenhand.sample.chart import Chart, Seat, Team, first_leads
from evenhand.sample.organization import SignIn

SERVING = {"PPL", "FIN", "ITS"}
RIGHT_SIZE = range(5, 11)
PEOPLE_PARTNER, PROGRAMME_SPECIALIST, AUDITOR, ADMINISTRATOR = 4, 6, 6, 4


@dataclass(frozen=True, slots=True)
class Cast:
    """The seats of those to sign in as. They have been here for years, so they have a past."""

    employee: int
    manager: int
    second_level: int
    hr_partner: int
    specialist: int
    executive: int
    auditor: int
    administrator: int
    scope: int

    def seats(self) -> set[int]:
        people = (self.employee, self.manager, self.second_level, self.hr_partner)
        roles = (self.specialist, self.executive, self.auditor, self.administrator)
        return {*people, *roles}


def choose_cast(chart: Chart) -> Cast:
    team = _team(chart)
    lead = chart.seats[team.head]
    division_head = _division_head(chart, lead)
    officer = next(s for s in chart.seats if s.depth == 1 and s.family == "FIN")
    partner, specialist = _two(_members(chart, "PPL"))
    auditor = next(_members(chart, "FIN"))
    administrator = next(_members(chart, "ITS"))
    partner.grade, specialist.grade = PEOPLE_PARTNER, PROGRAMME_SPECIALIST
    auditor.grade, administrator.grade = AUDITOR, ADMINISTRATOR
    assert lead.manager is not None  # noqa: S101  # first leads have one
    return Cast(
        employee=team.members[0],
        manager=lead.key,
        second_level=lead.manager,
        hr_partner=partner.key,
        specialist=specialist.key,
        executive=officer.key,
        auditor=auditor.key,
        administrator=administrator.key,
        scope=division_head.unit,
    )


def _team(chart: Chart) -> Team:
    """A team of usual size, if there is one, whose lead has a lead above below the chief."""
    teams = [team for team in first_leads(chart) if chart.seats[team.head].family not in SERVING]
    usual = (team for team in teams if len(team.members) in RIGHT_SIZE)
    return next(usual, max(teams, key=lambda team: len(team.members)))


def _division_head(chart: Chart, seat: Seat) -> Seat:
    while seat.depth > 1 and seat.manager is not None:
        seat = chart.seats[seat.manager]
    return seat


def _members(chart: Chart, family: str) -> Iterator[Seat]:
    return (seat for seat in chart.seats if seat.family == family and not seat.leads)


def _two(seats: Iterable[Seat]) -> tuple[Seat, Seat]:
    found = iter(seats)
    return next(found), next(found)


def sign_ins(cast: Cast) -> tuple[SignIn, ...]:
    everywhere = None
    return (
        SignIn("Employee", cast.employee, None, None, "has a review to read and one to write"),
        SignIn("Manager", cast.manager, None, None, "has written some reviews of the team"),
        SignIn("Second-level manager", cast.second_level, None, None, "leads those who lead"),
        SignIn("HR partner", cast.hr_partner, Role.HR_PARTNER, cast.scope, "helps one division"),
        SignIn("Specialist", cast.specialist, Role.SPECIALIST, everywhere, "runs the reviews"),
        SignIn("Executive", cast.executive, Role.EXECUTIVE, everywhere, "sees the whole"),
        SignIn("Auditor", cast.auditor, Role.AUDITOR, everywhere, "reads what was done by whom"),
        SignIn(
            "IT administrator",
            cast.administrator,
            Role.IT_ADMINISTRATOR,
            everywhere,
            "keeps it running and reads no review",
        ),
    )
