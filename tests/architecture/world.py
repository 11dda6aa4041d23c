"""A small organization in which everybody there can be stands somewhere, and everything is there.

Company   Cleo (executive), Spencer (specialist), Audrey (auditor), Ida (IT administrator),
          Stella (a colleague with nothing to do with it), Hugo (HR partner of Plant)
  Sales   Celia > Mia > Ben (the subject) and Leon (who left); Hana (HR partner of Sales);
          Dora stands in for Mia, and so does Ben
  Plant   nobody
"""

from datetime import date, timedelta
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenhand.access.actions import TokenPlan, create_token
from evenhand.competencies.models import LibraryImport
from evenhand.competencies.workbook import COLUMNS
from evenhand.compliance.actions import publish_notice
from evenhand.cycles.kinds import CycleState, GoalsNeeded
from evenhand.cycles.models import Selection
from evenhand.integrations.actions import bring_file, save_mapping
from evenhand.integrations.importing import Source
from evenhand.integrations.people_files.mapping import Mapping
from evenhand.integrations.people_files.reading import read_table
from evenhand.jobs.kinds import JobState
from evenhand.kernel.acting import Role
from evenhand.web.middleware import DELEGATION_KEY
from tests.architecture.goals_world import add_goals
from tests.architecture.library_world import add_library
from tests.architecture.sources_world import add_sources
from tests.architecture.workshops_world import add_workshops
from tests.factories import development
from tests.factories.access import (
    AccountFactory,
    DelegationFactory,
    RoleGrantFactory,
    acting,
)
from tests.factories.analytics import RatingAuditFactory
from tests.factories.assessments import AssessmentFactory, PartFactory, answer, closed
from tests.factories.audit import EntryFactory
from tests.factories.competencies import (
    CompetencyFactory,
    CompetencyVersionFactory,
    ModelFactory,
)
from tests.factories.cycles import (
    CycleFactory,
    GoalsExcuseFactory,
    ParticipationFactory,
    SelectionFactory,
    TemplateVersionFactory,
)
from tests.factories.jobs import JobFactory
from tests.factories.people import LeaveFactory, PersonFactory, UnitFactory, company
from tests.factories.reviews import (
    AnswerVersionFactory,
    ManagerReviewFactory,
    SelfReviewFactory,
    fill_in,
    question,
)
from tests.factories.strategy import ObjectiveFactory, agreed

PEOPLE_FILE = Path(__file__).parent.parent / "files" / "people_sample.csv"

KINDS = {
    "anon": "nobody signed in",
    "strg": "a colleague with nothing to do with it",
    "subj": "the person reviewed",
    "mgr": "the person's manager, who writes the review",
    "2nd": "the manager's manager",
    "hr": "HR partner of the person's unit",
    "hr2": "HR partner of another unit",
    "spec": "specialist",
    "exec": "executive",
    "audt": "auditor",
    "it": "IT administrator",
    "dele": "a colleague standing in for the manager",
    "dsub": "the person reviewed, standing in for the manager",
    "bare": "the specialist's program, with a token that has no role",
}
ROLES = {
    "hr": Role.HR_PARTNER,
    "hr2": Role.HR_PARTNER,
    "spec": Role.SPECIALIST,
    "exec": Role.EXECUTIVE,
    "audt": Role.AUDITOR,
    "it": Role.IT_ADMINISTRATOR,
}


