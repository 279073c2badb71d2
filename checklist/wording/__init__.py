"""From an assessment to words: all that pages and papers say, as plain data.

Knows no HTML. Words of the subject come from the ruleset.
"""
