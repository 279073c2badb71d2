"""Whether a sound ruleset does what its author wants, proven over all answers."""
