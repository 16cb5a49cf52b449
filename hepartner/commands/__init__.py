'''The commands: one file per noun, thin: parse, one call, render. No SQL, no totals, no `try`.

How a command file is written (here: commands/partner.py, whose words are hepartner/words/partner.py):

    """Commands about partners 合伙人."""

    from typing import Annotated

    import typer

    from hepartner.terminal.parameters import Choice
    from hepartner.terminal.tables import show_listing
    from hepartner.terminal.talk import say, written
    from hepartner.words.partner import KINDS

    from .opening import opened
    from .parameters import DayOption, JsonOption, KeyOption

    app = typer.Typer()
    @app.command()
    def add(
        context: typer.Context,
        name: Annotated[str, typer.Argument(help="姓名或名称")],
        kind: Annotated[str, typer.Option(click_type=Choice(KINDS), help="合伙人类型")] = "individual",
        phone: Annotated[str, typer.Option(help="联系电话")] = "",
        members: Annotated[int | None, typer.Option(min=1, help="社群人数")] = None,
        day: DayOption = None,
        key: KeyOption = None,
    ) -> None:
        """登记一位合伙人。

        例：hep partner add 李梅 --kind 个体 --phone 13800001234
        """
        with opened(context) as ledger:
            partner = ledger.partners.add(kind, name, phone=phone, members=members, day=day, key=key)
        say(f"已登记 {partner.code} {partner.name}。")
        written(partner.voucher_id)

    @app.command("list")
    def list_(context: typer.Context, as_json: JsonOption = False) -> None:
        """列出合伙人。"""
        with opened(context) as ledger:
            partners = ledger.partners.listed()
        show_listing(partners, {"编号": "code", "姓名": "name", "电话": "phone"}, as_json=as_json)

What the framework does, so that a command file need not:

- `hep 合伙人 添加` works: aliases of nouns stand in COMMANDS of their words, of verbs in `terminal.glossary.VERBS`,
  or in VERBS of the words of the one noun that has them.
- `--类型` works for `--kind`: synonyms stand in `terminal.glossary.OPTIONS`, or in OPTIONS of the noun's words. A new option or
  verb takes a line in one of them (tests/test_cli_edge.py names the missing ones); one word per idea across all commands.
- Every command takes --ledger, --operator and --community; `opened` heeds them. Declare none of the three: the
  community worked in is `ledger.here` or `ledger.areas.community()`.
- `int` reads 12, １２ and 十二, `Path` takes quotes off, a boolean has no `--no-` form; days and months are the
  aliases of commands/parameters.py. Any other text is read by `click_type=Reading(function, "称呼")`; its
  function raises ValueError with a Chinese sentence: that is wrong usage, exit 2, naming the parameter. Usage
  that is wrong in another way is `raise typer.BadParameter("一句话。")`.
- Errors of the ledger and of the system, Ctrl-C and closed pipes become sentences and exit codes in
  terminal/edge.py.
- The docstring is the help page, in Chinese, its lines kept as written; the first line is the summary.
- Import at the top only typer, terminal and what is light: --help and completion import a command file too.
- A command of the noun's own name (`log` in commands/log.py) is the noun: `hep log`. What else the file registers is told by
  a word behind it: `hep import check`.
- Every text that `say`, `show`, tables and questions get passes `safe` there, as one line; give the lines of a
  longer text one by one: `show(*receipt.splitlines())`.
- A question is `if not confirmed("……？", yes=yes): return`; a long file moves a
  `Bar`, which is cleared before anything is said.
- Rejected or half-done work ends with `raise typer.Exit(3)` after the report has been shown.
'''
