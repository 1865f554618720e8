"""Addresses of programmes."""

from django.urls import URLPattern

programme_urls: list[URLPattern] = []
