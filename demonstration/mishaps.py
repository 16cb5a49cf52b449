"""What goes wrong or changes later: people leave, come back, move, are registered twice; lines and files are taken back."""

from collections.abc import Sequence
from datetime import date

from . import pairs
from .happenings import Activity, Line, complain, take_back
from .people import Partner
from .places import COMMUNITIES
from .world import World


def join(world: World) -> None:
    """Note that the partners of the rosters joined, each on its day."""
    for partner in world.partners:
        _standing(world, partner, partner.joined_on, by=1)


def leave(world: World, partner: Partner) -> None:
    """Let a partner leave today; it keeps its points, and its pairing ends."""
    pairs.part(world, partner)
    world.command("leave", partner=partner, day=world.today)
    partner.away_from = world.today
    _standing(world, partner, world.today, by=-1)


def suspend(world: World, partner: Partner) -> None:
    """Suspend a partner today; it still counts."""
    world.command("suspend", partner=partner, day=world.today)
    partner.away_from = world.today


def come_back(world: World, partner: Partner, *, left: bool) -> None:
    """Take back a partner who left, or lift its suspension."""
    world.command("rejoin", partner=partner, day=world.today)
    if partner.away_from is not None:
        partner.gaps.append((partner.away_from, world.today))
    partner.away_from = None
    if left:
        _standing(world, partner, world.today, by=1)
        pairs.pair_again(world, partner)


def move(world: World, partner: Partner) -> None:
    """Let a partner move to another community today; its points go along."""
    to = world.rng.choice([community.name for community in COMMUNITIES if community.name != partner.home])
    world.command("move", partner=partner, day=world.today, to=to)
    _standing(world, partner, world.today, by=-1)
    world.wallets.move(partner, to, world.today)
    _standing(world, partner, world.today, by=1)


def merge(world: World, partner: Partner, into: Partner) -> None:
    """Merge a partner registered twice into the other card."""
    world.command("merge", partner=partner, into=into, day=world.today)
    partner.away_from = world.today
    month = _standing(world, partner, world.today, by=-1)
    world.wallets.merge(partner, into, world.today)
    world.merged[partner] = (into, month)


def deduct(world: World, partner: Partner, points: int) -> None:
    """Take points after a complaint was verified, as far as they are there."""
    world.command("deduct", partner=partner, day=world.today, points=points, reason="投诉核实")
    taken = min(points, world.wallets.balance(partner))
    world.wallets.take(partner, taken, world.today, today=world.today, adds={})


def reward(world: World, partner: Partner, points: int, day: date) -> None:
    """Give points outside the rulebook."""
    world.command("award", partner=partner, day=day, points=points, reason="突出贡献")
    world.wallets.give(partner, points, day, today=world.today)


def clear(world: World) -> None:
    """Let points of the years before the last January expire."""
    world.command("clear")
    for partner in world.partners:
        world.wallets.clear(partner, date(world.today.year - 1, 12, 31), today=world.today)


def complain_about(world: World, held: Sequence[Activity], *, count: int) -> None:
    """Let complaints take back lines of sheets, at first those of partners who have spent their points."""
    lines = [
        (activity, line) for activity in held for line in activity.lines if line.partner.here_on(world.today)
    ]
    chosen = world.rng.sample(lines, min(len(lines), count * 20))
    for activity, line in sorted(chosen, key=lambda pair: _short_of(world, pair[1]))[:count]:
        complain(world, activity, line)


def undo_files(world: World, held: Sequence[Activity], *, batch: str) -> None:
    """Undo the files of a batch, the latest first, and with them the activities and sheets they brought."""
    undo_batch(world, batch)
    for activity in held:
        for line in activity.lines:
            take_back(world, activity, line)
        for deed in activity.deeds:
            world.register.take_back(deed)


def undo_batch(world: World, batch: str) -> None:
    """Type that the files of a batch are undone, the latest first."""
    for sheet in reversed([sheet for sheet in world.sheets if sheet.path.startswith(f"{batch}/")]):
        world.command("undo", file=sheet.path)


def _short_of(world: World, line: Line) -> int:
    """Return what the partner has beyond the points of a line."""
    points = line.given.points if line.given else 0
    return world.wallets.balance(line.partner) - points


def _standing(world: World, partner: Partner, day: date, *, by: int) -> str:
    return world.register.note(partner.home, day, {f"partners.{partner.kind}": by}).month
