# What findings, required steps and problems are about.
