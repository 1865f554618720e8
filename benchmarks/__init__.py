"""Benchmarks that anyone can run (`make bench-…`). They are no part of the product."""
