"""The people of the demo company: 500 executives, 500 newcomers, and those whose stories wait to be played."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from mentoring.models import Channel, Person, SkillOffer, SkillWish, SwotEntry, User
from reverse_mentoring.demo import stories
from reverse_mentoring.demo.names import cultures
from reverse_mentoring.demo.organisation import Organisation
from reverse_mentoring.demo.roles import EXECUTIVE_LEVELS, NEWCOMER_LEVELS, Department, Site, company
from reverse_mentoring.demo.words import Voice, evidence, introduction

PASSWORD = "reverse-mentoring"
DOMAIN = "demo.example"
ONBOARDED = 5
QUADRANTS = {"strengths": "strength", "weaknesses": "weakness", "opportunities": "opportunity", "threats": "threat"}


@dataclass(frozen=True)
class Draft:
    """Somebody before they are a row: the person, and what they offer and wish as (skill, …)."""

    person: Person
    offers: Sequence[tuple[str, int, str, str]]  # skill, level, learned, used
    wishes: Sequence[tuple[str, int, int, int]]  # skill, priority, present, wanted


@dataclass(frozen=True)
class Company:
    executives: list[Person]
    newcomers: list[Person]
    by_key: dict[str, Person]  # the people of the stories, and HR
    outside: list[Person]  # in no programme


def make_people(organisation: Organisation, random: Random, *, today: dt.date, each: int, outside: int) -> Company:
    """`each` executives and as many newcomers, and colleagues who take no part; everybody signs in with PASSWORD."""
    told = [_story_draft(person, organisation, today) for person in stories.people()]
    taken = {draft.person.user.email for draft in told}
    executives = [_draft("executive", organisation, random, today, taken) for _ in range(each)]
    newcomers = [_draft("newcomer", organisation, random, today, taken) for _ in range(each)]
    others = _without_skills(organisation, today, taken, outside)
    _save([*told, *executives, *newcomers, *others], organisation)
    by_key = {story.key: draft.person for story, draft in zip(stories.people(), told, strict=True)}
    beside = [draft.person for draft in others]
    _give_managers([d.person for d in executives], [d.person for d in newcomers], by_key, beside, random)
    _write_worksheets(by_key)
    return Company([d.person for d in executives], [d.person for d in newcomers], by_key, beside)


def _without_skills(organisation: Organisation, today: dt.date, taken: set[str], number: int) -> list[Draft]:
    """Half of each kind, who have not filled in their inventory; by a lot of their own, so that nothing else shifts."""
    lot = Random(number)
    voices: tuple[Voice, Voice] = ("executive", "newcomer")
    drafts = [_draft(voices[n % 2], organisation, lot, today, taken) for n in range(number)]
    return [Draft(draft.person, [], []) for draft in drafts]


def _draft(voice: Voice, organisation: Organisation, random: Random, today: dt.date, taken: set[str]) -> Draft:
    paper = company()
    place = random.choices(paper.sites, [site.share for site in paper.sites])[0]
    where = random.choices(paper.departments, [department.share for department in paper.departments])[0]
    level = _level(voice, random, where)
    work = random.choice(where.fields)
    name = _name(place, random)
    joined = today - dt.timedelta(days=_days_here(voice, random))
    person = Person(
        user=User(email=_email(name, taken)),
        name=name,
        job_title=random.choice(where.titles[level]).format(field=work),
        department=organisation.departments[where.name],
        grade=organisation.grades[level],
        site=organisation.sites[place.name],
        time_zone=place.time_zone,
        work_starts=dt.time(random.choice([8, 8, 9, 9, 9])),
        work_ends=dt.time(random.choice([17, 17, 18]), random.choice([0, 30])),
        languages=["en", *[language for language in place.languages if random.random() < 0.6]],
        channels=_channels(voice, random),
        hours_a_month=random.choice([2, 2, 3, 4]) if voice == "newcomer" else random.choice([1, 2, 2, 3]),
        joined_on=joined,
        open_to_quick_questions=random.random() < 0.8,
        introduction=introduction(
            random, voice, department=where.name, site=place.name, field=work, before=random.choice(where.before),
            years=(today - joined).days // 365,
        ),
    )  # fmt: skip
    offers = _offers(voice, where, organisation, random)
    return Draft(person, offers, _wishes(voice, where, random, not_these={offer[0] for offer in offers}))


def _level(voice: Voice, random: Random, where: Department) -> int:
    """Few stand at the top; a department without titles at a level has nobody there."""
    levels = [n for n in (NEWCOMER_LEVELS if voice == "newcomer" else EXECUTIVE_LEVELS) if n in where.titles]
    most = {1: 20, 2: 38, 3: 28, 4: 14, 6: 52, 7: 31, 8: 15, 9: 2}
    return random.choices(levels, [most[level] for level in levels])[0]


def _days_here(voice: Voice, random: Random) -> int:
    return random.randint(40, 700) if voice == "newcomer" else int(random.triangular(500, 9000, 2500))


def _name(place: Site, random: Random) -> str:
    near = random.random() < 0.8
    return cultures()[random.choice(place.cultures if near else sorted(cultures()))].name(random)


def _email(name: str, taken: set[str]) -> str:
    """first.last, with a number for the second of a name."""
    plain = ".".join("".join(c for c in part.lower() if c.isascii() and c.isalpha()) or "x" for part in name.split())
    number, email = 1, f"{plain}@{DOMAIN}"
    while email in taken:
        number += 1
        email = f"{plain}{number}@{DOMAIN}"
    taken.add(email)
    return email


def _channels(voice: Voice, random: Random) -> list[str]:
    """Newcomers lean to chat, executives to the phone; both like to meet."""
    likes = {"in_person": 5, "video": 4, "chat": 4, "phone": 1, "email": 1}
    if voice == "executive":
        likes = {"in_person": 5, "video": 4, "phone": 3, "email": 2, "chat": 1}
    return sorted(Channel.values, key=lambda channel: -random.random() * likes[channel])


def _offers(
    voice: Voice, where: Department, organisation: Organisation, random: Random
) -> list[tuple[str, int, str, str]]:
    own = where.newcomers_offer if voice == "newcomer" else where.executives_offer
    everywhere = company().newcomers_offer if voice == "newcomer" else company().executives_offer
    chosen = dict.fromkeys([*_some(own, random, 1, 3), *_some(everywhere, random, 2, 4)])
    offers = []
    for skill in chosen:
        words = evidence(random, voice, category=organisation.skills[skill].category.slug)
        offers.append((skill, random.choice([3, 3, 4, 4, 5]), words.learned, words.used))
    return offers


def _wishes(voice: Voice, where: Department, random: Random, *, not_these: set[str]) -> list[tuple[str, int, int, int]]:
    """Each side wishes for what the other side offers, and a little for what hardly anybody offers."""
    paper = company()
    other = paper.executives_offer if voice == "newcomer" else paper.newcomers_offer
    near = where.executives_offer if voice == "newcomer" else where.newcomers_offer
    scarce = paper.newcomers_wish_beyond_supply if voice == "newcomer" else paper.executives_wish_beyond_supply
    chosen = dict.fromkeys([*_some(other, random, 2, 3), *_some(near, random, 0, 1), *_some(scarce, random, 0, 1)])
    wishes = []
    for number, skill in enumerate(skill for skill in chosen if skill not in not_these):
        present = random.choice([0, 0, 1, 1, 2])
        priority = 1 if number == 0 else random.choice([1, 2, 2, 3])
        wishes.append((skill, priority, present, min(5, present + random.choice([2, 2, 3]))))
    return wishes


def _some(names: Sequence[str], random: Random, least: int, most: int) -> list[str]:
    """A few of the names; the earlier ones are taken more often, as a Zipf law has it."""
    weights = [1 / (place + 2) for place in range(len(names))]
    found: dict[str, None] = {}
    for _ in range(random.randint(least, most)):
        found.setdefault(random.choices(names, weights)[0])
    return list(found)


def _story_draft(story: stories.StoryPerson, organisation: Organisation, today: dt.date) -> Draft:
    site = organisation.sites[story.site]
    person = Person(
        user=User(email=story.email, is_hr=story.is_hr),
        name=story.name,
        pronouns=story.pronouns,
        job_title=story.job_title,
        department=organisation.departments[story.department],
        grade=organisation.grades[story.level],
        site=site,
        time_zone=site.time_zone,
        languages=list(story.languages),
        channels=list(story.channels),
        hours_a_month=story.hours_a_month,
        joined_on=today - dt.timedelta(days=story.joined_days_ago),
        introduction=story.introduction,
    )
    offers = [(offer.skill, offer.level, offer.learned, offer.used) for offer in story.offers]
    return Draft(person, offers, [(wish.skill, wish.priority, wish.present, wish.wanted) for wish in story.wishes])


def _save(drafts: list[Draft], organisation: Organisation) -> None:
    password = make_password(PASSWORD)  # once: the same password for everybody, and hashing is slow on purpose
    for draft in drafts:
        draft.person.user.password = password
        draft.person.onboarding_step = ONBOARDED
    User.objects.bulk_create([draft.person.user for draft in drafts])
    for number, draft in enumerate(drafts):
        draft.person.user_id = draft.person.user.pk
        draft.person.employee_number = f"MF-{10001 + number}"
    Person.objects.bulk_create([draft.person for draft in drafts])
    EmailAddress.objects.bulk_create(
        EmailAddress(user=d.person.user, email=d.person.user.email, verified=True, primary=True) for d in drafts
    )
    skills = organisation.skills
    SkillOffer.objects.bulk_create(
        SkillOffer(person=d.person, skill=skills[name], level=level, learned=learned, used=used)
        for d in drafts
        for name, level, learned, used in d.offers
    )
    SkillWish.objects.bulk_create(
        SkillWish(person=d.person, skill=skills[name], priority=priority, present=present, wanted=wanted)
        for d in drafts
        for name, priority, present, wanted in d.wishes
    )


def _give_managers(
    executives: list[Person], newcomers: list[Person], by_key: dict[str, Person], beside: list[Person], random: Random
) -> None:
    """A tree: each reports to somebody of a higher grade in their department, the highest of it to the CEO."""
    chief = by_key["amirah"]
    told = zip(by_key.values(), (by_key.get(story.reports_to) for story in stories.people()), strict=True)
    named = {person.pk: boss for person, boss in told if boss}
    everybody = [*executives, *newcomers, *(person for person in by_key.values() if person != chief), *beside]
    for person in everybody:
        above = [e for e in executives if e.department_id == person.department_id and _level_of(e) > _level_of(person)]
        nearest = min((_level_of(e) for e in above), default=None)
        choice = [e for e in above if _level_of(e) == nearest] or [chief]
        person.manager = named.get(person.pk) or random.choice(choice)
    Person.objects.bulk_update(everybody, ["manager"], batch_size=500)


def _level_of(person: Person) -> int:
    return person.level or 0


def _write_worksheets(by_key: dict[str, Person]) -> None:
    lines: Iterable[SwotEntry] = [
        SwotEntry(person=by_key[story.key], quadrant=QUADRANTS[quadrant], text=text)
        for story in stories.people()
        for quadrant, texts in story.swot.items()
        for text in texts
    ]
    SwotEntry.objects.bulk_create(lines)
