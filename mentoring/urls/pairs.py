"""Addresses of pairs."""

from django.urls import URLPattern

pair_urls: list[URLPattern] = []
