"""Answers judged exactly, over all ways that open ones can turn out. Pure.

Knows rulesets and answers; no file, no word for a reader.
"""
