"""Counting the figures. Nothing here changes what it counts."""
