"""The addresses of this app, one file for each part of it."""

from mentoring.urls.meetings import meeting_urls
from mentoring.urls.pairs import pair_urls
from mentoring.urls.people import people_urls
from mentoring.urls.programmes import programme_urls

urlpatterns = people_urls + programme_urls + pair_urls + meeting_urls
