import pytest
from django.utils import timezone

from evenhand.audit.models import Entry
from evenhand.kernel.acting import Role
from evenhand.reviews.kinds import KeptBecause, ReviewState, SignOffDecision
from evenhand.reviews.models import Answer, AnswerVersion, SignOff
from tests.factories.access import AccountFactory, DelegationFactory, RoleGrantFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import (
    AnswerVersionFactory,
    ManagerReviewFactory,
    RatingFactory,
    SelfReviewFactory,
    answer,
    fill_in,
    question,
)

SECRET = "Thinking of leaving"


def sign_in(client, person):
    client.force_login(AccountFactory(person=person))
    return client


@pytest.fixture
def review(db):
    return ManagerReviewFactory(draft=True)


@pytest.fixture
def author(client, review):
    return sign_in(client, review.author)


@pytest.fixture
def handed_in(db):
    review = fill_in(ManagerReviewFactory(submitted=True))
    answer(review, "What should HR know", text=SECRET)
    RatingFactory(review=review, value=4)
    return review


@pytest.fixture
def released(handed_in):
    handed_in.participation.released_at = timezone.now()
    handed_in.participation.save()
    return handed_in


def page_of(client, review, part="", **form):
    return client.get(f"/reviews/{review.pk}/{part}", form)


def post(client, review, part, **form):
    return client.post(f"/reviews/{review.pk}/{part}", form, follow=True)


def said(response):
    return response.content.decode()


def test_the_author_gets_the_form_with_the_self_review_beside(author, review):
    own = SelfReviewFactory(participation=review.participation, submitted=True)
    answer(own, "What was achieved", text="I closed the books in three days.")

    page = said(page_of(author, review))

    assert "data-autosave-url" in page
    assert "I closed the books in three days." in page
    assert "Shares early." in page  # the competency's own words for a level
    assert page.count("data-question=") == 4


def test_what_one_may_not_read_does_not_exist(client, review):
    sign_in(client, review.subject)

    for part in ("", "preview/", "versions/", "reopening/", "handover/", "sign-off/", "document/"):
        assert page_of(client, review, part).status_code == 404, part


def test_signed_out_one_is_asked_to_sign_in(client, review):
    assert page_of(client, review).status_code == 302


def fields(review, part, **words):
    pk = question(review, part).pk
    return {f"q-{pk}-{name.replace('_', '-')}": value for name, value in words.items()}


def test_without_scripts_a_draft_is_saved_with_the_button(author, review):
    form = fields(review, "What was achieved", revision=0, text="Much\r\ndone")
    form |= fields(review, "How well", revision=0, rating=4)
    form |= fields(review, "Works well", revision=0, rating=3, not_rated="yes")

    page = said(author.post(f"/reviews/{review.pk}/draft/", form, follow=True))

    assert "Your draft is saved." in page
    assert Answer.objects.get(length__gt=0).text == "Much\ndone"
    assert Answer.objects.filter(rating=4).count() == 1
    assert Answer.objects.get(not_rated=True).rating is None


def test_a_form_from_an_older_page_overwrites_nothing(author, review):
    answer(review, "What was achieved", text="Newer", revision=3)
    form = fields(review, "What was achieved", revision=2, text="Older words")

    page = author.post(f"/reviews/{review.pk}/draft/", form)

    assert "An answer was also changed somewhere else" in said(page)
    assert Answer.objects.get().text == "Newer"
    assert "Older words" in said(page_of(author, review, "versions/"))


def test_handing_in_too_early_says_what_is_missing_and_where(author, review):
    response = post(author, review, "submission/")
    asked = question(review, "How well")

    assert response.status_code == 422
    assert "3 required questions have no answer yet." in said(response)
    assert f'<a href="#question-{asked.pk}">{asked.text}</a>' in said(response)


