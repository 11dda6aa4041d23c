"""Who reads what of an assessment, cell by cell, and that no answer of others can be made out."""

from itertools import product

import pytest

from evenhand.assessments.kinds import PartState, Source
from evenhand.assessments.models import AssessmentPart
from evenhand.assessments.policies import visible_assessments, visible_parts
from evenhand.assessments.queries import examples, profile
from evenhand.assessments.visibility import READS, Moment, Reader
from evenhand.kernel.acting import Role
from tests.factories.access import acting, standing_in, with_role
from tests.factories.assessments import AssessmentFactory, PartFactory, answer, closed
from tests.factories.people import PersonFactory, UnitFactory, company

pytestmark = pytest.mark.django_db

OTHERS = 3


@pytest.fixture
def house():
    return House()


class House:
    def __init__(self):
        self.unit = UnitFactory(name="Sales", parent=company())
        self.chief = PersonFactory(unit=self.unit)
        self.manager = PersonFactory(unit=self.unit, manager=self.chief)
        self.subject = PersonFactory(unit=self.unit, manager=self.manager)
        self.others = PersonFactory.create_batch(OTHERS, unit=self.unit)
        self.assessment = AssessmentFactory(subject=self.subject, manager=self.manager)
        self.readers = {
            Reader.SUBJECT: acting(self.subject),
            Reader.LINE_ABOVE: acting(self.chief),
            Reader.HR_PARTNER: with_role(Role.HR_PARTNER, self.unit),
            Reader.SPECIALIST: with_role(Role.SPECIALIST),
        }
        self.nobodies = {
            "colleague": acting(PersonFactory(unit=self.unit)),
            "executive": with_role(Role.EXECUTIVE),
            "auditor": with_role(Role.AUDITOR),
            "it": with_role(Role.IT_ADMINISTRATOR),
            "elsewhere": with_role(Role.HR_PARTNER, UnitFactory(name="Plant", parent=company())),
        }

    def assessor(self, source):
        by_source = {Source.SELF: self.subject, Source.MANAGER: self.manager}
        return by_source.get(source, self.others[0])

    def hand_in(self, *sources, levels=(3, 3, 3)):
        for source in sources:
            answer(self.assessment, self.assessor(source), levels, examples=[f"By {source}"])

    def close(self):
        self.assessment = closed(self.assessment)


def reads(actor, source):
    return visible_parts(actor).filter(source=source).exists()


def test_the_table_has_a_cell_for_every_source_and_reader():
    assert set(READS) == set(product(Source, Reader))


def test_only_the_assessor_ever_reads_what_one_of_the_others_answered():
    cells = {reader: moment for (source, reader), moment in READS.items() if source == Source.OTHER}

    assert cells.pop(Reader.ASSESSOR) == Moment.ALWAYS
    assert set(cells.values()) == {Moment.NEVER}


def expected(moment, stage):
    if moment == Moment.TOGETHER:
        return stage in {"both", "closed"}
    return moment == Moment.ALWAYS


@pytest.mark.parametrize("stage", ["writing", "one", "both", "closed"])
@pytest.mark.parametrize(("source", "reader"), list(READS), ids=str)
def test_a_part_is_read_when_the_table_says_so(house, source, reader, stage):
    counterpart = {Source.SELF: Source.MANAGER, Source.MANAGER: Source.SELF}.get(source)
    if source == Source.OTHER:
        PartFactory(assessment=house.assessment, assessor=house.others[0])
    if stage != "writing":
        house.hand_in(source)
    if stage == "both" and counterpart:
        house.hand_in(counterpart)
    if stage == "closed":
        house.close()
    who = house.readers.get(reader) or acting(house.assessor(source))

    assert reads(who, source) == expected(READS[source, reader], stage)


def test_a_part_that_was_not_submitted_is_not_read_after_closing(house):
    house.close()

    assert not reads(house.readers[Reader.SUBJECT], Source.MANAGER)
    assert not reads(house.readers[Reader.LINE_ABOVE], Source.SELF)


def test_others_by_role_and_colleagues_find_nothing(house):
    house.hand_in(*Source)
    house.close()

    for actor in house.nobodies.values():
        assert not visible_assessments(actor).exists()
        assert not visible_parts(actor).exists()


def test_nobody_reads_about_themself_by_role(house):
    specialist = with_role(Role.SPECIALIST)
    one = AssessmentFactory(subject_id=specialist.person_id, manager=house.manager)
    part = one.parts.get(source=Source.MANAGER)
    answer(one, house.manager, [1, 1, 1])

    assert not visible_parts(specialist).filter(pk=part.pk).exists()


