# What the numbers of a report mean: label, meaning, where the limits come from, what misleads them.
