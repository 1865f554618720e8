import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from mentoring.actions import people
from mentoring.models import AuditEntry, Person
from tests.builders import make_alice, make_bob, make_charlie, make_dana, make_partner, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(client: Client) -> Person:
    person = make_alice()
    client.force_login(person.user)
    return person


def post(client: Client, part: str, **words: object) -> object:
    return client.post(f"/profile/{part}/", words)


def errors(response: object) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)  # type: ignore[attr-defined]


def png() -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (400, 300), "red").save(file, "PNG")
    return SimpleUploadedFile("me.png", file.getvalue(), "image/png")


TIME = {
    "time_zone": "Europe/Berlin", "work_starts": "08:00", "work_ends": "16:30", "working_days": ["1", "3"],
    "hours_a_month": "4",
}  # fmt: skip


def test_each_part_is_saved_by_itself(client: Client, alice: Person) -> None:
    post(client, "about", name="Alice  Archer ", pronouns="she/her", introduction="Hello.\nI draw.")
    post(client, "work", job_title="Analyst", department=alice.department_id, site="", grade="", joined_on="2024-03-01")
    post(client, "time", **TIME)

    alice.refresh_from_db()
    assert (alice.name, alice.pronouns, alice.introduction) == ("Alice Archer", "she/her", "Hello.\nI draw.")
    assert (alice.job_title, alice.site, str(alice.joined_on)) == ("Analyst", None, "2024-03-01")
    assert (alice.time_zone, alice.working_days, alice.hours_a_month) == ("Europe/Berlin", [1, 3], 4)
    assert AuditEntry.objects.filter(action="person.changed", by=alice).count() == 3


