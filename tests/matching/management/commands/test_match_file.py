import csv
import json

import pytest
from django.core.management import CommandError, call_command

PEOPLE = """employee_number,name,grade,offers,wishes
1,Taylor,2,Social media:5,Company strategy:2:0:3
2,Amirah,9,Company strategy:5,Social media:1:0:4
3,=Robin,3,,Social media:1:0:3
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "people.csv").write_text(PEOPLE)
    return tmp_path


def test_a_spreadsheet_is_matched_with_reasons_and_proof(folder):
    call_command("match_file", folder / "people.csv", "--out", folder / "out.json", "--pairs-csv", folder / "pairs.csv")

    told = json.loads((folder / "out.json").read_text())
    (pair,) = told["pairs"]
    assert (pair["mentor"]["name"], pair["mentee"]["name"]) == ("Taylor", "Amirah")
    assert (pair["skill"], pair["return_skill"], pair["is_exchange"]) == ("Social media", "Company strategy", True)
    assert pair["criteria"][0] == {
        "name": "skill_fit",
        "points": 100,
        "sentence": "Taylor offers Social media at level 5, Amirah’s first priority.",
    }
    assert [(left["person"]["employee_number"], left["role"]) for left in told["left_out"]] == [
        ("1", "mentee"),
        ("2", "mentor"),
        ("3", "mentee"),
    ]
    assert told["left_out"][2]["smallest_change"]["sentence"] == "If Taylor took 2 mentees instead of 1."
    assert told["objective"]["certified"]
    assert told["fairness"]["covered"] == told["fairness"]["covered_bound"] == 2
    assert told["supply"]["next_mentors"] == [
        {"skill": "Company strategy", "mentors": 1},
        {"skill": "Social media", "mentors": 1},
    ]
    assert told["policy"]["grade_gap"] == 1
    assert set(told["seconds"]) == {"prepare", "candidates", "solve", "price", "verify", "explain"}
    rows = list(csv.reader((folder / "pairs.csv").read_text("utf-8-sig").splitlines()))
    assert rows[1][:7] == ["1", "Taylor", "2", "Amirah", "Social media", "Company strategy", str(pair["score"])]


def test_rules_from_a_file_hold_and_no_cell_is_a_formula(folder):
    (folder / "rules.toml").write_text('forbidden = [["1", "2"]]\n')

    call_command(
        "match_file", folder / "people.csv", "--rules", folder / "rules.toml", "--out", folder / "out.json",
        "--pairs-csv", folder / "pairs.csv",
    )  # fmt: skip

    rows = list(csv.reader((folder / "pairs.csv").read_text("utf-8-sig").splitlines()))
    assert [row[:4] for row in rows[1:]] == [["1", "Taylor", "3", "'=Robin"]]


def test_a_refused_file_says_why_and_writes_nothing(folder):
    (folder / "people.csv").write_text("employee_number,name,grade\n1,Ann,x\n")

    with pytest.raises(CommandError) as caught:
        call_command("match_file", folder / "people.csv", "--out", folder / "out.json")

    assert str(caught.value) == ("people.csv is refused.\nLine 2, grade: “x” is not a whole number from 0 to 1000.")
    assert not (folder / "out.json").exists()


def test_a_file_that_is_not_there_is_said_plainly(folder):
    with pytest.raises(CommandError, match="No such file"):
        call_command("match_file", folder / "nobody.csv")
