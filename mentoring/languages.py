"""Languages that people choose from, by ISO 639 code."""

from collections.abc import Iterable

LANGUAGES: dict[str, str] = {
    "ar": "Arabic", "eu": "Basque", "bn": "Bengali", "bs": "Bosnian", "bg": "Bulgarian", "ca": "Catalan",
    "zh": "Chinese", "hr": "Croatian", "cs": "Czech", "da": "Danish", "nl": "Dutch", "en": "English", "et": "Estonian",
    "fi": "Finnish", "fr": "French", "gl": "Galician", "ka": "Georgian", "de": "German", "el": "Greek",
    "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "is": "Icelandic", "id": "Indonesian",
    "ga": "Irish", "it": "Italian", "ja": "Japanese", "ko": "Korean", "lv": "Latvian", "lt": "Lithuanian",
    "ms": "Malay", "mt": "Maltese", "mr": "Marathi", "no": "Norwegian", "fa": "Persian", "pl": "Polish",
    "pt": "Portuguese", "pa": "Punjabi", "ro": "Romanian", "ru": "Russian", "sr": "Serbian", "sk": "Slovak",
    "sl": "Slovenian", "es": "Spanish", "sw": "Swahili", "sv": "Swedish", "tl": "Tagalog", "ta": "Tamil",
    "te": "Telugu", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese",
    "cy": "Welsh", "zu": "Zulu",
}  # fmt: skip


def language_names(codes: Iterable[str]) -> list[str]:
    return [LANGUAGES.get(code, code) for code in codes]


# What most people in most companies choose from; the others are one click further.
COMMON = ("ar", "zh", "nl", "en", "fr", "de", "hi", "it", "ja", "pl", "pt", "es")


def choices(chosen: Iterable[str]) -> list[tuple[str, str]]:
    """All of them: those chosen first, so that they are seen, then the common ones, then the rest, each by name."""
    first = set(chosen)
    return sorted(LANGUAGES.items(), key=lambda item: (item[0] not in first, item[0] not in COMMON, item[1]))


def shown_first(chosen: Iterable[str]) -> int:
    """How many of `choices` to show at once."""
    return len({*chosen, *COMMON} & LANGUAGES.keys())
