"""What HR's dashboards show: what each figure means, and its value from figures counted beforehand.

All of it can be called without a request; the pages, the exports and the reports show the same.
"""
