"""Forms of agreements, goals and check-ins."""
