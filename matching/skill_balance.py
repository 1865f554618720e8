"""Supply against demand: which skills people want to learn, and who could share them."""

from typing import Any

import numpy as np

from matching.candidates import Candidates

SHOWN = 15


def skill_balance(found: Candidates) -> list[dict[str, Any]]:
    """The skills most short of mentors first: how many want it, how many offer it at a useful level."""
    people = found.people
    can_mentor, can_learn = people.mentor_capacity > 0, people.mentee_capacity > 0
    useful = can_mentor[people.offers[:, 0]] & (people.offers[:, 2] >= found.policy.offer_level)
    offered = np.bincount(people.offers[useful, 1], minlength=len(people.skill_names))
    wanted = np.bincount(people.wishes[can_learn[people.wishes[:, 0]], 1], minlength=len(people.skill_names))
    order = sorted(range(len(people.skill_names)), key=lambda n: (offered[n] - wanted[n], people.skill_names[n]))
    return [
        {"skill": people.skill_names[n], "wanted": int(wanted[n]), "offered": int(offered[n])}
        for n in order[:SHOWN]
        if wanted[n]
    ]
