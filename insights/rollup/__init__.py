"""Set-based SQL that counts a programme: temporary tables of who and of which pairs, and statements over them."""
