# The comparison of vendors.
