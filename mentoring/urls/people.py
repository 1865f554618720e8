"""Addresses of people."""

from django.urls import URLPattern

people_urls: list[URLPattern] = []
