"""J: where the file lies and what it is called; and the cases that other tests hold, which are not written twice."""

from tests.intake.builders import xlsx

from .table import ROWS, Case, Verdict

TAKEN, FILE = Verdict.TAKEN, Verdict.FILE

CASES = tuple(
    Case(155, f"called {name}", lambda: xlsx(*ROWS), TAKEN, {}, name)
    for name in (
        "名 册.xlsx",
        "[数据].xlsx",
        "100%.xlsx",
        "a'b.xlsx",
        "😀.xlsx",
        "花名册.xlsx.",
        "CON.xlsx",
        "长" * 80 + ".xlsx",
    )
)

ELSEWHERE = {
    23: "intake/test_stillness.py::test_a_file_that_is_being_copied_is_waited_for_and_read_whole",
    156: "intake/test_files.py::test_a_missing_file_and_a_pipe_are_no_lists",
    157: "commands/test_importing.py::test_a_template_is_a_workbook_in_a_folder_that_is_there",
    158: "commands/test_importing.py::test_the_quotes_of_a_dragged_file_are_taken_off",
    159: "intake/test_rosters.py::test_a_plan_overtaken_by_another_window_is_made_anew",
    160: "test_faults.py::test_an_import_killed_while_it_writes_leaves_all_of_its_file_or_nothing",
}
"""The test of each case that is no file handed to the import alone."""
