from django.db import models
from django.db.models import F, Q

from evenhand.kernel.periods import FOREVER, Dated, DatedQuerySet, ends_after_it_starts
from evenhand.people.kinds import LineKind
from evenhand.people.searching import searchable


class Unit(Dated):
    """A part of the organization: a company, division, department or team."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)

    objects = DatedQuerySet["Unit"].as_manager()

    class Meta:
        ordering = ("name", "id")
        constraints = (ends_after_it_starts("unit"),)

    def __str__(self) -> str:
        return self.name


class UnitPlacement(Dated):
    """Under which unit another one stands, from a day to a day."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="child_placements")

    objects = DatedQuerySet["UnitPlacement"].as_manager()

    class Meta:
        constraints = (
            ends_after_it_starts("unit_placement"),
            models.CheckConstraint(
                condition=~Q(unit=F("parent")), name="unit_is_not_its_own_parent"
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(ends_on=FOREVER), name="unit_has_one_open_placement"
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} in {self.parent}"


class UnitTree(models.Model):
    """Which units stand below which today, every unit below itself at depth 0. Derived."""

    ancestor = models.ForeignKey(
        Unit, on_delete=models.CASCADE, related_name="tree_below", db_index=False
    )
    descendant = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="tree_above")
    depth = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["ancestor", "descendant"], name="unit_stands_once_below_another"
            ),
        )

    def __str__(self) -> str:
        return f"{self.descendant_id} below {self.ancestor_id}"


class Person(models.Model):
    """Someone who works or worked here, whether or not they can sign in."""

    number = models.CharField(max_length=40, unique=True)
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100)
    email = models.EmailField(blank=True)
    search_text = models.CharField(max_length=600, editable=False)

    class Meta:
        verbose_name_plural = "people"
        # The family name without its accents comes first in the text one searches by.
        ordering = ("search_text", "id")
        indexes = (models.Index(fields=["search_text", "id"], name="person_by_name"),)
        constraints = (
            models.UniqueConstraint(
                fields=["email"], condition=~Q(email=""), name="person_has_an_email_of_their_own"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def make_searchable(self) -> None:
        """Bring the text by which one is found up to date; whoever changes a name calls it."""
        self.search_text = searchable(self.family_name, self.given_name, self.number, self.email)

    @property
    def first_name(self) -> str:
        """What to call somebody to whom one speaks."""
        return self.given_name.split(" ")[0] or self.family_name


class Employment(Dated):
    """That a person works here, from a day to a day. Someone who returns has a second one."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="employments", db_index=False
    )

    objects = DatedQuerySet["Employment"].as_manager()

    class Meta:
        constraints = (
            ends_after_it_starts("employment"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(ends_on=FOREVER), name="person_is_employed_once"
            ),
        )
        indexes = (models.Index(fields=["person", "starts_on", "ends_on"], name="employed_on"),)

    def __str__(self) -> str:
        return f"{self.person} from {self.starts_on}"


class Leave(Dated):
    """That a person is away, from a day to a day. Why is nobody's business here."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="leaves")

    objects = DatedQuerySet["Leave"].as_manager()

    class Meta:
        constraints = (ends_after_it_starts("leave"),)

    def __str__(self) -> str:
        return f"{self.person} from {self.starts_on}"


class WorkingTime(Dated):
    """How much of full time a person works, in whole percents, from a day to a day.

    Where nothing is said, it is full time.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="working_times")
    percent = models.PositiveSmallIntegerField()

    objects = DatedQuerySet["WorkingTime"].as_manager()

    class Meta:
        constraints = (
            ends_after_it_starts("working_time"),
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=100),
                name="working_time_is_a_percentage",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ends_on=FOREVER),
                name="person_has_one_open_working_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.percent} % of {self.person}"


class Position(Dated):
    """The job a person holds in a unit, from a day to a day."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="positions", db_index=False
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="positions", db_index=False
    )
    title = models.CharField(max_length=200, blank=True)
    job_family = models.CharField(max_length=100, blank=True)
    grade = models.CharField(max_length=40, blank=True)
    country = models.CharField(max_length=60, blank=True)
    location = models.CharField(max_length=100, blank=True)

    objects = DatedQuerySet["Position"].as_manager()

    class Meta:
        constraints = (
            ends_after_it_starts("position"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(ends_on=FOREVER), name="person_has_one_open_position"
            ),
        )
        indexes = (
            models.Index(fields=["unit", "starts_on", "ends_on"], name="position_by_unit"),
            models.Index(fields=["person", "starts_on", "ends_on"], name="position_by_person"),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.unit})"


class ReportingLine(Dated):
    """Who a person's manager is, from a day to a day."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="lines_to_managers", db_index=False
    )
    manager = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="lines_to_reports", db_index=False
    )
    kind = models.CharField(max_length=8, choices=LineKind, default=LineKind.PRIMARY)

    objects = DatedQuerySet["ReportingLine"].as_manager()

    class Meta:
        constraints = (
            ends_after_it_starts("reporting_line"),
            models.CheckConstraint(
                condition=~Q(person=F("manager")), name="nobody_reports_to_themself"
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ends_on=FOREVER, kind=LineKind.PRIMARY),
                name="person_has_one_open_manager",
            ),
        )
        indexes = (
            models.Index(fields=["person", "kind", "starts_on"], name="line_by_person"),
            models.Index(fields=["manager", "kind", "starts_on"], name="line_by_manager"),
        )

    def __str__(self) -> str:
        return f"{self.person} to {self.manager}"

    @property
    def is_matrix(self) -> bool:
        return self.kind == LineKind.MATRIX


class ManagementChain(Dated):
    """Who stands how many steps above whom, from a day to a day. Derived from reporting lines.

    Every person stands at depth 0 above themself, always.
    """

    # The lines it is derived from are checked; to check every derived row again takes as long as
    # deriving all of them.

    ancestor = models.ForeignKey(
        Person,
        on_delete=models.CASCADE,
        related_name="chains_below",
        db_index=False,
        db_constraint=False,
    )
    descendant = models.ForeignKey(
        Person,
        on_delete=models.CASCADE,
        related_name="chains_above",
        db_index=False,
        db_constraint=False,
    )
    depth = models.PositiveSmallIntegerField()

    objects = DatedQuerySet["ManagementChain"].as_manager()

    class Meta:
        constraints = (ends_after_it_starts("management_chain"),)
        indexes = (
            models.Index(fields=["ancestor", "depth", "descendant"], name="chain_below"),
            models.Index(fields=["descendant", "ancestor", "depth"], name="chain_above"),
        )

    def __str__(self) -> str:
        return f"{self.ancestor_id} above {self.descendant_id}"
