"""Format 7: operators have roles; who founded the ledger manages it."""

STATEMENTS = (
    "UPDATE operator SET role = 'manager' WHERE id = (SELECT operator_id FROM voucher WHERE id = 1)",
)
