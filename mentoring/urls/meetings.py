"""Addresses of meetings."""

from django.urls import URLPattern

meeting_urls: list[URLPattern] = []
