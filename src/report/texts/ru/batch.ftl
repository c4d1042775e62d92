# The page of the batch.
