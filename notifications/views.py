"""Messages in the app, the choice of which ones to get, and HR's look at what could not be sent."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from notifications.choices import kinds_behind, stop_mail
from notifications.delivery import try_again
from notifications.forms import PreferencesForm
from notifications.kinds import SWITCHABLE, Kind
from notifications.models import Message
from notifications.outbox import hurry_on_commit
from notifications.readers import ReaderRequest
from notifications.unsubscribe import read_token

PAGE = 25


@require_safe
def message_list(request: ReaderRequest) -> HttpResponse:
    rows = Message.objects.visible_to(request.user).due_in_app(timezone.now())
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "notifications/message_list.html", {"page": page})


@require_safe
def message_open(request: ReaderRequest, pk: int) -> HttpResponse:
    """Marks it as read and leads to what it is about."""
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    Message.objects.filter(pk=message.pk, read_at__isnull=True).update(read_at=timezone.now())
    return redirect(message.url or "message-list")


@require_POST
def message_read_all(request: ReaderRequest) -> HttpResponse:
    mine = Message.objects.visible_to(request.user).due_in_app(timezone.now())
    mine.unread().update(read_at=timezone.now())
    return redirect("message-list")


def message_preferences(request: ReaderRequest) -> HttpResponse:
    form = PreferencesForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save(timezone.now())
        hurry_on_commit()
        messages.success(request, "Saved. From now on you get only what you ticked.")
        return redirect("message-preferences")
    return render(request, "notifications/message_preferences.html", {"form": form})


@csrf_exempt  # the signed link is the permission, and mail programs post it by themselves (RFC 8058)
@login_not_required
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what would stop, POST stops it: a link scanner that follows the link changes nothing."""
    try:
        user_id, kind = read_token(token)
    except signing.BadSignature as error:
        raise Http404 from error
    if kind not in {*SWITCHABLE, Kind.DIGEST}:
        raise Http404
    if request.method == "POST":
        stop_mail(user_id, kinds_behind(Kind(kind)))
    about = "your pairs and programmes" if kind == Kind.DIGEST else Kind(kind).label
    return render(request, "notifications/unsubscribe.html", {"about": about, "done": request.method == "POST"})


@require_safe
def outbox(request: ReaderRequest) -> HttpResponse:
    """HR sees what could not be delivered; in the demo, where no mail leaves the machine, every mail."""
    _hr_only(request)
    rows = Message.objects.all() if settings.DEMO else Message.objects.filter(status=Message.Status.DEAD)
    if term := request.GET.get("q", "").strip():
        rows = rows.filter(to__icontains=term)
    page = Paginator(rows.order_by("-pk"), PAGE).get_page(request.GET.get("page"))
    return render(request, "notifications/outbox.html", {"page": page, "q": term})


@require_safe
def outbox_message(request: ReaderRequest, pk: int) -> HttpResponse:
    """The mail itself, in the demo only: elsewhere it is between its sender and its reader."""
    _hr_only(request)
    if not settings.DEMO:
        raise Http404
    return render(request, "notifications/outbox_message.html", {"mail": get_object_or_404(Message, pk=pk)})


@require_POST
def outbox_again(request: ReaderRequest, pk: int) -> HttpResponse:
    _hr_only(request)
    message = get_object_or_404(Message, pk=pk, status=Message.Status.DEAD)
    try_again(message)
    hurry_on_commit()
    messages.success(request, f"The message to {message.to} is tried again now.")
    return redirect("outbox")


def _hr_only(request: ReaderRequest) -> None:
    if not request.user.is_hr:
        raise PermissionDenied
