"""The story of the made-up district: its totals, its order, and that the generator owes nothing to hepartner."""

import ast
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import demonstration
from demonstration.exchange import COUNTERS
from demonstration.names import DENTIST, HOME_SERVICE, credit_codes
from demonstration.services import DENTAL_NEED, DENTAL_PROJECT, HEALTH_PROJECT, HOME_PROJECT
from demonstration.story import Story, tell
from demonstration.world import HALVES, subdistrict_of

SIDE_OF_HEPARTNER = {"__main__", "run", "replay", "doing", "serving", "hosting", "compare"}
"""The modules that hold hepartner against the rest; the rest may not know it."""


@pytest.fixture(scope="module", params=[1, 2])
def story(request: pytest.FixtureRequest) -> Story:
    return tell(request.param)


def totals(story: Story, since: str = "") -> Counter[str]:
    found: Counter[str] = Counter()
    for deed in story.world.register.deeds:
        if deed.month >= since:
            found.update(deed.adds)
    return found


def test_the_totals_are_those_of_the_programme_report(story: Story) -> None:
    found = totals(story)
    assert found["areas.community"] == 41
    assert (found["partners.group"], found["partners.business"]) == (603, 246)
    assert 1800 <= found["partners.individual"] <= 1899
    assert 230 <= found["activities.welfare"] <= 239
    assert found["points.redemptions"] == 15_000
    assert 560_000 <= found["points.redeemed"] <= 569_999
    assert 1700 <= found["issues.resolved"] <= 1799
    assert 100_000 <= found["issues.beneficiaries"] <= 109_999
    assert 1000 <= totals(story, "2025-01")["issues.resolved"] <= 1099
    assert found["pairings.active"] == 603
    assert 100 <= found["projects.landed"] <= 109
    assert 110 <= found["meetings.joint"] <= 119
    assert (found["meetings.matchmaking"], found["cooperations.closed"]) == (2, 6)
    assert (found["support.venue"], found["support.publicity"]) == (265, 36)
    assert 30_000 <= totals(story, "2025-01")["service.person_times"] <= 39_999


def test_september_2024_holds_the_dispatch_of_the_typhoon_and_no_other(story: Story) -> None:
    deeds = [deed for deed in story.world.register.deeds if deed.month == "2024-09"]
    assert sum(deed.adds.get("dispatches.held", 0) for deed in deeds) == 1
    assert sum(deed.adds.get("dispatches.people", 0) for deed in deeds) == 3580
    came = {deed.heads["dispatches.groups"] for deed in deeds if "dispatches.groups" in deed.heads}
    assert len(came) == 126
    assert {partner.kind for partner in came} == {"group"}


def test_nothing_counts_before_its_day_or_after_november_2025(story: Story) -> None:
    for deed in story.world.register.deeds:
        assert deed.day.isoformat()[:7] <= deed.month <= "2025-11"


def test_the_home_service_project_has_the_nine_businesses_of_the_report(story: Story) -> None:
    (project,) = (one for one in story.services.projects if one.title == HOME_PROJECT)
    assert project.community == "幸福里社区"
    assert len(set(project.partners)) == 9
    assert {partner.kind for partner in project.partners} == {"business"}
    assert HOME_SERVICE in {partner.name for partner in project.partners}


def test_an_evaluation_in_yima_leads_to_dental_care_with_the_dentist_of_the_report(story: Story) -> None:
    (line,) = (line for line in story.world.diary if line["do"] == "evaluate" and line["result"] == "new")
    assert (line["project"], line["need"], line["new"]) == (HEALTH_PROJECT, DENTAL_NEED, DENTAL_PROJECT)
    (project,) = (one for one in story.services.projects if one.title == DENTAL_PROJECT)
    assert [partner.name for partner in project.partners] == [DENTIST]
    assert subdistrict_of(project.community) == "驿马街道"
    served = [row for sheet in story.world.sheets if sheet.what == "sessions" for row in sheet.rows]
    assert any((row["项目名称"], row["在场单位"]) == (DENTAL_PROJECT, DENTIST) for row in served)


@pytest.mark.parametrize(
    "code", ["dispatches.held", "dispatches.people", "meetings.joint", "support.venue", "honours.given"]
)
def test_what_was_told_late_counts_late_and_what_was_told_wrong_is_taken_back(
    story: Story, code: str
) -> None:
    deeds = [deed for deed in story.world.register.deeds if code in deed.adds]
    assert any(deed.day.isoformat()[:7] < deed.month for deed in deeds)
    undone = [deed for deed in deeds if deed.undone_in]
    assert len(undone) == sum(deed.adds[code] < 0 for deed in deeds) > 0


