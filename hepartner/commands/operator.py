"""Commands about operators 操作人."""

from typing import TYPE_CHECKING, Annotated

import typer

from hepartner.terminal.parameters import Choice
from hepartner.terminal.questions import new_secret
from hepartner.terminal.tables import show_listing
from hepartner.terminal.talk import say, take_down, written
from hepartner.words.operator import ROLES

from .opening import opened
from .parameters import JsonOption, KeyOption

if TYPE_CHECKING:
    from hepartner.ledger.operators import Operator

app = typer.Typer()

# Not called operator: that is the option which says who does it.
NameArgument = Annotated[str, typer.Argument(metavar="操作人", help="操作人的姓名，见 hep operator list")]
RoleOption = Annotated[
    str, typer.Option(click_type=Choice(ROLES), help="经办记账；主管还能改规则、设置和操作人；审计只看")
]


@app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="姓名；各人在 HEPARTNER_OPERATOR 里写自己的")],
    role: RoleOption = "clerk",
    key: KeyOption = None,
) -> None:
    """登记一位操作人，停用过的重新登记；由主管来做。建台账的人就是第一位主管。

    例：hep operator add 王强
    例：hep operator add 陈静 --role 主管
    """
    with opened(context) as ledger:
        added = ledger.operators.add(name, role, key=key)
    say(f"已登记{ROLES[role]}{added.now.name}。")
    if role != "auditor":
        say(f"请本人设口令：hep operator pin --operator {added.now.name}")
    written(added.voucher)


@app.command("list")
def list_(
    context: typer.Context,
    everyone: Annotated[bool, typer.Option("--all", help="停用的也列出")] = False,
    as_json: JsonOption = False,
) -> None:
    """列出操作人：角色，有没有口令。

    例：hep operator list --all
    """
    with opened(context) as ledger:
        operators = ledger.operators.listing(everyone=everyone)
    columns = {
        "姓名": "name",
        "角色": lambda one: ROLES[one.role],
        "口令": lambda one: "已设" if one.has_pin else "",
        "停用": lambda one: "" if one.active else "已停用",
    }
    show_listing(operators, columns, as_json=as_json)


@app.command()
def role(
    context: typer.Context,
    name: NameArgument,
    role: Annotated[str, typer.Argument(click_type=Choice(ROLES), help="经办、主管或审计")],
    key: KeyOption = None,
) -> None:
    """改变一位操作人的角色；由主管来做。

    例：hep operator role 王强 主管
    """
    with opened(context) as ledger:
        changed = ledger.operators.change_role(ledger.operators.find(name), role, key=key)
    say(f"{changed.now.name}现在是{ROLES[role]}。")
    written(changed.voucher)


@app.command()
def retire(context: typer.Context, name: NameArgument, key: KeyOption = None) -> None:
    """停用一位操作人：不能再记账，以前记的仍是他的；由主管来做。

    例：hep operator retire 王强
    """
    with opened(context) as ledger:
        retired = ledger.operators.retire(ledger.operators.find(name), key=key)
    say(f"已停用{retired.now.name}。")
    written(retired.voucher)


@app.command()
def pin(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="操作人", help="谁的口令；不写是自己的，主管可以重设别人的")
    ] = None,
    key: KeyOption = None,
) -> None:
    """设置口令，4 到 12 位数字：复核时证明是本人，主管做要主管做的事时也要。

    口令当场输入两遍，不显示，也不写在命令里；脚本里新口令放进 HEPARTNER_NEW_PIN，自己原来的放进 HEPARTNER_PIN。
    口令说明是谁做的，不是锁：能改台账文件的人可以绕过它。

    例：hep operator pin --operator 王强
    """
    with opened(context) as ledger:
        whose = ledger.operators.find(name or ledger.operator)
        ledger.operators.check_pin_setter(whose)
        set_ = ledger.operators.set_pin(whose, new_secret(whose.name, "HEPARTNER_NEW_PIN"), key=key)
        alone = _manages_alone(ledger.operators.listing(), set_.now)
    take_down(f"V{set_.voucher}")
    say(f"已设置{set_.now.name}的口令：凭证 V{set_.voucher}。")
    if alone:
        say("这本台账只有一位主管，忘了口令就没有人能重设。请再登记一位：hep operator add 姓名 --role 主管")


def _manages_alone(operators: "list[Operator]", one: "Operator") -> bool:
    return [other.name for other in operators if other.role == "manager"] == [one.name]
