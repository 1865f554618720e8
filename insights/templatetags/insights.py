"""Addresses of the dashboards, which keep the filters."""

from typing import Any

from django import template
from django.template.context import RequestContext

register = template.Library()


@register.simple_tag(takes_context=True)
def scope_url(context: RequestContext, name: str, *args: Any) -> str:
    """The page `name` of the programme, or of all, that is looked at; with the filters that are on."""
    form = context.get("form")
    return str(context["scope"].url(name, *args)) + (form.address if form else "")


@register.simple_tag(takes_context=True)
def address_with_name(context: RequestContext, name: str, value: str) -> str:
    """This page's address with one more filter on."""
    query = context["request"].GET.copy()
    query[name] = value
    return f"?{query.urlencode()}"
