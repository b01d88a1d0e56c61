"""The table of rules names places that are there."""

import pytest

from rules_report import faults_of_table, read_rules


def test_each_rule_that_is_done_says_where_it_stands() -> None:
    assert [] == list(faults_of_table(read_rules()))


@pytest.mark.parametrize(
    ("status", "where", "fault"),
    [
        ("done", "", "CP-17: claims to be done and does not say where"),
        ("open", "shared/src", "CP-17: claims to be open and says where"),
        ("partial", "docs shared/gone.py", "CP-17: stands in shared/gone.py, which does not exist"),
        ("finished", "docs", "CP-17: status 'finished' is none of open, partial, done"),
    ],
)
def test_a_row_that_cannot_be_true_is_a_fault(status: str, where: str, fault: str) -> None:
    row = {"id": "CP-17", "status": status, "where": where}
    assert [fault] == list(faults_of_table([row]))
