"""People come from the HR system by a file: read, compared, shown to HR, and, with HR's yes, written all or not at all.

`start` is what HR does; `work` is what a worker does with it: `staging` brings the rows into the database, `compare`
finds in SQL what they would change, `apply` writes it. Memory grows with none of it.
"""
