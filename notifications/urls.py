from django.urls import path

from notifications import views

urlpatterns = [
    path("messages/", views.message_list, name="message-list"),
    path("messages/read/", views.message_read_all, name="message-read-all"),
    path("messages/choices/", views.message_preferences, name="message-preferences"),
    path("messages/stop/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("messages/<int:pk>/", views.message_open, name="message-open"),
    path("hr/outbox/", views.outbox, name="outbox"),
    path("hr/outbox/<int:pk>/", views.outbox_message, name="outbox-message"),
    path("hr/outbox/<int:pk>/again/", views.outbox_again, name="outbox-again"),
]
