"""HR designs a programme, a step at a time."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from mentoring.actions.programmes import change
from mentoring.forms.programmes import WEIGHTS
from mentoring.models import EnrolmentQuestion, Invitee, Person, Programme
from mentoring.views.programme_design import ORDER, STEPS
from tests.builders import make_alice, make_bob, make_dana, make_department, make_programme

NO_DAY = "Choose a day from the calendar, or write it as 2026-06-30."
NO_WEIGHT = "Give at least one of these a weight: without any, all pairs are as good."
pytestmark = pytest.mark.django_db


def signed_in(client: Client, person: Person) -> Client:
    client.force_login(person.user)
    return client


def make_draft(**fields: object) -> Programme:
    return make_programme(**{"name": "Across levels", "status": Programme.Status.DRAFT, **fields})


def sent(programme: Programme, step: str, **changes: object) -> dict[str, object]:
    """What the browser sends of a step's form as it opens, with some of it changed."""
    kind = STEPS[step][2]
    assert kind is not None
    form = kind(instance=programme)
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    data |= {"version": programme.version, **changes}
    return {name: value for name, value in data.items() if value not in (None, False)}


def test_a_name_and_a_purpose_make_a_draft_with_good_defaults(client: Client) -> None:
    response = signed_in(client, make_dana()).post("/programmes/new/", {"name": "Across levels", "purpose": "Learn."})

    programme = Programme.objects.get()
    assert response.headers["Location"] == f"/programmes/{programme.pk}/design/people/"
    assert (programme.status, programme.meetings_planned, programme.min_grade_gap) == ("draft", 6, 1)
    assert (programme.ends_on - programme.starts_on).days == 182
    assert (programme.enrol_from, programme.audience) == (timezone.localdate(), "everybody")
    assert programme.guide.startswith("## What reverse mentoring is")


@pytest.mark.parametrize("step", ORDER[:6])
def test_each_step_is_saved_as_it_opens_and_leads_to_the_next(client: Client, step: str) -> None:
    programme = make_draft()

    response = signed_in(client, make_dana()).post(f"/programmes/{programme.pk}/design/{step}/", sent(programme, step))

    following = ORDER[ORDER.index(step) + 1]
    assert response.headers["Location"] == f"/programmes/{programme.pk}/design/{following}/"


@pytest.mark.parametrize(
    ("step", "changes", "field", "words"),
    [
        ("purpose", {"name": ""}, "name", "Fill this in."),
        ("purpose", {"name": "x" * 200}, "name", "Use at most 120 characters; these are 200."),
        ("purpose", {"name": "Taken"}, "name", "There is a programme of this name already. Choose another."),
        ("purpose", {"name": "Round\x07 2027"}, "name",
         "This holds a character that cannot be shown, after “Round”. Type that part anew."),
        ("purpose", {"purpose": "\0"}, "purpose", "This holds a character that cannot be shown. Type it anew."),
        ("dates", {"starts_on": "2027-02-30"}, "starts_on", NO_DAY),
        ("dates", {"starts_on": "2027-06-01", "ends_on": "2027-05-01"}, "ends_on",
         "The programme must end after it starts."),
        ("dates", {"starts_on": "0001-01-01"}, "starts_on", "Choose a year from 2020 to 2100."),
        ("dates", {"enrol_from": "2027-06-01", "enrol_until": "2027-05-01"}, "enrol_until",
         "Enrolment must close on or after the day it opens."),
        ("dates", {"enrol_until": "2099-05-01"}, "enrol_until", "Enrolment must close before the programme ends."),
        ("rhythm", {"meeting_minutes_from": "60", "meeting_minutes_to": "30"}, "meeting_minutes_to",
         "The longest meeting cannot be shorter than the shortest."),
        ("rhythm", {"meetings_planned": "many"}, "meetings_planned", "Write a whole number, in digits."),
        ("rules", dict.fromkeys(WEIGHTS, "0"), "weight_skill_fit", NO_WEIGHT),
        ("rules", {"weight_exchange": "11"}, "weight_exchange", "Use 10 or less."),
        ("people", {"audience": "nobody"}, "audience",
         "Choose from the list."),
        ("people", {"audience": "chosen"}, "audience",
         "Then tick departments, grades or sites, or name people: nobody is chosen yet."),
        ("people", {"audience": "chosen", "departments": ["x"]}, "departments",
         "“x” is not in the list. Choose from it."),
        ("people", {"audience": "chosen", "named": "nobody@demo.example\n4711"}, "named",
         "No colleague who is here has this address or number: nobody@demo.example, 4711. "
         "Correct or remove it; nobody was added."),
    ],
)  # fmt: skip
def test_wrong_input_is_said_at_its_field_kept_and_not_saved(
    client: Client, step: str, changes: dict[str, object], field: str, words: str
) -> None:
    make_programme(name="Taken")
    programme = make_draft()
    data = sent(programme, step, **changes)

    response = signed_in(client, make_dana()).post(f"/programmes/{programme.pk}/design/{step}/", data)

    form = response.context["form"]
    assert form.errors[field][0] == words
    assert form[field].value() == data.get(field, "")
    programme.refresh_from_db()
    assert (programme.version, programme.audience, Invitee.objects.count()) == (1, "everybody", 0)


