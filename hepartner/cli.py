"""The program `hep`: its root options and the way it ends; what nouns it has is told by their words in hepartner/words."""

from typing import NoReturn

from hepartner import words
from hepartner.terminal import edge
from hepartner.terminal.talk import show
from hepartner.terminal.tree import Root, version_option


def program() -> Root:
    """Put the program together; imports no command file."""
    title = "社区合伙人台账：记录合伙人、活动、积分、兑换与民生问题，按月出报表。"
    version = version_option(_show_version)
    return Root("hep", every=words.commands, called=words.commands_called, text=title, params=[version])


def main() -> NoReturn:
    """Run `hep` on this process's words and end the process with its exit code."""
    edge.end(edge.main(program()))


def _show_version() -> None:
    from hepartner import __version__

    show(f"hepartner {__version__}")
