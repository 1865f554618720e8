"""A company of 100,000 people in mid-programme, written straight into PostgreSQL: what `make bench-pages` looks at.

One programme holds it all (the worst case for a page): 20,000 pairs with 160,000 meetings and 500,000 check-ins, 10,000
suggestions that wait for HR. Every number follows from a row's own number, so that each run looks at the same company.
"""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from benchmarks.rows import analyze, insert
from goals.models import Agreement, AgreementVersion, CheckIn, Goal, Signature
from insights.actions.refresh import refresh
from matching.models import MatchingRun, SavedView, Suggestion
from mentoring.models import (
    Department,
    Enrolment,
    Grade,
    Meeting,
    Pair,
    Person,
    Programme,
    Seat,
    Site,
    Skill,
    SkillOffer,
    SkillWish,
    User,
)
from notifications.models import Message

PEOPLE, PAIRS, MEETINGS, CHECK_INS, SUGGESTIONS = 100_000, 20_000, 160_000, 500_000, 10_000
HR, EMPLOYEE = 1, 10_002  # keys: somebody in HR, and the mentee of pair 2, which runs
DEPARTMENTS, SITES, GRADES, SKILLS = 40, 12, 9, 300
DECLINED = 50  # invitations
MENTEES = 10_000  # pair n: mentor MENTORS + n, mentee MENTEES + n; so the boss of the tree is in none
MENTORS = 50_000

Tell = Callable[[str], None]


def fill(tell: Tell) -> None:
    """Writes the whole company into an empty, migrated database."""
    with transaction.atomic():
        for part in PARTS:
            tell(part.__name__.replace("_", " "))
            part()
    analyze()
    tell("figures")
    refresh(Programme.objects.get())
    analyze()


def organisation() -> None:
    insert(Department, f"generate_series(1, {DEPARTMENTS}) n", name="'Department ' || n")
    insert(Site, f"generate_series(1, {SITES}) n", name="'Site ' || n")
    insert(Grade, f"generate_series(1, {GRADES}) n", name="'Grade ' || n", level="n")


def people() -> None:
    """A tree of managers, eight to each; the seniors stand at its top."""
    everybody = f"generate_series(1, {PEOPLE}) n"
    insert(
        User, everybody, id="n", email="'person' || n || '@bench.example'", password="'!'", is_hr=f"n = {HR}",
    )  # fmt: skip
    insert(
        Person, everybody, user_id="n", name="'Person ' || n", job_title="'Specialist ' || n % 50",
        department_id=_key_of(Department, f"1 + n % {DEPARTMENTS}"), site_id=_key_of(Site, f"1 + n % {SITES}"),
        grade_id=_key_of(Grade, f"1 + (({PEOPLE} - n) * {GRADES}) / ({PEOPLE} + 1)"),
        manager_id="CASE WHEN n > 1 THEN 1 + (n - 2) / 8 END", joined_on="date '2015-01-01' + n % 3650",
        onboarding_step="5", introduction="'I like to learn from people who see things differently.'",
    )  # fmt: skip


def _key_of(model: type[Department | Site | Grade], number: str) -> str:
    first = model.objects.order_by("pk").values_list("pk", flat=True)[0]
    return f"{first - 1} + {number}"


def skills() -> None:
    keys = list(Skill.objects.order_by("pk").values_list("pk", flat=True)[:SKILLS])
    pick = f"(ARRAY{keys})[1 + (n * 7 + k * 31) % {len(keys)}]"
    source = f"generate_series(1, {PEOPLE}) n, generate_series(1, 2) k"
    insert(SkillOffer, source, person_id="n", skill_id=pick, level="1 + (n + k) % 5")
    insert(
        SkillWish, source, person_id="n", skill_id=pick.replace("k * 31", "100 + k * 31"),
        priority="1 + (n + k) % 3", present="1", wanted="4",
    )  # fmt: skip


def programme() -> None:
    made = Programme.objects.create(
        name="All together", purpose="To learn from each other.", status=Programme.Status.LAUNCHED,
        enrol_from="2026-01-01", enrol_until="2026-12-31", starts_on="2026-02-01", ends_on="2027-01-31",
    )  # fmt: skip
    insert(
        Enrolment, f"generate_series({MENTEES + 1}, {MENTORS + PAIRS + SUGGESTIONS}) n", programme_id=str(made.pk),
        person_id="n", enrolled_at="now() - interval '200 days'", mentor_capacity="1", mentee_capacity="1",
    )  # fmt: skip
    for role in ("mentor", "mentee"):
        insert(Seat, "mentoring_enrolment e", enrolment_id="e.id", role=f"'{role}'", number="1")


def pairs() -> None:
    seats = (
        f"generate_series(1, {PAIRS}) n"
        f" JOIN mentoring_enrolment a ON a.person_id = {MENTORS} + n JOIN mentoring_seat m ON m.enrolment_id = a.id AND"
        f" m.role = 'mentor' JOIN mentoring_enrolment b ON b.person_id = {MENTEES} + n JOIN mentoring_seat s"
        " ON s.enrolment_id = b.id AND s.role = 'mentee'"
    )
    skill = Skill.objects.order_by("pk").values_list("pk", flat=True)[0]
    insert(
        Pair, seats, programme_id="a.programme_id", mentor_id=f"{MENTORS} + n", mentee_id=f"{MENTEES} + n",
        junior_id=f"{MENTORS} + n", skill_id=f"{skill} + n % {SKILLS}", is_exchange="n % 3 = 0",
        mentor_seat_id="m.id", mentee_seat_id="s.id",
        status="CASE n % 10 WHEN 0 THEN 'completed' WHEN 1 THEN 'ended' ELSE 'active' END",
        opened_at="now() - interval '190 days'", both_know_since="now() - interval '185 days'",
        begun_at="now() - interval '185 days'", mentor_briefed_at="now() - interval '185 days'",
        mentee_briefed_at="now() - interval '185 days'", started_at="now() - (30 + n % 150) * interval '1 day'",
        finished_at="CASE WHEN n % 10 < 2 THEN now() - (n % 30) * interval '1 day' END",
    )  # fmt: skip


