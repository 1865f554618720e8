from mentoring import languages


def test_what_was_chosen_comes_first_then_what_is_common_then_the_rest_by_name() -> None:
    names = [name for _, name in languages.choices(["zu", "en"])]

    assert names[:4] == ["English", "Zulu", "Arabic", "Chinese"]
    assert names[-1] == "Welsh"
    assert len(names) == len(languages.LANGUAGES)


def test_what_is_shown_at_once_holds_all_that_was_chosen() -> None:
    chosen = ["zu", "en", "nonsense"]

    shown = languages.choices(chosen)[: languages.shown_first(chosen)]

    assert {"zu", "en", *languages.COMMON} == {code for code, _ in shown}


def test_names_of_languages_are_read_and_unknown_ones_left_as_they_are() -> None:
    assert languages.language_names(["fr", "xx"]) == ["French", "xx"]
