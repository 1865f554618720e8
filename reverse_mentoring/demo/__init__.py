"""The demo company: its names, roles, words and stories, and what makes a company of them."""