def test_every_list_of_the_programme_is_sent(story: Story) -> None:
    assert {sheet.what for sheet in story.world.sheets} == {
        "opening", "items", "activities", "signins", "issues", "redemptions", "pairings", "dispatches", "needs",
        "projects", "sessions", "meetings", "offers", "supports", "honours",
    }  # fmt: skip


def test_late_facts_count_in_a_later_month_than_their_day(story: Story) -> None:
    late = [deed for deed in story.world.register.deeds if deed.day.isoformat()[:7] < deed.month]
    assert len(late) > 100


def test_nobody_ends_with_less_than_nothing(story: Story) -> None:
    wallets = story.world.wallets
    assert min(wallets.balance(partner) for partner in story.world.partners) >= 0
    total = sum(wallets.balance(partner) for partner in story.world.partners)
    assert total == totals(story)["points.balance"]


def test_no_community_has_less_than_nothing_at_the_end_of_a_month(story: Story) -> None:
    balances: Counter[str] = Counter()
    for deed in sorted(story.world.register.deeds, key=lambda deed: deed.month):
        balances[deed.community] += deed.adds.get("points.balance", 0)
    assert min(balances.values()) >= 0


def test_the_diary_tells_every_kind_of_thing_that_offices_do(story: Story) -> None:
    done = Counter(str(line["do"]) for line in story.world.diary)
    wanted = {
        "import", "redeem", "cancel", "quota", "confirm", "complain", "deduct", "award", "clear", "leave", "suspend",
        "rejoin", "move", "merge", "close", "undo", "resolve", "confirm_issue", "reopen", "duplicate", "help",
        "pair", "unpair", "whistle", "answer", "decline", "return", "again", "rollcall", "finish",
        "meet", "drop", "reopen_need", "resume", "conclude", "evaluate", "join",
        "raise", "resolve_at", "done", "drop_resolution", "reopen_resolution", "cooperate", "use_offer", "close_offer",
        "venue", "book_venue", "use_venue", "cancel_booking", "star_rule", "freeze",
    }  # fmt: skip
    assert set(done) == wanted
    days = [str(line["on"]) for line in story.world.diary]
    assert days == sorted(days)


def test_slips_come_on_lists_and_one_by_one_from_the_counters(story: Story) -> None:
    typed = [line for line in story.world.diary if line["do"] == "redeem"]
    listed = [row for sheet in story.world.sheets if sheet.what == "redemptions" for row in sheet.rows]
    assert len(typed) > 500
    assert len(typed) - story.shops.refused + len(listed) == 15_000 + sum(
        line["do"] == "cancel" for line in story.world.diary
    )
    assert {row["社区"] for row in listed}.isdisjoint(COUNTERS)


def test_one_seed_tells_one_story_and_another_seed_another() -> None:
    first, again, other = (tell(seed, HALVES[:1]) for seed in (7, 7, 8))
    assert first.world.diary == again.world.diary
    assert [sheet.rows for sheet in first.world.sheets] == [sheet.rows for sheet in again.world.sheets]
    assert first.world.diary != other.world.diary


def test_a_half_year_sends_nothing_from_after_its_end() -> None:
    story = tell(3, HALVES[:1])
    assert max(deed.day for deed in story.world.register.deeds if "points.redeemed" in deed.adds) <= date(
        2022, 12, 31
    )


def test_credit_codes_have_right_check_characters() -> None:
    from stdnum.cn import uscc

    codes = credit_codes()
    assert all(uscc.is_valid(next(codes)) for _ in range(50))


def test_the_generator_and_the_tally_do_not_import_hepartner() -> None:
    for path in Path(demonstration.__file__).parent.glob("*.py"):
        if path.stem in SIDE_OF_HEPARTNER:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""] if node.level == 0 else []
                inside = {node.module or alias.name for alias in node.names} if node.level else set()
                assert not inside & SIDE_OF_HEPARTNER, path.name
            assert not any(name.split(".")[0] == "hepartner" for name in names), path.name


def test_the_demonstration_uses_the_ledger_as_anybody_does() -> None:
    for name in SIDE_OF_HEPARTNER:
        text = (Path(demonstration.__file__).parent / f"{name}.py").read_text(encoding="utf-8")
        inside = {node.attr for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Attribute)}
        assert "database" not in inside, name
        assert "PRAGMA" not in text.upper(), name


def test_no_two_organisations_have_one_name_when_what_offices_leave_out_is_gone(story: Story) -> None:
    names = [partner.name for partner in story.world.partners if partner.kind != "individual"]
    cores = Counter(
        name.removeprefix("北海市").removesuffix("有限公司").removesuffix("协会") for name in names
    )
    assert [core for core, count in cores.items() if count > 1] == []
