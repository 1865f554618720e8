"""The three stories that the product was made for."""

from matching.engine import PersonRow, Policy, Wish, gather, score_pair, solve

MOHAMMED = PersonRow(
    key="mohammed",
    name="Mohammed",
    grade=6,
    department="Operations",
    mentee_capacity=1,
    offers={"Preparing for a promotion": 5},
    wishes=[Wish(skill="Company layout", priority=1, wanted=4)],
)
SARAH = PersonRow(
    key="sarah",
    name="Sarah",
    grade=4,
    department="Sales",
    mentor_capacity=1,
    offers={"Company layout": 5},
    wishes=[Wish(skill="Preparing for a promotion", priority=1, present=1, wanted=4)],
)
AMIRAH = PersonRow(
    key="amirah",
    name="Amirah",
    grade=9,
    department="Board",
    mentee_capacity=1,
    offers={"Company strategy": 5},
    wishes=[Wish(skill="Social media", priority=1, wanted=4)],
)
TAYLOR = PersonRow(
    key="taylor",
    name="Taylor",
    grade=3,
    department="Marketing",
    mentor_capacity=1,
    manager="amirah",
    offers={"Social media": 5},
    wishes=[Wish(skill="Company strategy", priority=2, wanted=3)],
)
TED = PersonRow(
    key="ted",
    name="Ted",
    grade=4,
    mentee_capacity=1,
    wishes=[Wish(skill="Debugging", priority=1, present=3, wanted=4)],
)
JESSICA = PersonRow(key="jessica", name="Jessica", grade=2, mentor_capacity=1, offers={"Debugging": 4})


def test_mohammed_and_sarah_are_a_mutual_exchange():
    people = gather([MOHAMMED, SARAH, JESSICA])

    (pair,) = solve(people, Policy()).pairs

    assert (people.names[pair.mentor], people.names[pair.mentee]) == ("Sarah", "Mohammed")
    assert pair.is_exchange
    assert [part.sentence for part in pair.criteria][:4] == [
        "Sarah offers Company layout at level 5, Mohammed’s first priority.",
        "In return Mohammed offers Preparing for a promotion at level 5, Sarah’s first priority.",
        "Sarah is 2 grades below Mohammed.",
        "They bridge Sales and Operations.",
    ]


def test_amirah_and_taylor_are_kept_apart_by_their_reporting_line_until_hr_allows_it():
    people = gather([AMIRAH, TAYLOR])

    result = solve(people, Policy())
    by_hand = score_pair(people, Policy(), mentor=1, mentee=0)

    assert result.pairs == ()
    assert [(rule.name, rule.sentence) for rule in result.left_out[0].rules] == [
        ("reporting_line", "1 person is in the same reporting line.")
    ]
    assert not by_hand.eligible
    assert [(rule.name, rule.sentence, rule.can_be_allowed) for rule in by_hand.broken_rules] == [
        ("reporting_line", "Taylor and Amirah are in one reporting line.", True)
    ]
    assert by_hand.criteria[0].sentence == "Taylor offers Social media at level 5, Amirah’s first priority."

    (pair,) = solve(gather([AMIRAH, TAYLOR], exceptions=[("taylor", "amirah")]), Policy()).pairs

    assert (pair.mentor, pair.mentee) == (1, 0)
    assert [rule.name for rule in pair.broken_rules] == ["reporting_line"]


def test_ted_finds_jessica_two_weeks_into_her_job():
    people = gather([TED, JESSICA, AMIRAH])

    (pair,) = solve(people, Policy()).pairs

    assert (people.names[pair.mentor], people.names[pair.mentee]) == ("Jessica", "Ted")
    assert not pair.is_exchange
    assert pair.criteria[0].sentence == "Jessica offers Debugging at level 4, Ted’s first priority."