@pytest.mark.parametrize(
    ("part", "words", "field", "says"),
    [
        ("about", {"name": ""}, "name", "Fill this in"),
        ("about", {"name": "   "}, "name", "Fill this in"),
        ("about", {"name": "x" * 10_000}, "name", "at most 120"),
        ("about", {"name": "A", "introduction": "x" * 10_000}, "introduction", "at most 600"),
        ("work", {"joined_on": "1066-10-14"}, "joined_on", "too long ago"),
        ("work", {"joined_on": "2999-01-01"}, "joined_on", "more than a year ahead"),
        ("work", {"joined_on": "yesterday"}, "joined_on", "from the calendar"),
        ("work", {"department": "999999"}, "department", "the list"),
        ("time", {**TIME, "time_zone": "Atlantis/Harbour"}, "time_zone", "not a time zone we know"),
        ("time", {**TIME, "work_starts": "17:00", "work_ends": "09:00"}, "work_ends", "end after they start"),
        ("time", {**TIME, "work_ends": "08:00"}, "work_ends", "end after they start"),
        ("time", {**TIME, "working_days": []}, "working_days", "at least one day"),
        ("time", {**TIME, "working_days": ["8"]}, "working_days", "the list"),
        ("time", {**TIME, "hours_a_month": "0"}, "hours_a_month", "Use 1 or more"),
        ("time", {**TIME, "hours_a_month": "400"}, "hours_a_month", "Use 40 or less"),
        ("meeting", {"languages": []}, "languages", "at least one language"),
        ("meeting", {"languages": ["klingon"]}, "languages", "the list"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_saved(
    client: Client, alice: Person, part: str, words: dict[str, object], field: str, says: str
) -> None:
    response = post(client, part, **words)

    assert list(errors(response)) == [field]
    assert says in errors(response)[field][0]
    assert not AuditEntry.objects.exists()


def test_what_was_typed_is_kept(client: Client, alice: Person) -> None:
    page = post(client, "about", name="", pronouns="they/them", introduction="Half a sentence").content.decode()  # type: ignore[attr-defined]

    assert 'value="they/them"' in page
    assert "Half a sentence" in page


def test_a_name_that_is_not_saved_does_not_show_at_the_top(client: Client, alice: Person) -> None:
    page = post(client, "about", name="x" * 121).content.decode()  # type: ignore[attr-defined]

    assert page.count("x" * 121) == 1


def test_a_page_that_hr_overtook_says_so_and_keeps_what_was_typed(client: Client, alice: Person) -> None:
    seen = client.get("/profile/about/").context["form"]["seen"].value()
    people.change_profile(alice, by=make_dana(), name="Alice Corrected")

    response = post(client, "about", seen=seen, name="Alice Typed", introduction="Hello")

    assert "Somebody changed this" in errors(response)["__all__"][0]
    assert errors(response)["name"] == ["Meanwhile it became “Alice Corrected”. Save again to put yours."]
    assert 'value="Alice Typed"' in response.content.decode()  # type: ignore[attr-defined]
    alice.refresh_from_db()
    assert alice.name == "Alice Corrected"


def test_after_a_page_was_overtaken_saving_what_it_shows_now_puts_it(client: Client, alice: Person) -> None:
    seen = client.get("/profile/time/").context["form"]["seen"].value()
    people.change_profile(alice, by=make_dana(), working_days=[1, 2])
    refused = post(client, "time", seen=seen, **TIME)

    post(client, "time", seen=refused.context["form"]["seen"].value(), **TIME)  # type: ignore[attr-defined]

    assert "Monday, Tuesday" in errors(refused)["working_days"][0]
    alice.refresh_from_db()
    assert alice.working_days == [1, 3]


def test_pressing_save_twice_is_saving_once(client: Client, alice: Person) -> None:
    seen = client.get("/profile/about/").context["form"]["seen"].value()

    answers = [post(client, "about", name="Alice Archer", seen=seen) for _ in range(2)]

    assert {answer.headers["Location"] for answer in answers} == {"/profile/about/"}  # type: ignore[attr-defined]
    assert AuditEntry.objects.count() == 1


def test_a_name_does_not_turn_around_what_stands_beside_it(client: Client, alice: Person) -> None:
    post(client, "about", name="\u202eAlice\u2066 \u05d3\u05e0\u05d4")

    alice.refresh_from_db()
    assert alice.name == "Alice \u05d3\u05e0\u05d4"


def test_a_city_is_enough_for_a_time_zone(client: Client, alice: Person) -> None:
    post(client, "time", **{**TIME, "time_zone": "new york"})

    alice.refresh_from_db()
    assert alice.time_zone == "America/New_York"


def test_choosing_a_site_brings_its_time_zone_to_who_has_none_yet(client: Client, alice: Person) -> None:
    site = make_site(name="Osaka", time_zone="Asia/Tokyo")
    Person.objects.update(time_zone="UTC")

    post(client, "work", site=site.pk)
    alice.refresh_from_db()
    assert alice.time_zone == "Asia/Tokyo"

    post(client, "work", site=make_site(name="London").pk)
    alice.refresh_from_db()
    assert alice.time_zone == "Asia/Tokyo"


def test_ways_to_meet_are_ranked_by_place_numbers(client: Client, alice: Person) -> None:
    places = {"channels_chat": "1", "channels_video": "2", "channels_in_person": "3", "channels_phone": "4"}

    post(client, "meeting", languages=["en", "fr"], **places, channels_email="5")

    alice.refresh_from_db()
    assert alice.channels == ["chat", "video", "in_person", "phone", "email"]
    assert alice.languages == ["en", "fr"]


def test_places_that_are_equal_missing_or_nonsense_still_make_an_order(client: Client, alice: Person) -> None:
    post(client, "meeting", languages=["en"], channels_email="1", channels_chat="1", channels_phone="²")

    alice.refresh_from_db()
    assert alice.channels == ["chat", "email", "in_person", "video", "phone"]


def test_an_unknown_part_is_not_found(client: Client, alice: Person) -> None:
    assert client.get("/profile/age/").status_code == 404


@pytest.mark.parametrize("part", ["about", "work", "time", "meeting"])
def test_a_part_shows_in_few_queries(
    client: Client, alice: Person, part: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(10):
        assert client.get(f"/profile/{part}/").status_code == 200


def test_a_photo_is_kept_small_and_shown_to_colleagues_with_an_etag(client: Client, alice: Person) -> None:
    client.post("/profile/photo/", {"photo": png()})

    alice.refresh_from_db()
    first = client.get(f"/people/{alice.pk}/photo/")
    again = client.get(f"/people/{alice.pk}/photo/", headers={"if-none-match": first.headers["ETag"]})
    assert (first.headers["Content-Type"], Image.open(io.BytesIO(first.content)).size) == ("image/webp", (320, 320))
    assert "private" in first.headers["Cache-Control"]
    assert (again.status_code, again.content) == (304, b"")
    assert f"/people/{alice.pk}/photo/?v=" in client.get("/profile/").content.decode()


def test_a_photo_that_is_no_picture_is_said_at_its_field(client: Client, alice: Person) -> None:
    response = client.post("/profile/photo/", {"photo": SimpleUploadedFile("me.png", b"not a picture", "image/png")})

    assert "not a picture we can read" in response.context["photo_form"].errors["photo"][0]
    assert "not a picture we can read" in response.content.decode()


@pytest.mark.parametrize("photo", ["", SimpleUploadedFile("me.png", b"")])
def test_no_photo_is_said_at_its_field(client: Client, alice: Person, photo: object) -> None:
    response = client.post("/profile/photo/", {"photo": photo})

    assert list(response.context["photo_form"].errors) == ["photo"]


def test_a_photo_can_be_removed(client: Client, alice: Person) -> None:
    client.post("/profile/photo/", {"photo": png()})
    client.post("/profile/photo/remove/")

    assert client.get(f"/people/{alice.pk}/photo/").status_code == 404


def test_a_photo_is_not_shown_to_a_partner_from_outside(client: Client) -> None:
    alice = make_alice()
    people.set_photo(alice, b"webp", by=alice)
    client.force_login(make_partner().user)

    assert client.get(f"/people/{alice.pk}/photo/").status_code == 404


def test_a_line_manager_is_found_by_name_and_chosen(client: Client, alice: Person) -> None:
    bob = make_bob(name="Bob Builder")
    make_charlie()
    url = f"/people/{alice.pk}/manager/"

    found = client.get(url, {"q": "build bob"}, headers={"hx-request": "true"})
    answer = client.post(url, {"manager": bob.pk, "next": "/welcome/1/"})

    assert list(found.context["found"]) == [bob]
    assert "<html" not in found.content.decode()
    assert answer.headers["Location"] == "/welcome/1/"
    alice.refresh_from_db()
    assert alice.manager == bob
    client.post(url, {"manager": ""})
    alice.refresh_from_db()
    assert alice.manager is None


def test_who_reports_to_somebody_cannot_become_their_manager(client: Client, alice: Person) -> None:
    bob = make_bob(manager=alice)

    response = client.post(f"/people/{alice.pk}/manager/", {"manager": bob.pk})

    assert "stands below" in response.content.decode()


def test_nobody_is_led_away_from_the_site(client: Client, alice: Person) -> None:
    answer = client.post(f"/people/{alice.pk}/manager/", {"manager": "", "next": "https://elsewhere.example/"})

    assert answer.headers["Location"] == "/profile/"
