"""A believable company of any size, always the same for the same seed: for trying, tests and benchmarks.

Skills are asked for and offered by Zipf's law, managers form a tree by grade, departments and sites have working hours
of their own time zones. Nobody in it has a name that somebody could bear.
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from matching.engine.people import MONDAY_TO_FRIDAY, UNKNOWN, IntArray, People

Shape = Literal["executives", "everybody"]

GRADES = 9
GRADE_SHARES = np.array([0.22, 0.20, 0.17, 0.14, 0.11, 0.08, 0.05, 0.02, 0.01])
DEPARTMENTS = ("Engineering", "Finance", "Human Resources", "IT", "Legal", "Logistics", "Marketing", "Operations",
               "Procurement", "Research", "Sales", "Service")  # fmt: skip
SITES = {
    "Bengaluru": 330,
    "Berlin": 60,
    "Chicago": -360,
    "London": 0,
    "New York": -300,
    "Singapore": 480,
    "Toronto": -300,
}
SITE_SHARES = np.array([0.12, 0.22, 0.12, 0.2, 0.18, 0.06, 0.1])
LANGUAGES = ("de", "en", "es", "fr", "hi", "zh")
CHANNELS = ("chat", "email", "in_person", "phone", "video")
ZIPF = 0.7


def make_company(size: int, *, seed: int, shape: Shape = "everybody", skills: Sequence[str] = ()) -> People:
    """`executives`: the upper half learns from the lower, one partner each. `everybody`: both roles, 0 to 3 seats."""
    random = np.random.default_rng(seed)
    skill_names = skills or tuple(f"Skill {number:03}" for number in range(300))
    grades = make_grades(random, size, shape)
    sites = random.choice(len(SITES), size, p=SITE_SHARES)
    mentor_capacity, mentee_capacity = make_capacity(random, grades, shape)
    begin = 8 * 60 + 30 * random.integers(0, 4, size)
    return People(
        keys=np.arange(1, size + 1),
        names=[f"Person {number:06}" for number in range(1, size + 1)],
        grades=narrow(grades),
        departments=narrow(random.integers(0, len(DEPARTMENTS), size)),
        sites=narrow(sites),
        utc_offsets=narrow(np.array(list(SITES.values()))[sites]),
        work_starts=narrow(begin),
        work_ends=narrow(begin + 510),
        work_days=np.full(size, MONDAY_TO_FRIDAY, dtype=np.int32),
        mentor_capacity=narrow(mentor_capacity),
        mentee_capacity=narrow(mentee_capacity),
        managers=narrow(make_managers(random, grades)),
        waiting=narrow(random.choice(4, size, p=[0.85, 0.1, 0.04, 0.01])),
        external=np.zeros(size, dtype=np.bool_),
        approved=np.ones(size, dtype=np.bool_),
        channels=np.argsort(random.random((size, len(CHANNELS))), axis=1).astype(np.int8),
        languages=narrow(make_languages(random, size)),
        offers=narrow(make_offers(random, size, len(skill_names))),
        wishes=narrow(make_wishes(random, size, len(skill_names))),
        rather_not=random.integers(0, size, (size // 20, 2)),
        past=random.integers(0, size, (size // 20, 2)),
        skill_names=skill_names,
        department_names=DEPARTMENTS,
        site_names=tuple(SITES),
        language_names=LANGUAGES,
        channel_names=CHANNELS,
        in_person=CHANNELS.index("in_person"),
    )


def narrow(numbers: IntArray) -> IntArray:
    """In half of the memory: companies may be large."""
    return numbers.astype(np.int32)


def make_grades(random: np.random.Generator, size: int, shape: Shape) -> IntArray:
    grades = 1 + random.choice(GRADES, size, p=GRADE_SHARES)
    if shape == "executives":
        half = size // 2
        grades = np.concatenate([random.integers(5, GRADES + 1, half), random.integers(1, 5, size - half)])
    return grades


def make_capacity(random: np.random.Generator, grades: IntArray, shape: Shape) -> tuple[IntArray, IntArray]:
    if shape == "executives":
        return (grades < 5).astype(np.int64), (grades >= 5).astype(np.int64)
    shares = [0.25, 0.4, 0.2, 0.15]
    return random.choice(4, len(grades), p=shares), random.choice(4, len(grades), p=shares)


def make_managers(random: np.random.Generator, grades: IntArray) -> IntArray:
    """Somebody of a higher grade; the highest have none."""
    by_grade = np.argsort(-grades, kind="stable")
    above = np.searchsorted(-grades[by_grade], -grades, side="left")  # how many are of a higher grade
    drawn = (random.random(len(grades)) ** 0.5 * above).astype(np.int64)
    return np.where(above > 0, by_grade[np.minimum(drawn, np.maximum(above - 1, 0))], UNKNOWN)


def make_languages(random: np.random.Generator, size: int) -> IntArray:
    english = np.flatnonzero(random.random(size) < 0.93)
    other = random.integers(0, len(LANGUAGES), size)
    rows = np.concatenate(
        [
            np.stack([english, np.full(len(english), LANGUAGES.index("en"))], axis=1),
            np.stack([np.arange(size), other], axis=1),
        ]
    )
    return np.unique(rows, axis=0)


def make_lines(random: np.random.Generator, size: int, skills: int, least: int, most: int) -> IntArray:
    """So many different skills for each person, by Zipf's law."""
    shares = 1 / np.arange(1, skills + 1) ** ZIPF
    count = random.integers(least, most + 1, size)
    person = np.repeat(np.arange(size), count)
    skill = random.choice(skills, len(person), p=shares / shares.sum())
    return np.unique(np.stack([person, skill], axis=1), axis=0)


def make_offers(random: np.random.Generator, size: int, skills: int) -> IntArray:
    lines = make_lines(random, size, skills, 2, 5)
    return np.column_stack([lines, random.choice([1, 2, 3, 4, 5], len(lines), p=[0.1, 0.2, 0.3, 0.25, 0.15])])


def make_wishes(random: np.random.Generator, size: int, skills: int) -> IntArray:
    lines = make_lines(random, size, skills, 1, 4)
    present = random.integers(0, 4, len(lines))
    wanted = np.minimum(5, present + random.integers(1, 4, len(lines)))
    return np.column_stack([lines, random.integers(1, 4, len(lines)), present, wanted])