def test_choosing_who_may_join_says_how_many_they_are(client: Client) -> None:
    alice, bob, dana = make_alice(), make_bob(employee_number="E-7"), make_dana()
    programme = make_draft()
    url = f"/programmes/{programme.pk}/design/people/"
    data = {"audience": "chosen", "departments": [alice.department_id], "named": " E-7,dana@x ", "version": 1}
    dana.user.email = "dana@x"
    dana.user.save()

    signed_in(client, dana).post(url, {**data, "do": "stay"})

    page = client.get(url)
    assert (page.context["may_join"], page.context["named"]) == (3, 2)
    assert set(Person.objects.who_may_join(Programme.objects.get())) == {alice, bob, dana}


def test_a_stale_page_is_refused_once_and_keeps_what_was_typed(client: Client) -> None:
    programme, dana = make_draft(), make_dana()
    stale = sent(programme, "purpose", name="Mine")
    change(programme, by=dana, version=programme.version, name="Theirs")

    response = signed_in(client, dana).post(f"/programmes/{programme.pk}/design/purpose/", stale)

    programme.refresh_from_db()
    assert (programme.name, response.context["form"]["name"].value()) == ("Theirs", "Mine")
    assert "Somebody changed this" in response.context["form"].non_field_errors()[0]
    assert response.context["form"].errors["name"] == ["Meanwhile it became “Theirs”. Save again to put yours."]
    assert "purpose" not in response.context["form"].errors
    client.post(f"/programmes/{programme.pk}/design/purpose/", {**stale, "version": str(response.context["version"])})
    programme.refresh_from_db()
    assert programme.name == "Mine"


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_a_version_that_is_none_saves_nothing(client: Client, version: str) -> None:
    programme = make_draft()

    signed_in(client, make_dana()).post(
        f"/programmes/{programme.pk}/design/purpose/", sent(programme, "purpose", name="New", version=version)
    )

    programme.refresh_from_db()
    assert programme.name == "Across levels"


def test_the_guide_is_previewed_without_saving_and_without_script(client: Client) -> None:
    programme = make_draft()
    signed_in(client, make_dana())

    with_script = client.post("/programmes/preview/", {"guide": "**bold** <script>alert(1)</script>"})
    without = client.post(
        f"/programmes/{programme.pk}/design/guide/", {"guide": "**bold**", "version": 1, "do": "preview"}
    )

    assert with_script.content.decode() == "<p><strong>bold</strong> &lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
    assert "<strong>bold</strong>" in without.content.decode()
    programme.refresh_from_db()
    assert programme.guide == ""