def test_who_stands_in_for_the_manager_reads_and_writes_as_the_manager_but_not_about_themself(
    house,
):
    house.hand_in(Source.SELF, Source.MANAGER)
    stranger = standing_in(house.manager, PersonFactory())
    subject = standing_in(house.manager, house.subject)

    assert reads(stranger, Source.MANAGER)
    assert reads(stranger, Source.SELF)
    assert not visible_parts(subject).exists()
    assert not visible_assessments(subject).exists()


def test_who_stands_in_for_somebody_does_not_read_what_they_say_of_colleagues(house):
    house.hand_in(Source.OTHER)

    assert not visible_parts(standing_in(house.others[0], PersonFactory())).exists()


def test_who_answered_as_one_of_the_others_never_reads_the_result(house):
    partner = house.readers[Reader.HR_PARTNER]
    PartFactory(assessment=house.assessment, assessor_id=partner.person_id)
    house.hand_in(Source.SELF, Source.MANAGER)
    house.close()

    assert not visible_assessments(partner).exists()
    assert not visible_parts(partner).exclude(source=Source.OTHER).exists()


def test_who_was_only_proposed_still_reads_by_role(house):
    partner = house.readers[Reader.HR_PARTNER]
    about = {"assessment": house.assessment, "assessor_id": partner.person_id}
    PartFactory(**about, state=PartState.PROPOSED)

    assert visible_assessments(partner).exists()
    assert not visible_parts(partner).exists()


def shown(actor, assessment):
    """Everything a reader is given of an assessment, in one comparable thing."""
    seen = profile(actor, assessment)
    lines = [(one.own, one.manager, one.others, one.compared, one.gap) for one in seen.lines]
    return lines, seen.shortfall, examples(actor, assessment)


def others_answer(house, levels):
    for person, level in zip(house.others, levels, strict=True):
        answer(house.assessment, person, [level] * 3)


def test_before_closing_others_enter_nothing_for_any_reader(house):
    house.hand_in(Source.SELF, Source.MANAGER)
    before = {reader: shown(who, house.assessment) for reader, who in house.readers.items()}
    others_answer(house, (5, 5, 5))

    assert before == {reader: shown(who, house.assessment) for reader, who in house.readers.items()}
    assert all(line[2] is None for lines, *_ in before.values() for line in lines)


def test_two_others_enter_nothing_at_all(house):
    house.hand_in(Source.SELF, Source.MANAGER)
    before = shown(house.readers[Reader.SUBJECT], house.assessment)
    for person in house.others[:2]:
        answer(house.assessment, person, [1, 1, 1], examples=["I saw this."])
    house.close()

    after = shown(house.readers[Reader.SUBJECT], house.assessment)
    assert after == before


def test_one_who_cannot_say_is_not_one_of_three(house):
    for person, levels in zip(house.others, [(4, 4, 4), (4, 4, 4), (None, 4, 4)], strict=True):
        answer(house.assessment, person, levels)
    house.close()

    lines, *_ = shown(house.readers[Reader.SUBJECT], house.assessment)
    assert [line[2] is not None for line in lines] == [False, True, True]


@pytest.mark.parametrize(
    "answers", [((3, 4, 4), (5, 3, 3)), ((5, 5, 5), (3, 5, 5)), ((1, 1, 1), (2, 2, 1))]
)
def test_different_answers_of_three_others_show_every_reader_the_same(house, answers):
    """So that from all figures together no answer of anybody follows."""
    second = House()
    for one, levels in zip((house, second), answers, strict=True):
        one.hand_in(Source.SELF, Source.MANAGER)
        others_answer(one, levels)
        one.close()

    for reader in house.readers:
        first = shown(house.readers[reader], house.assessment)
        other = shown(second.readers[reader], second.assessment)
        assert first[0] == other[0]
        assert first[1] == other[1]
        assert first[0][0][2].count == OTHERS


def test_examples_of_others_are_shown_from_three_on_without_names_and_in_order_of_the_alphabet(
    house,
):
    for person, text in zip(house.others, ["Zebra", "apple", "Mango"], strict=True):
        answer(
            house.assessment, person, [3, 3, 3], examples=[text, text if text == "apple" else ""]
        )
    subject = house.readers[Reader.SUBJECT]
    assert examples(subject, house.assessment) == {}
    house.close()

    found = examples(subject, house.assessment)
    assert [one.text for texts in found.values() for one in texts] == ["apple", "Mango", "Zebra"]
    assert {one.source for texts in found.values() for one in texts} == {Source.OTHER}


def test_examples_of_the_person_and_the_manager_are_shown_with_their_parts(house):
    house.hand_in(Source.SELF)
    assert examples(house.readers[Reader.LINE_ABOVE], house.assessment) == {}

    house.hand_in(Source.MANAGER)
    found = examples(house.readers[Reader.LINE_ABOVE], house.assessment)
    assert {one.text for texts in found.values() for one in texts} == {"By self", "By manager"}
    assert AssessmentPart.objects.filter(state=PartState.SUBMITTED).count() == 2
