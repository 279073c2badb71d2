"""What a ruleset is, once read and found sound, and what a person can answer to it.

Knows no file, no form and no page.
"""
