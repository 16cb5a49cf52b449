"""Counts of service projects, their sessions and evaluations."""

from hepartner.words.project import RESULTS

from .shape import Count, flow, stock

_NAME = {
    "项目编号": "(SELECT code FROM project WHERE id = f.project_id)",
    "项目": "(SELECT title FROM project WHERE id = f.project_id)",
}

_RESULTS = "".join(f" WHEN '{code}' THEN '{word}'" for code, word in RESULTS.items())

# People served by sessions and by welfare activities; issues are no service, so they stand in no row here.
_SERVED = """(SELECT voucher_id, happened_on, counted_in, community_id, project_id, NULL AS activity_id, sign * served AS people
      FROM project_session
    UNION ALL SELECT voucher_id, happened_on, counted_in, community_id, NULL, activity_id, sign * beneficiaries
      FROM activity_held WHERE kind = 'welfare')"""
_SERVICE = {
    "来自": "iif(f.project_id, '服务项目', '公益惠民活动')",
    "编号": f"ifnull({_NAME['项目编号']}, (SELECT code FROM activity WHERE id = f.activity_id))",
    "名称": f"ifnull({_NAME['项目']}, (SELECT name FROM activity WHERE id = f.activity_id))",
}

COUNTS: dict[str, Count] = {
    "projects.landed": flow("project_event", "f.sign", _NAME, "f.event = 'landed'"),
    "projects.active": stock(
        "project_event",
        "f.sign * f.delta",
        _NAME,
        where="f.delta <> 0",
        flows={
            "落地": "f.event = 'landed'",
            "恢复": "f.event = 'resumed'",
            "停办": "f.event = 'stopped'",
            "结项": "f.event = 'finished'",
        },
    ),
    "projects.evaluated": flow("evaluation", "f.sign", {**_NAME, "结论": f"CASE f.result{_RESULTS} END"}),
    "service.person_times": flow(_SERVED, "f.people", _SERVICE, amount="人次"),
}

PART_TAKING = {"project_presence": "参与项目服务"}

STILL_OPEN = {
    "project_partner": """SELECT DISTINCT '参加项目 ' || c.code || ' ' || c.title, 'hep project part ' || c.code || ' ' || :code
        FROM project c JOIN (SELECT project_id FROM project_partner WHERE partner_id IN (SELECT value FROM json_each(:cards))
          GROUP BY project_id, partner_id HAVING sum(sign * delta) > 0) j ON j.project_id = c.id
        WHERE c.withdrawn = 0 AND c.status <> 'finished' ORDER BY c.id"""
}