def meetings() -> None:
    each = MEETINGS // PAIRS
    insert(
        Meeting, f"mentoring_pair p, generate_series(1, {each}) k", pair_id="p.id",
        starts_at="p.started_at + (k * 17 + p.id % 5) * interval '1 day'",
        ends_at="p.started_at + (k * 17 + p.id % 5) * interval '1 day' + interval '45 minutes'",
        status=(
            "CASE WHEN p.started_at + (k * 17 + p.id % 5) * interval '1 day' > now() THEN 'planned'"
            " WHEN (p.id + k) % 9 = 0 THEN 'cancelled' ELSE 'held' END"
        ),
        cancelled_by_id="CASE WHEN (p.id + k) % 9 = 0 THEN p.mentee_id END", planned_by_id="p.mentor_id",
        logged_by_id="p.mentor_id", logged_at="p.started_at + (k * 17 + 6) * interval '1 day'",
        topic="'Meeting ' || k", uid="gen_random_uuid()",
    )  # fmt: skip


def check_ins() -> None:
    """25 of each pair: the mentor's 13 and the mentee's 12; nine in ten are answered."""
    at = "p.started_at + k * interval '7 days'"
    answered = "(p.id + k) % 10 <> 0"
    scale = f"CASE WHEN {answered} THEN 1 + (p.id * 3 + k) % 5 END"
    each = CHECK_INS // PAIRS
    insert(
        CheckIn, f"mentoring_pair p, generate_series(1, {each}) k", pair_id="p.id",
        person_id="CASE WHEN k % 2 = 1 THEN p.mentor_id ELSE p.mentee_id END", number="(k + 1) / 2",
        status=f"CASE WHEN {answered} THEN 'answered' ELSE 'lapsed' END", due_at=at,
        lapses_at=f"{at} + interval '10 days'", answered_at=f"CASE WHEN {answered} THEN {at} END", asked="1",
        happiness=scale, information=scale, progress=scale,
    )  # fmt: skip


def agreements_and_goals() -> None:
    insert(Agreement, "mentoring_pair p", pair_id="p.id", mentor_wants="'To be heard.'", mentee_wants="'To see anew.'")
    insert(
        AgreementVersion, "goals_agreement a", agreement_id="a.id", number="1", content="'{}'::jsonb", saved_at="now()"
    )
    for person in ("mentor_id", "mentee_id"):
        insert(
            Signature, "goals_agreementversion v JOIN goals_agreement a ON a.id = v.agreement_id"
            " JOIN mentoring_pair p ON p.id = a.pair_id",
            version_id="v.id", person_id=f"p.{person}", signed_at="now()",
        )  # fmt: skip
    insert(
        Goal, "mentoring_pair p, generate_series(1, 2) k", pair_id="p.id", learner_id="p.mentee_id",
        title="'Goal ' || k", level_at_start="1", level_now="1 + p.id % 4", progress="(p.id * 7) % 100",
        due_on="current_date + 30", created_at="p.started_at",
    )  # fmt: skip


def suggestions() -> None:
    criteria = '[{"name": "skill_fit", "points": 80, "sentence": "Offers what is wanted."}]'
    skill = Skill.objects.order_by("pk").values_list("pk", flat=True)[0]
    insert(
        Suggestion, f"generate_series(1, {SUGGESTIONS}) n, mentoring_programme p", programme_id="p.id",
        mentor_id=f"{MENTORS + PAIRS} + n", mentee_id=f"{MENTEES + PAIRS} + n", skill_id=f"{skill} + n % {SKILLS}",
        score="100 + (n * 37) % 150", criteria=f"'{criteria}'::jsonb", near_tie="n % 20 = 0",
    )  # fmt: skip
    insert(
        Message, "generate_series(1, 200000) n", key="'bench:' || n", kind="'pair'", recipient_id="1 + n % 100000",
        to="'person@bench.example'", subject="'Hello'", text="'Hello'", summary="'Hello'", status="'sent'",
        due_at="now()", next_try_at="now()", sent_at="now()",
    )  # fmt: skip


def desk() -> None:
    """What HR's approval page shows beside the suggestions: a run, a view that was kept, invitations declined."""
    programme, skill = Programme.objects.get(), Skill.objects.order_by("pk").values_list("pk", flat=True)[0]
    told = {"placed": 2 * SUGGESTIONS, "asked": 2 * SUGGESTIONS, "suggested": SUGGESTIONS, "certified": True}
    MatchingRun.objects.create(
        programme=programme, status=MatchingRun.Status.DONE, percent=100, summary=told, finished_at=timezone.now()
    )
    SavedView.objects.create(person_id=HR, name="Near ties", query="near_tie=on")
    insert(
        Pair, f"generate_series(1, {DECLINED}) n", programme_id=str(programme.pk), mentor_id=f"{MENTORS + PAIRS} + n",
        mentee_id=f"{MENTEES + PAIRS} + 1 + n", junior_id=f"{MENTORS + PAIRS} + n", skill_id=str(skill),
        status="'declined'", opened_at="now() - interval '20 days'", finished_at="now() - interval '10 days'",
    )  # fmt: skip


PARTS = (organisation, people, skills, programme, pairs, meetings, check_ins, agreements_and_goals, suggestions, desk)
