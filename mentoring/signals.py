"""News for the apps above, sent with `.send()` inside the transaction: a listener that fails rolls all of it back."""

from django.dispatch import Signal

pair_started = Signal()  # pair
pairs_ended = Signal()  # pairs; completed or ended early
pair_not_started = Signal()  # pair; declined, expired or withdrawn before it started
people_left = Signal()  # people; of one or of many at once
meeting_logged = Signal()  # meeting; it took place and one of the two has said so
enrolment_withdrawn = Signal()  # enrolment
programme_copied = Signal()  # programme, of
