"""News for the apps above, sent with `.send()` inside the transaction: a listener that fails rolls all of it back."""

from django.dispatch import Signal

pair_started = Signal()  # pair
pair_ended = Signal()  # pair; completed or ended early
pair_not_started = Signal()  # pair; declined, expired or withdrawn before it started
person_left = Signal()  # person
meeting_logged = Signal()  # meeting; it took place and one of the two has said so
enrolment_withdrawn = Signal()  # enrolment
programme_copied = Signal()  # programme, of
