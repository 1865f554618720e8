"""HR imports a file with a bad cell, mends it, and applies it; in a real browser, with a real worker."""

from pathlib import Path

from playwright.sync_api import Page, expect

from mentoring.models import Person
from tests.builders import make_dana, make_person
from tests.support.site import Site

HEAD = "Personnel number;Name;E-Mail;Department;Grade;Manager\n"
ANN = "1;Ann Able;ann@demo.example;Sales;7;\n"
BAD = "2;Ben Best;ben.demo.example;Sales;3;1\n"
GOOD = BAD.replace("ben.", "ben@")


def upload(page: Page, path: Path, text: str) -> None:
    path.write_text(HEAD + ANN + text, encoding="cp1252")
    page.get_by_label("File", exact=True).set_input_files(path)
    page.get_by_role("button", name="Upload and preview").click()


def test_a_bad_file_is_mended_and_applied(site: Site, page: Page, tmp_path: Path) -> None:
    dana, gone = make_dana(), make_person(name="Gus Gone", employee_number="99")
    site.sign_in(page, dana)

    page.goto("/hr/people/import/")
    upload(page, tmp_path / "people.csv", BAD)
    expect(page.get_by_role("row", name="Line 3 E-Mail “ben.demo.example” is not an e-mail address.")).to_be_visible(
        timeout=30_000
    )

    page.get_by_role("link", name="Upload the mended file").click()
    upload(page, tmp_path / "people.csv", GOOD)
    expect(page.get_by_role("heading", name="Write it")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Grades that are new and would be added")).to_be_visible()
    assert Person.objects.count() == 2
    page.get_by_role("link", name="Missing 1").click()
    expect(page.get_by_role("row", name="Gus Gone")).to_be_visible()
    page.get_by_label("1 person who is missing from the file has left the company").check()
    page.get_by_role("button", name="Write it now").click()

    expect(page.get_by_text("Everything in it is written")).to_be_visible(timeout=30_000)
    gone.refresh_from_db()
    ben = Person.objects.get(employee_number="2")
    assert (str(ben.manager), str(ben.department), gone.has_left) == ("Ann Able", "Sales", True)
