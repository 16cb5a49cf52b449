"""How a command gets its ledger: which file, whose hand, which community, and who answers a question."""

from contextlib import contextmanager, nullcontext
from functools import partial
from typing import TYPE_CHECKING

import typer

from hepartner.terminal.questions import can_ask, choose_from, secret
from hepartner.terminal.talk import say, take_down
from hepartner.terminal.tree import Given

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hepartner.ledger import Ledger
    from hepartner.terminal.installation import Office


def office(context: typer.Context) -> "Office":
    """Return what the command line gives, else the environment, else the configuration, else the defaults.

    Raises installation.Unreadable.
    """
    from hepartner.terminal import installation  # imports the ledger's errors, which --help does not need

    given = context.ensure_object(Given)
    return installation.office(ledger=given.ledger, operator=given.operator, community=given.community)


@contextmanager
def opened(context: typer.Context, *, rehearse: bool = False) -> "Iterator[Ledger]":
    """Open the ledger this command works on; `rehearse` (from --dry-run) takes everything back at the end.

    What was written and should be looked at again is said.

    Raises the leaves of ledger.errors.BadFile, and installation.Unreadable.
    """
    from hepartner.ledger import Ledger

    here = office(context)
    choose = choose_from if can_ask() else None
    key = context.params.get("key")
    ask_pin = partial(secret, here.operator, "HEPARTNER_PIN")
    ledger = Ledger.open(
        here.ledger,
        operator=here.operator,
        choose=choose,
        ask_pin=ask_pin,
        community=here.community,
        key=key,
        backups=True,
    )
    with ledger, ledger.rehearsal() if rehearse else nullcontext():
        try:
            yield ledger
        except (KeyboardInterrupt, EOFError):
            # Broken off between the commit and the word that tells it, as while rejected rows are given back.
            if not rehearse:
                take_down(*(f"V{voucher}" for voucher in ledger.written))
            raise
    say(*ledger.doubts)


def confirming(ledger: "Ledger", second: str | None) -> int | None:
    """Return the id of the operator named by --second, who types the PIN; None where nobody was named.

    Raises what operators.attest raises, typer.BadParameter where nobody can be asked.
    """
    if second is None:
        return None
    who = ledger.operators.may_confirm(second)
    return ledger.operators.attest(who.name, secret(f"复核人{who.name}", "HEPARTNER_SECOND_PIN"))
