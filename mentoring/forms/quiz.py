"""The quiz “How do I communicate?”."""

from typing import Any

from django import forms

from mentoring.quiz import Quiz


class QuizForm(forms.Form):
    """One question for each statement, in the order in which they are asked."""

    def __init__(self, *args: Any, quiz: Quiz, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for statement in quiz.statements:
            self.fields[statement.key] = forms.TypedChoiceField(
                label=statement.text, choices=list(quiz.answers.items()), coerce=int, widget=forms.RadioSelect,
                error_messages={"required": "Choose one; there is no right answer."},
            )  # fmt: skip
