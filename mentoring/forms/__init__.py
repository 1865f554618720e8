"""Forms, one file for each part of the app."""
