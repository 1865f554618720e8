"""An answer of the engine as JSON and as a table, people named by their numbers; and people as a file to match."""

import csv
from dataclasses import asdict
from typing import Any, TextIO

from matching.engine import ENGINE_VERSION, Findings, People, Policy, Result, SuggestedPair
from mentoring.tables import harmless

TABLE = ("mentor_number", "mentor", "mentee_number", "mentee", "skill", "in_return", "score", "near_tie", "reasons")


def answer(people: People, policy: Policy, result: Result, found: Findings | None = None) -> dict[str, Any]:
    """All of it, for JSON; what was looked into besides stands under `fairness` and `supply`."""
    return {
        "pairs": [pair_words(people, pair) for pair in result.pairs],
        "left_out": [
            {
                "person": who(people, left.person),
                "role": left.role,
                "waits": left.waits,
                "rules": [rule._asdict() for rule in left.rules],
                "smallest_change": left.smallest_change and left.smallest_change._asdict(),
            }
            for left in result.left_out
        ],
        "objective": result.objective._asdict() | {"gap": result.objective.gap},
        "policy": policy.as_dict(),
        "hash": result.input_hash,
        "engine": ENGINE_VERSION,
        "seconds": {phase: round(seconds, 4) for phase, seconds in result.seconds.items()},
        **(besides(people, found) if found else {}),
    }


def who(people: People, row: int) -> dict[str, Any]:
    return {"employee_number": people.keys[row].item(), "name": people.names[row]}


def pair_words(people: People, pair: SuggestedPair) -> dict[str, Any]:
    skills = [*people.skill_names, None]
    return {
        "mentor": who(people, pair.mentor),
        "mentee": who(people, pair.mentee),
        "skill": skills[pair.skill],
        "return_skill": skills[pair.return_skill],
        "is_exchange": pair.is_exchange,
        "score": pair.score,
        "criteria": [part._asdict() for part in pair.criteria],
        "fixed": pair.fixed,
        "broken_rules": [rule._asdict() for rule in pair.broken_rules],
        "alternatives": [
            other._asdict() | {"mentor": who(people, other.mentor), "mentee": who(people, other.mentee)}
            for other in pair.alternatives
        ],
        "near_tie": pair.near_tie,
    }


def besides(people: People, found: Findings) -> dict[str, Any]:
    names = people.skill_names
    return {
        "fairness": asdict(found.fairness),
        "supply": {
            "skills": [need._asdict() | {"skill": names[need.skill]} for need in found.needs],
            "next_mentors": [
                {"skill": names[skill], "mentors": mentors} for skill, mentors in found.next_mentors.offers
            ],
            "more_placed": found.next_mentors.placed,
        },
    }


def write_pairs(file: TextIO, told: dict[str, Any]) -> None:
    """The pairs of an `answer` as a table for a spreadsheet."""
    table = csv.writer(file, lineterminator="\r\n")
    table.writerow(TABLE)
    for pair in told["pairs"]:
        row = [
            *(pair[role][name] for role in ("mentor", "mentee") for name in ("employee_number", "name")),
            pair["skill"],
            pair["return_skill"],
            pair["score"],
            "yes" if pair["near_tie"] else "no",
            " ".join(part["sentence"] for part in pair["criteria"] if part["sentence"]),
        ]
        table.writerow([harmless(cell) for cell in row])


def write_people(file: TextIO, people: People) -> None:
    """People as a file that `match_file` reads. Time zones are those of the sites of a made-up company."""
    table = csv.writer(file, lineterminator="\n")
    lines = {name: lines_of(people, name) for name in ("offers", "wishes", "languages", "rather_not", "past")}
    keys, skills = people.keys.tolist(), people.skill_names
    table.writerow(PEOPLE)
    for row, key in enumerate(keys):
        manager = int(people.managers[row])
        table.writerow(
            [
                key,
                people.names[row],
                f"person{key}@company.example",
                people.department_names[people.departments[row]],
                int(people.grades[row]),
                people.site_names[people.sites[row]],
                ZONES[people.site_names[people.sites[row]]],
                f"{clock(people.work_starts[row])}-{clock(people.work_ends[row])}",
                ";".join(people.language_names[language] for (language,) in lines["languages"].get(row, [])),
                "" if manager < 0 else keys[manager],
                ";".join(people.channel_names[channel] for channel in people.channels[row]),
                int(people.mentor_capacity[row]),
                int(people.mentee_capacity[row]),
                ";".join(f"{skills[skill]}:{level}" for skill, level in lines["offers"].get(row, [])),
                ";".join(":".join(map(str, (skills[s], *rest))) for s, *rest in lines["wishes"].get(row, [])),
                ";".join(str(keys[other]) for (other,) in lines["rather_not"].get(row, [])),
                ";".join(str(keys[other]) for (other,) in lines["past"].get(row, [])),
                int(people.waiting[row]),
            ]
        )


PEOPLE = (
    "employee_number", "name", "email", "department", "grade", "site", "time_zone", "working_hours", "languages",
    "manager_number", "channels", "mentor_capacity", "mentee_capacity", "offers", "wishes", "rather_not",
    "past_partners", "waiting_runs",
)  # fmt: skip
ZONES = {
    "Bengaluru": "Asia/Kolkata",
    "Berlin": "Europe/Berlin",
    "Chicago": "America/Chicago",
    "London": "Europe/London",
    "New York": "America/New_York",
    "Singapore": "Asia/Singapore",
    "Toronto": "America/Toronto",
}


def lines_of(people: People, name: str) -> dict[int, list[list[int]]]:
    """The lines of each person in one of the tables."""
    lines: dict[int, list[list[int]]] = {}
    for person, *rest in getattr(people, name).tolist():
        lines.setdefault(person, []).append(rest)
    return lines


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