def test_a_closed_programme_is_not_changed(client: Client) -> None:
    programme = make_programme(status=Programme.Status.CLOSED)

    response = signed_in(client, make_dana()).post(
        f"/programmes/{programme.pk}/design/purpose/", sent(programme, "purpose", name="New")
    )

    assert "closed" in response.context["form"].non_field_errors()[0]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 300}, "text"),
        ({"kind": "poem"}, "kind"),
        ({"kind": "choice", "choices": "Only one"}, "choices"),
        ({"kind": "choice", "choices": "\n".join(map(str, range(30)))}, "choices"),
        ({"kind": "choice", "choices": f"{'x' * 81}\nb"}, "choices"),
        ({"kind": "choice", "choices": "Yes\nNo\nyes "}, "choices"),
    ],
)
def test_a_wrong_question_is_said_at_its_field(client: Client, changes: dict[str, str], field: str) -> None:
    programme = make_draft()

    response = signed_in(client, make_dana()).post(
        f"/programmes/{programme.pk}/questions/", {"text": "Why?", "kind": "text", **changes}
    )

    assert list(response.context["form"].errors) == [field]
    assert not EnrolmentQuestion.objects.exists()


def test_a_question_is_asked_changed_and_taken_away(client: Client) -> None:
    programme = make_draft()
    signed_in(client, make_dana())

    client.post(
        f"/programmes/{programme.pk}/questions/", {"text": "How?", "kind": "choice", "choices": "So\n\n or  so "}
    )
    question = EnrolmentQuestion.objects.get()
    assert question.choices == ["So", "or so"]
    client.post(f"/programmes/questions/{question.pk}/", {"text": "How sure?", "kind": "scale", "is_required": "on"})
    question.refresh_from_db()
    assert (question.text, question.kind, question.choices, question.is_required) == ("How sure?", "scale", [], True)
    client.post(f"/programmes/questions/{question.pk}/remove/")

    assert not EnrolmentQuestion.objects.exists()


def test_what_participants_will_see_is_shown_with_the_form_and_nothing_to_send(client: Client) -> None:
    programme = make_draft(guide="# Hello")
    EnrolmentQuestion.objects.create(programme=programme, text="What would help you?")

    page = signed_in(client, make_dana()).get(f"/programmes/{programme.pk}/as-seen/").content.decode()

    for words in ("What would help you?", "HR reads these answers, with your name", "Hello", "Who may join"):
        assert words in page
    assert "Join</button>" not in page


def test_a_named_person_is_taken_off_the_list(client: Client) -> None:
    programme, bob = make_draft(), make_bob()
    Invitee.objects.create(programme=programme, person=bob)
    signed_in(client, make_dana())
    assert "Bob" in client.get(f"/programmes/{programme.pk}/named/?q=bob").content.decode()

    for person in (bob.pk, bob.pk, "x"):
        client.post(f"/programmes/{programme.pk}/named/remove/", {"person": person})

    assert not Invitee.objects.exists()


def test_the_launch_says_who_would_be_told_and_what_to_put_up(client: Client) -> None:
    alice = make_alice()
    programme = make_draft(audience="chosen", departments=[alice.department_id])

    page = signed_in(client, make_dana()).get(f"/programmes/{programme.pk}/design/launch/")

    assert (page.context["may_join"], page.context["to_tell"]) == (1, 1)
    assert page.context["link"] == f"http://testserver/programmes/{programme.pk}/"
    assert "Who may join: Colleagues in Marketing." in page.context["poster"]
    assert page.context["launch_form"]["announce"].value() is True


def test_a_programme_for_nobody_is_not_launched(client: Client) -> None:
    programme = make_draft(audience="chosen", departments=[make_department(name="Empty").pk])

    response = signed_in(client, make_dana()).post(f"/programmes/{programme.pk}/launch/", follow=True)

    programme.refresh_from_db()
    assert (programme.status, "Nobody may join so far" in response.content.decode()) == ("draft", True)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_the_named_asks_the_same_few_questions_for_any_number(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    programme = make_draft()
    for _ in range(number):
        Invitee.objects.create(programme=programme, person=make_bob())
    signed_in(client, make_dana())

    with django_assert_num_queries(5):
        client.get(f"/programmes/{programme.pk}/named/")
