"""Who may open what: every address × every role, one table for each app.

An address without a row fails `test_every_address_has_a_row`, so that nobody forgets to think about who may open it.
"""