class World:
    """Build within a transaction. `keys` names what addresses are about."""

    def __init__(self):
        self.keys = {"nothing": 987654321}
        self.now, self.today = timezone.now(), timezone.localdate()
        self._add_people()
        self._add_cycles()
        self._add_reviews()
        self._add_template()
        self._add_competencies()
        self._add_work()
        self._add_import()
        self._add_audits()
        self._add_assessments()
        self._add_development()
        self._add_strategy()
        add_goals(self)
        add_sources(self)
        add_library(self)
        add_workshops(self)
        self.sessions = {kind: self._session(kind) for kind in KINDS if kind != "anon"}
        self.tokens = {kind: self._token(kind) for kind in KINDS if kind != "anon"}

    def client(self, kind):
        """A browser of this kind of person, always as fresh as on the first day."""
        client = Client(raise_request_exception=False)
        if kind != "anon":
            client.cookies["evenhand_session"] = self.sessions[kind]
        return client

    def machine(self, kind):
        headers = {"Authorization": f"Bearer {self.tokens[kind]}"} if kind != "anon" else {}
        return Client(headers=headers, raise_request_exception=False)

    def address(self, name, about=""):
        """Where something is: `reviews:review` about `begun`, or about `cycle,person`."""
        return reverse(name, args=[self.keys.get(word, word) for word in about.split(",") if word])

    def _add_people(self):
        everywhere = company()
        self.sales = UnitFactory(code="sales", name="Sales", parent=everywhere)
        self.plant = UnitFactory(code="plant", name="Plant", parent=everywhere)
        chief = PersonFactory(given_name="Cleo", family_name="Executive")
        above = PersonFactory(given_name="Celia", family_name="Above", unit=self.sales)
        manager = PersonFactory(
            given_name="Mia", family_name="Manager", unit=self.sales, manager=above
        )
        below = {"unit": self.sales, "manager": manager}
        subject = PersonFactory(given_name="Ben", family_name="Subject", **below)
        leaver = PersonFactory(
            given_name="Leon", family_name="Leaver", left_on=date(2024, 5, 1), **below
        )
        self.people = {
            "strg": PersonFactory(given_name="Stella", family_name="Stranger"),
            "subj": subject,
            "mgr": manager,
            "2nd": above,
            "hr": PersonFactory(given_name="Hana", family_name="Partner", unit=self.sales),
            "hr2": PersonFactory(given_name="Hugo", family_name="Elsewhere"),
            "spec": PersonFactory(given_name="Spencer", family_name="Specialist"),
            "exec": chief,
            "audt": PersonFactory(given_name="Audrey", family_name="Auditor"),
            "it": PersonFactory(given_name="Ida", family_name="Administrator"),
            "dele": PersonFactory(given_name="Dora", family_name="Delegate"),
            "dsub": subject,
        }
        self.people["bare"] = self.people["spec"]
        scopes = {"hr": self.sales, "hr2": self.plant}
        for kind, role in ROLES.items():
            grant = RoleGrantFactory(
                person=self.people[kind], role=role, unit=scopes.get(kind), starts_on=self.today
            )
            self.keys[f"role_{kind}"] = grant.pk
        for person in {person.pk: person for person in self.people.values()}.values():
            AccountFactory(person=person)
        self.delegations = {
            kind: DelegationFactory(principal=manager, delegate=self.people[kind])
            for kind in ("dele", "dsub")
        }
        self.keys |= {
            "subject": subject.pk,
            "leaver": leaver.pk,
            "newcomer": PersonFactory(given_name="Noor", family_name="Newcomer", **below).pk,
            "leave": LeaveFactory(person=subject, starts_on=self.today - timedelta(days=3)).pk,
            "sales": self.sales.pk,
            "closed_unit": UnitFactory(name="Closed", ends_on=date(2024, 5, 1)).pk,
            "delegation": self.delegations["dele"].pk,
        }

    def _add_cycles(self):
        self.running = CycleFactory(name="Running")
        self.released = CycleFactory(name="Released")
        over = CycleFactory(name="Over", state=CycleState.CLOSED)
        draft = CycleFactory(name="In preparation", draft=True)
        launching = CycleFactory(name="Launching", state=CycleState.LAUNCHING)
        draft.units.add(self.sales)
        subject = self.people["subj"]
        waiting = CycleFactory(name="Waiting for goals", goals_needed=GoalsNeeded.REVIEW_WAITS)
        self.keys |= {
            "waiting": waiting.pk,
            "goals_excuse": GoalsExcuseFactory(cycle=waiting, person=subject).pk,
            "running": self.running.pk,
            "over": over.pk,
            "draft": draft.pk,
            "launching": launching.pk,
            "selection": SelectionFactory(cycle=draft, person=subject).pk,
        }
        assert Selection.objects.count() == 1

    def _add_reviews(self):
        handed_in = CycleFactory(name="Handed in")
        for name, cycle, state in (
            ("begun", self.running, {"draft": True}),
            ("handed_in", handed_in, {"submitted": True}),
            ("released", self.released, {"submitted": True}),
        ):
            part = ParticipationFactory(
                cycle=cycle,
                person=self.people["subj"],
                unit=self.sales,
                released=name == "released",
            )
            own = fill_in(SelfReviewFactory(participation=part, **state))
            about = {"participation": part, "author": self.people["mgr"]}
            written = fill_in(ManagerReviewFactory(**about, **state))
            self.keys |= {f"self_{name}": own.pk, name: written.pk, f"part_{name}": part.pk}
            if name == "begun":
                self._add_former_words(own, written)
            if name == "handed_in":
                self.keys["asked_later"] = question(written, "What was achieved").pk

    def _add_former_words(self, own, written):
        for name, review in (("self_version", own), ("version_of_words", written)):
            asked = question(review, "What was achieved")
            self.keys[name] = AnswerVersionFactory(review=review, question=asked).pk
            self.keys["asked"] = asked.pk

    def _add_template(self):
        version = TemplateVersionFactory()
        frozen = self.running.version
        section = version.sections.first()
        self.keys |= {
            "template": version.template_id,
            "version": version.pk,
            "frozen": frozen.pk,
            "level": version.levels.first().pk,
            "section": section.pk,
            "question": section.questions.first().pk,
        }

    def _add_competencies(self):
        published = CompetencyFactory(code="listening").versions.get()
        unseen = CompetencyVersionFactory(name="Unseen", in_writing=True)
        again = {"number": 2, "in_writing": True}
        draft = CompetencyVersionFactory(competency=published.competency, **again)
        model = ModelFactory(name="Engineers")
        model_draft = ModelFactory(name="Engineers, again", model=model.model, **again)
        self.keys |= {
            "competency": published.competency_id,
            "competency_unseen": unseen.competency_id,
            "wording": published.pk,
            "wording_draft": draft.pk,
            "model": model.model_id,
            "model_wording": model.pk,
            "model_draft": model_draft.pk,
            "library_import": LibraryImport.objects.create(
                file_name="library.xlsx",
                rows={sheet: [] for sheet in COLUMNS},
                brought_by=self.people["spec"],
                brought_at=self.now,
            ).pk,
        }

    def _add_work(self):
        for kind in ("spec", "audt"):
            person = self.people[kind]
            name = default_storage.save(f"tests/of-{kind}.csv", ContentFile(b"a,b\n"))
            asked = {"asked_by_id": person.pk, "asked_by_name": person.name}
            done = JobFactory(
                state=JobState.DONE, result_file=name, asked_at=self.now, ended_at=self.now, **asked
            )
            waits = JobFactory(asked_at=self.now, **asked)
            self.keys |= {f"job_{kind}": done.pk, f"waiting_{kind}": waits.pk}
        self.keys["entry"] = EntryFactory().pk
        specialist = acting(self.people["spec"], on=self.today)
        for text in ("What we keep.", "What we keep, and for how long."):
            publish_notice(text, by=specialist, at=self.now)
        self.keys |= {"first_notice": 1, "notice": 2}

    def _add_import(self):
        specialist = acting(self.people["spec"], on=self.today)
        raw = PEOPLE_FILE.read_bytes()
        table = read_table(raw)
        source = Source(PEOPLE_FILE.name, raw)
        brought = bring_file(source, table, by=specialist, at=self.now)
        mapping = Mapping.from_json(brought.mapping)
        saved = save_mapping("Our files", mapping, by=specialist, at=self.now)
        self.keys |= {"import": brought.pk, "mapping": saved.pk}

    def _add_audits(self):
        for name, audience in (("kept", ""), ("for_leaders", "leaders"), ("open", "everybody")):
            made = RatingAuditFactory(
                cycle=self.running, asked_by=self.people["spec"], audience=audience
            )
            self.keys[f"audit_{name}"] = made.pk

    def _add_assessments(self):
        subject, manager = self.people["subj"], self.people["mgr"]
        over = AssessmentFactory(subject=subject, manager=manager, opened_on=date(2026, 3, 2))
        closed_part = answer(over, subject, [3, 2, None])
        answer(over, manager, [2, 2, 4])
        closed(over)
        about = {"subject": subject, "manager": manager, "model_version": over.model_version}
        one = AssessmentFactory(**about)
        parts = {part.source: part.pk for part in one.parts.all()}
        other = self.people["strg"].pk
        proposed = PartFactory(assessment=one, state="proposed")
        self.keys |= {
            "assessed": over.pk,
            "assessment": one.pk,
            "part_self": parts["self"],
            "part_manager": parts["manager"],
            "part_over": closed_part.pk,
            "part_proposed": proposed.pk,
            "model": over.model_version.model_id,
            "colleague": other,
        }

    def _add_strategy(self):
        days = {"starts_on": date(2020, 1, 1), "ends_on": date(2100, 1, 1)}
        objective = ObjectiveFactory(owner=self.people["exec"], **days)
        withdrawn = ObjectiveFactory(owner=self.people["exec"], withdrawn=True, **days)
        above = agreed(owner=self.people["mgr"], unit=self.sales, objective=objective)
        goal = agreed(owner=self.people["subj"], unit=self.sales, parent=above, score="0.4")
        self.keys |= {
            "objective": objective.pk,
            "objective_withdrawn": withdrawn.pk,
            "at_objective": f"o{objective.pk}",
            "at_goal": f"g{goal.pk}",
        }

    def _add_development(self):
        subject, manager = self.people["subj"], self.people["mgr"]
        draft = development.begun(subject, by=subject)
        plan = development.agreed(subject, manager)
        self.keys |= {
            "dev_draft": draft.pk,
            "dev_plan": plan.pk,
            "dev_action": plan.actions_agreed.get().pk,
        }

    def _session(self, kind):
        client = Client()
        client.force_login(self.people[kind].account)
        if kind in self.delegations:
            session = client.session
            session[DELEGATION_KEY] = self.delegations[kind].pk
            session.save()
        return client.cookies["evenhand_session"].value

    def _token(self, kind):
        """Programs cannot stand in: a delegate's token is the delegate's own."""
        person = self.people[kind]
        plan = TokenPlan(kind, str(ROLES.get(kind, "")), self.now + timedelta(days=1))
        actor = acting(person, on=self.today)
        token, secret = create_token(person, plan, by=actor, at=self.now)
        self.keys[f"token_{kind}"] = token.pk
        return secret
