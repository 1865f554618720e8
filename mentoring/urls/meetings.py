"""Addresses of meetings, notes, the life of a pair, and the private calendar."""

from django.urls import URLPattern, path

from mentoring.views import after_meeting, agendas, briefings, calendars, meeting_logs, meetings, notes, pair_life

meeting_urls: list[URLPattern] = [
    path("pairs/<int:pk>/meetings/plan/", meetings.meeting_plan, name="meeting-plan"),
    path("pairs/<int:pk>/meetings/clock/", meetings.meeting_clock, name="meeting-clock"),
    path("pairs/<int:pk>/meetings/record/", meeting_logs.meeting_record, name="meeting-record"),
    path("pairs/<int:pk>/next-steps/new/", after_meeting.next_step_create, name="next-step-create"),
    path("next-steps/<int:pk>/tick/", after_meeting.next_step_tick, name="next-step-tick"),
    path("next-steps/<int:pk>/remove/", after_meeting.next_step_remove, name="next-step-remove"),
    path("meetings/<int:pk>/impression/", after_meeting.meeting_impression, name="meeting-impression"),
    path("pairs/<int:pk>/notes/new/", notes.note_create, name="note-create"),
    path("pairs/<int:pk>/briefing/", briefings.pair_briefing, name="pair-briefing"),
    path("pairs/<int:pk>/go-on/", briefings.pair_go_on, name="pair-go-on"),
    path("pairs/<int:pk>/pause/", pair_life.pair_pause, name="pair-pause"),
    path("pairs/<int:pk>/resume/", pair_life.pair_resume, name="pair-resume"),
    path("pairs/<int:pk>/complete/", pair_life.pair_complete, name="pair-complete"),
    path("pairs/<int:pk>/end/", pair_life.pair_end, name="pair-end"),
    path("pairs/<int:pk>/closing/", pair_life.pair_closing, name="pair-closing"),
    path("pairs/<int:pk>/certificate.pdf", pair_life.pair_certificate, name="pair-certificate"),
    path("pairs/<int:pk>/certificate/share/", pair_life.certificate_share, name="certificate-share"),
    path("certificates/<str:token>.pdf", pair_life.certificate, name="certificate"),
    path("meetings/<int:pk>/agenda/", agendas.meeting_agenda, name="meeting-agenda"),
    path("meetings/<int:pk>/agenda/point/", agendas.agenda_point, name="agenda-point"),
    path("meetings/<int:pk>/accept/", meetings.meeting_accept, name="meeting-accept"),
    path("meetings/<int:pk>/move/", meetings.meeting_move, name="meeting-move"),
    path("meetings/<int:pk>/cancel/", meetings.meeting_cancel, name="meeting-cancel"),
    path("meetings/<int:pk>/log/", meeting_logs.meeting_log, name="meeting-log"),
    path("meetings/<int:pk>/notes/", meeting_logs.meeting_notes, name="meeting-notes"),
    path("meetings/<int:pk>/meeting.ics", meetings.meeting_file, name="meeting-file"),
    path("notes/<int:pk>/", notes.note_edit, name="note-edit"),
    path("notes/<int:pk>/delete/", notes.note_delete, name="note-delete"),
    path("calendar/", calendars.calendar, name="calendar"),
    path("calendar/revoke/", calendars.calendar_revoke, name="calendar-revoke"),
    path("calendar/<str:token>.ics", calendars.calendar_feed, name="calendar-feed"),
]