def test_the_last_words_of_the_form_are_handed_in_too(author, review):
    fill_in(review)
    Answer.objects.filter(length__gt=0).delete()
    form = fields(review, "What was achieved", revision=0, text="At the very end")

    page = said(author.post(f"/reviews/{review.pk}/submission/", form, follow=True))

    assert "is handed in, with 2 ratings." in page
    assert "At the very end" in page
    review.refresh_from_db()
    assert review.is_submitted


def test_the_part_beside_the_form_shows_the_formula_so_far(author, review):
    answer(review, "How well", rating=4)

    part = said(page_of(author, review, "state/"))

    assert "60 % × 4.00" in part  # noqa: RUF001
    assert "What was achieved, and how?" in part


def test_the_preview_leaves_out_what_is_never_shown(client, handed_in):
    handed_in.state, handed_in.submitted_at = ReviewState.DRAFT, None
    handed_in.save()
    sign_in(client, handed_in.author)

    assert SECRET in said(page_of(client, handed_in))
    assert SECRET not in said(page_of(client, handed_in, "preview/"))


def test_the_person_reads_the_released_review_and_not_what_is_never_shown(client, released):
    sign_in(client, released.subject)

    page = said(page_of(client, released))

    assert "Closed the books in three days." in page
    assert "Sign or decline" in page
    assert SECRET not in page
    assert not Entry.objects.exists()


def test_a_reading_by_role_is_recorded(client, handed_in):
    specialist = RoleGrantFactory(role=Role.SPECIALIST).person
    sign_in(client, specialist)

    assert SECRET in said(page_of(client, handed_in))
    page_of(client, handed_in)

    entry = Entry.objects.get(code="review.read")
    assert (entry.about_id, entry.by_id) == (handed_in.pk, specialist.pk)


def test_reopening_asks_why(client, handed_in):
    sign_in(client, handed_in.author)
    assert post(client, handed_in, "reopening/").status_code == 422

    page = post(client, handed_in, "reopening/", reason="A figure is missing")

    assert "The review is open again." in said(page)
    handed_in.refresh_from_db()
    assert handed_in.state == ReviewState.DRAFT


def test_the_author_is_told_why_it_is_open_again(client, handed_in):
    sign_in(client, handed_in.author)
    post(client, handed_in, "reopening/", reason="A figure is missing")

    assert "A figure is missing" in said(page_of(client, handed_in))


def test_what_belongs_to_the_form_is_only_for_its_author(client, released):
    sign_in(client, released.subject)

    assert page_of(client, released, "state/").status_code == 404
    assert page_of(client, released, "versions/").status_code == 404
    assert post(client, released, "draft/").status_code == 403


def test_only_a_manager_review_has_a_preview(client, db):
    own = SelfReviewFactory(draft=True)
    sign_in(client, own.author)

    assert page_of(client, own, "preview/").status_code == 404


def test_the_pages_of_a_review_ask_little(client, handed_in, django_assert_max_num_queries):
    fill_in(SelfReviewFactory(participation=handed_in.participation, submitted=True))
    writing = ManagerReviewFactory(participation__cycle=handed_in.cycle, author=handed_in.author)
    fill_in(SelfReviewFactory(participation=writing.participation, submitted=True))
    sign_in(client, handed_in.author)
    for review in (handed_in, writing):
        with django_assert_max_num_queries(15):
            assert page_of(client, review).status_code == 200

    sign_in(client, RoleGrantFactory(role=Role.HR_PARTNER, unit=handed_in.unit).person)
    with django_assert_max_num_queries(15):
        page_of(client, handed_in)


def test_a_released_review_is_not_reopened(client, released):
    sign_in(client, released.author)

    assert page_of(client, released, "reopening/").status_code == 409


