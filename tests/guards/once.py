"""What raw SQL may try against what a person has once at a time: each is refused by one guard alone."""

V = "(SELECT max(id) FROM voucher)"


def once_refused(
    card: str, *, statuses: tuple[str, str], events: tuple[str, str], attributes: str, one: str, another: str
) -> dict[str, tuple[str, ...]]:
    """Write the attempts: `one` and `another` are SQL that pick cards of two partners which mean the same since 3 July.

    `attributes` are the columns that the steps bear and the card has too.
    """
    active, over = statuses
    began, ended = f"'{events[0]}', 1", f"'{events[1]}', -1"
    columns, other = f"{card}_id, {attributes}, event, delta", "uid = 'other'"
    facts = f"{card}_event (voucher_id, line, community_id, happened_on, counted_in, sign, {columns}"

    def step(where: str, day: str, event: str, line: int) -> str:
        return f"""INSERT INTO {facts}) SELECT {V}, {line}, community_id, '{day}', '2025-11', 1, id, {attributes}, {event}
            FROM {card} WHERE {where}"""

    def copied(status: str, of: str = "partner_id") -> str:
        numbered = (
            "issuer_id, number, code, title, title_key",
            "issuer_id, 999, 'XF-F0999', title, title_key",
        )
        into, values = (f", {part}" if card == "offer" else "" for part in numbered)
        values = attributes.replace("partner_id", of) + values
        return f"""INSERT INTO {card} (uid, created_in, voucher_id, community_id, status, {attributes}{into})
            SELECT 'other', {V}, {V}, community_id, '{status}', {values} FROM {card} WHERE {one}"""

    def put(status: str) -> str:
        return f"UPDATE {card} SET status = '{status}', voucher_id = {V} WHERE {one}"

    def back(line: int) -> str:
        return f"""INSERT INTO {facts}, reverses_id) SELECT {V}, 4, community_id, happened_on, counted_in, -1, {columns}, id
            FROM {card}_event WHERE voucher_id = {V} AND line = {line}"""

    mine, theirs = (f"(SELECT partner_id FROM {card} WHERE {where})" for where in (one, another))
    merging = (
        f"UPDATE partner SET status = 'merged', voucher_id = {V}, merged_into_id = {theirs} WHERE id = {mine}"
    )
    folding = (
        f"""INSERT INTO standing (voucher_id, line, community_id, happened_on, counted_in, sign, partner_id, kind, event, delta,
            into_id) SELECT {V}, 1, community_id, '2025-07-09', '2025-11', 1, id, kind, 'merged', -1, {mine} FROM partner
            WHERE id = {theirs}""",
        step(another, "2025-07-09", "'merged', -1", 2),
        f"UPDATE {card} SET status = 'merged', voucher_id = {V} WHERE {another}",
        f"UPDATE partner SET status = 'merged', voucher_id = {V}, merged_into_id = {mine} WHERE id = {theirs}",
    )
    another_kind = f"""UPDATE partner SET kind = 'individual', contact = '', credit_code = '', members = NULL, voucher_id = {V}
        WHERE id = {mine}"""
    none_left = f"UPDATE {card} SET status = '{over}', voucher_id = {V} WHERE partner_id = {mine}"
    individual = "(SELECT min(id) FROM partner WHERE kind = 'individual')"
    return {
        f"{card}_event_apart": (
            put(over), step(one, "2025-07-09", ended, 1), copied(active), step(other, "2025-07-08", began, 2),
        ),
        f"{card}_event_apart: again": (
            put(over), step(one, "2025-07-09", ended, 1), copied(active), step(other, "2025-07-09", began, 2), back(2),
            step(other, "2025-07-08", began, 5),
        ),
        f"{card}_event_merged": (step(one, "2025-07-09", "'merged', -1", 1),),
        f"{card}_event_kept": (*folding, step(one, "2025-07-08", ended, 3)),
        f"{card}_event_present": (
            put(over), step(one, "2025-07-09", ended, 1), copied(active),
            f"UPDATE partner SET joined_on = '2025-07-10', voucher_id = {V} WHERE id = {mine}",
            step(other, "2025-07-09", began, 2),
        ),
        f"{card}_apart: a person's": (put(over), merging, put(active)),
        f"{card}_apart: history": (
            put(over), step(one, "2025-07-04", ended, 1), copied(over), step(other, "2025-07-05", began, 2),
            step(other, "2025-07-07", ended, 3), back(1), put(active),
        ),
        f"{card}_merged: both": (merging,),
        f"{card}_merged: kind": (merging.replace(theirs, individual),),
        f"{card}_of_kind": (copied(over, of=individual),),
        f"{card}_kind": (another_kind,),
        f"{card}_apart: kind": (none_left, another_kind, put(active)),
    }  # fmt: skip
