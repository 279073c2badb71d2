"""From a ruleset file to a sound ruleset, or every fault in it with its line.

The one room that knows YAML, and the shapes that a file must have.
"""
