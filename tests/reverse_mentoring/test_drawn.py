"""Parts of pages that are drawn once."""

import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.core.cache import caches
from django.template import Context, Template, TemplateSyntaxError
from django.template.context import RequestContext
from django.test import RequestFactory
from django.utils import timezone

from mentoring.models import Pair, Person
from reverse_mentoring.templatetags import drawn
from tests.builders import make_alice, make_bob, make_pair

LOAD = "{% load drawn %}"


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    caches["process"].clear()
    yield
    caches["process"].clear()


def kept() -> int:
    return len(caches["process"]._cache)  # type: ignore[attr-defined]  # the part of the library that counts


def draw(template: Template, **values: object) -> str:
    return template.render(Context(values)).strip()


def test_equal_values_are_drawn_once_and_others_anew() -> None:
    template = Template(LOAD + "{% drawn word=word %}<b>{{ word }}</b>{% enddrawn %}")

    words = [draw(template, word=word) for word in ("one", "one", "<two>")]

    assert words == ["<b>one</b>", "<b>one</b>", "<b>&lt;two&gt;</b>"]
    assert kept() == 2


def test_the_same_values_in_two_places_are_two_things() -> None:
    template = Template(LOAD + "{% drawn n=n %}a{{ n }}{% enddrawn %}{% drawn n=n %}b{{ n }}{% enddrawn %}")

    assert draw(template, n=1) == "a1b1"


def test_nothing_is_seen_but_what_is_named() -> None:
    template = Template(LOAD + "{% drawn word=word %}{{ word }}{{ secret }}{% enddrawn %}{{ secret }}")

    assert draw(template, word="seen", secret="hidden") == "seenhidden"


@pytest.mark.django_db
def test_whatever_changes_of_a_model_changes_what_is_drawn() -> None:
    template = Template(LOAD + "{% drawn person=person %}{{ person.job_title }}{% enddrawn %}")
    alice = make_alice(job_title="Brand manager")

    before = draw(template, person=alice)
    Person.objects.filter(pk=alice.pk).update(job_title="Head of brand")

    assert (before, draw(template, person=Person.objects.get(pk=alice.pk))) == ("Brand manager", "Head of brand")


@pytest.mark.django_db
def test_what_asked_the_database_is_not_kept() -> None:
    template = Template(LOAD + "{% drawn pair=pair %}{{ pair.mentor.name }}{% enddrawn %}")
    pair = make_pair(mentor=make_alice(), mentee=make_bob())

    drawn_first = draw(template, pair=type(pair).objects.get(pk=pair.pk))
    Person.objects.filter(pk=pair.mentor_id).update(name="Alice Arden")
    drawn_then = draw(template, pair=type(pair).objects.get(pk=pair.pk))

    assert (drawn_first, drawn_then, kept()) == ("Alice", "Alice Arden", 0)


def test_a_moment_reads_in_the_zone_of_each_reader() -> None:
    template = Template(LOAD + '{% drawn at=at %}{{ at|date:"H:i" }}{% enddrawn %}')
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)

    with timezone.override(zoneinfo.ZoneInfo("Europe/Oslo")):
        in_oslo = draw(template, at=noon)
    with timezone.override(zoneinfo.ZoneInfo("Asia/Tokyo")):
        in_tokyo = draw(template, at=noon)

    assert (in_oslo, in_tokyo) == ("14:00", "21:00")


def test_each_reader_s_form_has_their_own_token() -> None:
    template = Template(LOAD + "{% drawn of=1 %}<form>{% csrf_token %}</form>{% enddrawn %}")

    pages = [template.render(RequestContext(RequestFactory().get("/"))) for _ in range(2)]

    assert pages[0] != pages[1]
    assert drawn.TOKEN not in "".join(pages)
    assert kept() == 1


def test_a_value_may_say_what_its_looks_follow_from() -> None:
    class Chooser:
        def __init__(self, choice: str) -> None:
            self.choice, self.cannot_be_pickled = choice, lambda: None

        def drawn_by(self) -> str:
            return self.choice

    template = Template(LOAD + "{% drawn chooser=chooser %}{{ chooser.choice }}{% enddrawn %}")

    assert [draw(template, chooser=Chooser(choice)) for choice in "aba"] == ["a", "b", "a"]
    assert kept() == 2


@pytest.mark.django_db
def test_what_changes_of_a_row_that_was_read_along_changes_what_is_drawn() -> None:
    template = Template(LOAD + "{% drawn pair=pair %}{{ pair.mentor.name }}, {{ pair.mentor.home }}{% enddrawn %}")
    key = make_pair(mentor=make_alice(), mentee=make_bob()).pk

    def seen(**told: str) -> str:
        pair = Pair.objects.select_related("mentor").get(pk=key)
        vars(pair.mentor).update(told)  # as a page does with what it has read elsewhere
        return draw(template, pair=pair)

    words = [seen(home="Oslo"), seen(home="Rome"), seen(home="Oslo")]
    Person.objects.filter(name="Alice").update(name="Alice Arden")

    assert [*words, seen(home="Oslo")] == ["Alice, Oslo", "Alice, Rome", "Alice, Oslo", "Alice Arden, Oslo"]
    assert kept() == 3


def test_what_stands_apart_is_drawn_each_time_in_its_place_and_kept_nowhere() -> None:
    template = Template(
        LOAD
        + "{% drawn word=word %}{{ word }}{% apart %} {{ secret }} {% endapart %}{{ secret }}{{ word }}{% enddrawn %}"
    )

    pages = [draw(template, word="<apart-1>", secret=secret) for secret in ("hers", "his")]

    assert pages == [f"&lt;apart-1&gt; {secret} &lt;apart-1&gt;" for secret in ("hers", "his")]
    assert kept() == 1
    assert not [words for words in caches["process"]._cache.values() if b"hers" in words]  # type: ignore[attr-defined]


def test_what_stands_apart_may_have_a_form() -> None:
    template = Template(LOAD + "{% drawn of=1 %}<p>{% apart %}{% csrf_token %}{% endapart %}</p>{% enddrawn %}")

    pages = [template.render(RequestContext(RequestFactory().get("/"))) for _ in range(2)]

    assert pages[0] != pages[1]
    assert all("csrfmiddlewaretoken" in page for page in pages)


def test_what_stands_apart_is_not_kept_with_the_words_around() -> None:
    around = "{% drawn word=word %}{% drawn of=1 %}{% apart %}{{ secret }}{% endapart %}{% enddrawn %}{% enddrawn %}"

    with pytest.raises(TemplateSyntaxError):
        draw(Template(LOAD + around), word="word", secret="hers")


def test_nothing_stands_apart_of_nothing() -> None:
    with pytest.raises(TemplateSyntaxError):
        Template(LOAD + "{% apart %}alone{% endapart %}")


def test_what_is_drawn_names_its_values() -> None:
    with pytest.raises(TemplateSyntaxError):
        Template(LOAD + "{% drawn %}nothing{% enddrawn %}")
