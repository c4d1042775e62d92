# The page of a call.
