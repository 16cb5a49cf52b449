"""The SQLModel tables, one file per noun; all are imported to create, migrate and verify a ledger (`schema`).

A filtered listing imports those it reads, no more: declaring all takes as long as importing sqlmodel.
"""
