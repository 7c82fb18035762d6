"""The tests: each file mirrors a module."""
