"""What this app says to people: one function for each message, one file for each part of the app."""
