import pytest
from django.core.management import CommandError, call_command

from matching.company import make_company
from matching.engine import gather
from matching.spreadsheet import read_people
from mentoring.taxonomy import load_taxonomy


@pytest.mark.parametrize("shape", ["executives", "everybody"])
def test_the_written_company_is_read_back_as_it_was(tmp_path, shape):
    path = tmp_path / "people.csv"

    call_command("make_company", 60, "--seed", 4, "--shape", shape, "--out", path)

    people = gather(read_people(path))
    made = make_company(60, seed=4, shape=shape, skills=[skill.name for skill in load_taxonomy().skills])
    for name in ("grades", "utc_offsets", "work_starts", "managers", "mentor_capacity", "mentee_capacity", "waiting"):
        assert getattr(people, name).tolist() == getattr(made, name).tolist()
    for name in ("offers", "wishes"):
        told = [[p, people.skill_names[skill], *rest] for p, skill, *rest in getattr(people, name).tolist()]
        assert sorted(told) == sorted(
            [p, made.skill_names[skill], *rest] for p, skill, *rest in getattr(made, name).tolist()
        )


def test_the_same_seed_makes_the_same_company_and_another_seed_another(tmp_path):
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        call_command("make_company", 30, "--seed", seed, "--out", tmp_path / name)

    a, b, c = ((tmp_path / name).read_text() for name in "abc")
    assert a == b
    assert a != c


def test_one_person_is_no_company():
    with pytest.raises(CommandError):
        call_command("make_company", 1)
