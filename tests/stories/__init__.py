"""The three stories of the brief, from sign-up to the figure of the dashboard that they change, in a real browser."""
