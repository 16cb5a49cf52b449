"""Groups paired with the party organisation of their community, over some of the six joint links."""

from datetime import timedelta

from .people import Partner
from .world import Half, Row, Sheet, World, by_subdistrict

LINKS = ("组织联建", "党员联管", "阵地联用", "活动联搞", "资源联享", "服务联做")


def pair(world: World, half: Half) -> None:
    """Let each subdistrict send which groups were paired in a half-year: all that joined in it."""
    groups = (one for one in world.partners if one.kind == "group" and one not in world.paired)
    new = [one for one in groups if one.here_on(half.last)]
    for office, here in by_subdistrict(new):
        rows = [_row(world, partner, half) for partner in here]
        world.send(Sheet("pairings", f"{half.name}/{office}结对", f"{office}{half.name}结对名单", rows))


def part(world: World, partner: Partner) -> None:
    """End the pairing of a partner that leaves today, if it has one."""
    if partner in world.paired:
        community = world.paired.pop(partner)
        world.command("unpair", partner=partner, community=community, day=world.today)
        world.register.note(community, world.today, {"pairings.active": -1})


def pair_again(world: World, partner: Partner) -> None:
    """Pair a group that has come back today."""
    if partner.kind == "group":
        links = world.rng.sample(LINKS, 2)
        world.command("pair", partner=partner, community=partner.home, day=world.today, links=links)
        world.register.note(partner.home, world.today, {"pairings.active": 1})
        world.paired[partner] = partner.home


def _row(world: World, partner: Partner, half: Half) -> Row:
    rng = world.rng
    day = min(partner.joined_on + timedelta(rng.randrange(30)), half.last)
    links = rng.sample(LINKS, rng.randint(1, len(LINKS)))
    world.register.note(partner.home, day, {"pairings.active": 1})
    world.paired[partner] = partner.home
    return {
        "社区": partner.home,
        "结对单位": partner.name,
        "六联": "、".join(sorted(links, key=LINKS.index)),
        "结对日期": day,
    }
