"""Asks the person at the keyboard about rows of a file of which nobody else knows what becomes."""

from typing import TYPE_CHECKING

from hepartner.terminal.questions import choose_for_all

if TYPE_CHECKING:
    from hepartner.intake.doubts import Answer, Doubt
    from hepartner.intake.report import Report


def answers(report: "Report") -> "dict[Doubt, Answer]":
    """Ask about every doubt of a report, until one answer holds for all of its sort that can be answered so.

    Raises KeyboardInterrupt where it is broken off.
    """
    given: dict[Doubt, Answer] = {}
    for_all: dict[str, str] = {}
    for number, doubt in enumerate(report.doubts, start=1):
        alike = [one.answer for one in doubt.choices if one.answer.what == for_all.get(doubt.sort)]
        if len(alike) != 1:
            others = sum(one.sort == doubt.sort for one in report.doubts[number:])
            shown = [one.text for one in doubt.choices]
            place, is_for_all = choose_for_all(f"{report.file}｜{doubt.question}", shown, others=others)
            alike = [doubt.choices[place].answer]
            if is_for_all:
                for_all[doubt.sort] = alike[0].what
        given[doubt] = alike[0]
    return given
