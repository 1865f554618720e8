from mentoring.models import Channel, Person, SkillOffer, SwotEntry
from mentoring.taxonomy import load_taxonomy
from reverse_mentoring.demo.roles import company
from reverse_mentoring.demo.stories import Story, people, stories

BY_KEY = {person.key: person for person in people()}


def offers(key: str) -> set[str]:
    return {offer.skill for offer in BY_KEY[key].offers}


def wishes(key: str) -> set[str]:
    return {wish.skill for wish in BY_KEY[key].wishes}


def story(key: str) -> Story:
    return next(story for story in stories() if story.key == key)


def test_each_person_stands_in_the_company():
    departments = {department.name for department in company().departments}
    sites = {site.name for site in company().sites}

    for person in people():
        assert person.department in departments
        assert person.site in sites
        assert person.level in company().grades
        assert sorted(person.channels) == sorted(Channel.values)
        assert person.email == f"{person.key}@demo.example"


def test_each_skill_is_in_the_taxonomy_and_each_wish_wants_more():
    names = {skill.name for skill in load_taxonomy().skills}

    for person in people():
        assert offers(person.key) | wishes(person.key) <= names
        assert all(wish.present < wish.wanted and wish.priority in (1, 2, 3) for wish in person.wishes)
        assert all(offer.level in range(1, 6) and offer.learned and offer.used for offer in person.offers)


def test_texts_fit_their_fields():
    for person in people():
        assert len(person.introduction) <= 600 == Person._meta.get_field("introduction").max_length
        assert all(
            max(len(offer.learned), len(offer.used)) <= 300 == SkillOffer._meta.get_field("learned").max_length
            for offer in person.offers
        )
        lines = [line for quadrant in person.swot.values() for line in quadrant]
        assert all(len(line) <= 200 == SwotEntry._meta.get_field("text").max_length for line in lines)


def test_the_mentor_of_each_story_offers_what_the_mentee_wishes_first():
    for each in stories():
        first = [wish.skill for wish in BY_KEY[each.mentee].wishes if wish.priority == 1]

        assert each.skill in offers(each.mentor)
        assert each.skill in first


def test_both_programme_stories_are_mutual_exchanges_with_a_junior_mentor():
    for each in (story("layout"), story("boards")):
        assert each.return_skill in offers(each.mentee) & wishes(each.mentor)
        assert BY_KEY[each.mentor].level < BY_KEY[each.mentee].level


def test_taylor_reports_to_amirah_and_teaches_her_both_tools():
    assert BY_KEY["taylor"].reports_to == "amirah"
    assert {"Pinterest", "Hootsuite"} <= offers("taylor") & wishes("amirah")


def test_jessica_has_been_here_for_two_weeks_and_is_asked_a_quick_question():
    assert BY_KEY["jessica"].joined_days_ago == 14
    assert (story("cent").kind, story("cent").mentor, story("cent").mentee) == ("quick", "jessica", "ted")
    assert story("cent").question


def test_mohammed_is_new_and_sarah_has_been_here_for_six_years():
    assert BY_KEY["mohammed"].joined_days_ago < 90
    assert 6 * 365 <= BY_KEY["sarah"].joined_days_ago < 7 * 365