def test_earlier_words_are_found_and_brought_back(author, review):
    answer(review, "What was achieved", text="New words")
    former = AnswerVersionFactory(
        review=review, question=question(review, "What was achieved"), text="Old words"
    )
    assert "Old words" in said(page_of(author, review, "versions/"))

    post(author, review, f"versions/{former.pk}/restoration/")

    assert Answer.objects.get().text == "Old words"
    kept = AnswerVersion.objects.filter(kept_because=KeptBecause.REPLACED)
    assert "New words" in [version.text for version in kept]


def test_however_much_was_rewritten_the_oldest_words_are_found(author, review):
    asked = question(review, "What was achieved")
    AnswerVersionFactory(review=review, question=asked, text="The very first words")
    AnswerVersionFactory.create_batch(50, review=review, question=asked, text="Later")

    first = page_of(author, review, "versions/")
    older = first.context["page"].next_cursor

    assert "The very first words" not in said(first)
    assert "The very first words" in said(page_of(author, review, f"versions/?cursor={older}"))


def test_a_version_of_another_review_is_not_brought_back(author, review):
    former = AnswerVersionFactory(question=question(review, "What was achieved"), text="Theirs")

    response = post(author, review, f"versions/{former.pk}/restoration/")

    assert response.status_code == 404


@pytest.fixture
def partner(client, review):
    return sign_in(client, RoleGrantFactory(role=Role.HR_PARTNER, unit=review.unit).person)


def test_the_hr_partner_hands_a_review_over(partner, review):
    new = PersonFactory(given_name="Nadia", family_name="Novak")
    found = partner.get(
        f"/reviews/{review.pk}/handover/", {"q": "nov"}, headers={"HX-Request": "true"}
    )
    assert "Nadia Novak" in said(found)
    assert "<html" not in said(found)

    page = post(partner, review, "handover/", person=new.pk, reason="New manager")

    assert "Nadia Novak goes on with the review" in said(page)
    review.refresh_from_db()
    assert review.author == new


def test_a_handover_needs_a_person_and_a_reason(partner, review):
    assert "Choose the person who goes on" in said(post(partner, review, "handover/"))
    new = PersonFactory()
    assert post(partner, review, "handover/", person=new.pk).status_code == 422


def test_a_review_is_not_handed_to_its_subject(partner, review):
    form = {"person": review.subject_id, "reason": "Why not"}

    assert post(partner, review, "handover/", **form).status_code == 422


def test_the_person_signs(client, released):
    sign_in(client, released.subject)
    assert "Your last word" in said(page_of(client, released, "sign-off/"))

    page = post(client, released, "sign-off/", decision="signed", comment="Thank you.")

    assert "Your last word stands beside the review." in said(page)
    assert "Thank you." in said(page)
    assert SignOff.objects.get().decision == SignOffDecision.SIGNED


def test_declining_needs_a_statement(client, released):
    sign_in(client, released.subject)

    response = post(client, released, "sign-off/", decision="declined")

    assert response.status_code == 422
    assert "why you do not sign" in said(response)


def test_nobody_else_gets_to_the_signature(client, released):
    sign_in(client, released.author)

    assert page_of(client, released, "sign-off/").status_code == 403


def test_a_delegate_writes_in_the_managers_name_and_both_are_kept(client, review):
    delegation = DelegationFactory(principal=review.author)
    fill_in(review)
    sign_in(client, delegation.delegate)
    client.post("/profile/acting/", {"delegation": delegation.pk})
    session = client.session
    session["delegation"] = delegation.pk
    session.save()

    post(client, review, "submission/")

    entry = Entry.objects.get(code="review.submitted")
    assert (entry.by_id, entry.delegate_id) == (review.author_id, delegation.delegate_id)


def test_my_reviews_lead_to_what_is_released(client, released):
    sign_in(client, released.subject)

    page = said(client.get("/reviews/"))

    assert f'href="/reviews/{released.pk}/"' in page
    assert released.cycle.name in page


def test_without_reviews_the_page_says_what_will_stand_there(client, db):
    sign_in(client, PersonFactory())

    assert "No reviews yet" in said(client.get("/reviews/"))
