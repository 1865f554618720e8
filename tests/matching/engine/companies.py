"""Small companies drawn by Hypothesis, with every rule and capacity in play."""

from dataclasses import replace

from hypothesis import strategies as st

from matching.engine import PersonRow, Policy, Wish
from tests.matching.engine.reference import Company

SKILLS = ["Hiring", "Python", "Social media", "Spreadsheets"]


@st.composite
def people(draw, *, least=2, most=6):
    size = draw(st.integers(least, most))
    keys = draw(st.lists(st.integers(1, 99), min_size=size, max_size=size, unique=True))
    return tuple(draw(person(key, keys[:place], keys)) for place, key in enumerate(keys))


@st.composite
def person(draw, key, earlier, keys):
    others = st.lists(st.sampled_from([*keys, 1000]), max_size=1)
    skills = draw(st.lists(st.sampled_from(SKILLS), max_size=3, unique=True))
    external = draw(st.integers(0, 5)) == 0
    return PersonRow(
        key=key,
        name=f"Person {key}",
        grade=draw(st.integers(-1, 4)),
        department=draw(st.sampled_from(["", "Sales", "IT"])),
        site=draw(st.sampled_from(["", "Berlin", "Pune"])),
        utc_offset=draw(st.sampled_from([-480, 0, 60, 330, 720])),
        work_starts=draw(st.sampled_from([0, 480, 540, 1000])),
        work_ends=draw(st.sampled_from([1020, 1100, 1440])),
        work_days=draw(st.sampled_from([31, 31, 31, 96, 3])),
        languages=draw(st.lists(st.sampled_from(["de", "en"]), min_size=1, max_size=2, unique=True)),
        channels=draw(st.lists(st.sampled_from(["chat", "in_person", "video"]), max_size=3, unique=True)),
        mentor_capacity=draw(st.sampled_from([0, 1, 1, 2, 3])),
        mentee_capacity=draw(st.sampled_from([0, 1, 1, 2, 3])),
        manager=draw(st.sampled_from([None, None, *earlier])),
        offers={skill: draw(st.integers(1, 5)) for skill in skills},
        wishes=[
            Wish(
                skill=skill,
                priority=draw(st.integers(1, 3)),
                present=draw(st.integers(0, 5)),
                wanted=draw(st.integers(1, 5)),
            )
            for skill in draw(st.lists(st.sampled_from(SKILLS), max_size=3, unique=True))
        ],
        rather_not=draw(others) if draw(st.integers(0, 3)) == 0 else [],
        past_partners=draw(others) if draw(st.integers(0, 3)) == 0 else [],
        running_partners=draw(others) if draw(st.integers(0, 5)) == 0 else [],
        waiting_runs=draw(st.integers(0, 6)),
        external=external,
        approved=draw(st.booleans()),
    )


@st.composite
def companies(draw, *, least=2, most=6):
    rows = draw(people(least=least, most=most))
    keys = [row.key for row in rows]
    couples = st.lists(st.permutations(keys).map(lambda order: (order[0], order[1])), max_size=2, unique=True)
    fixed = draw(couples) if draw(st.integers(0, 2)) == 0 else []
    fixed = fixed[:1] if len({frozenset(couple) for couple in fixed}) < len(fixed) else fixed
    return Company(
        rows=rows,
        fixed=tuple((a, b, "") for a, b in fixed),
        forbidden=tuple(draw(couples)) if draw(st.integers(0, 2)) == 0 else (),
        exceptions=tuple(draw(couples)) if draw(st.integers(0, 1)) == 0 else (),
        previous=tuple(draw(couples)),
    )


@st.composite
def policies(draw):
    return Policy(
        grade_gap=draw(st.sampled_from([None, 0, 0, 1, 1, 2])) or 0
        if draw(st.booleans())
        else draw(st.sampled_from([None, 1])),
        reporting_line=draw(st.sampled_from([None, 1, 2, 10])),
        shared_language=draw(st.booleans()),
        overlap_hours=draw(st.sampled_from([None, 0, 1.5, 2])),
        not_again=draw(st.booleans()),
        external_approval=draw(st.booleans()),
        offer_level=draw(st.integers(1, 3)),
        weights=draw(
            st.dictionaries(st.sampled_from(["skill_fit", "exchange", "bridge", "waiting"]), st.integers(0, 10))
        ),
        stability=draw(st.sampled_from([0, 0, 7])),
    )


def without_lists(company):
    """The same people; nobody would rather not be paired with anybody."""
    return replace(company, rows=tuple(replace(row, rather_not=[]) for row in company.rows))
