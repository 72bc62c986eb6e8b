"""Each fault is found by its own rule, and one cause makes one alarm."""

import pytest

from compliance import engine
from compliance.catalogue import entries
from compliance.findings import Severity
from tests.compliance.planted import PLANTED, Planter

SEEDS = range(6)
TESTED_ELSEWHERE = {
    "duplicate_same_file",
    "duplicate_same_irn",
    "duplicate_same_number",
    "duplicate_confirmed",
    "near_duplicate",
    "rule_failed",
}


@pytest.mark.parametrize(("rule", "plant"), PLANTED, ids=[rule for rule, _ in PLANTED])
def test_a_planted_fault_is_found_by_its_own_rule_alone(rule: str, plant: Planter) -> None:
    for seed in SEEDS:
        invoice, context = plant(seed)
        found = engine.check(invoice, context=context)
        assert rule in {finding.rule for finding in found}, seed
        alarms = {finding.rule for finding in found if finding.severity is not Severity.INFO}
        assert alarms <= {rule}, [finding.message for finding in found]


def test_every_finding_of_the_catalogue_has_been_planted() -> None:
    assert {rule for rule, _ in PLANTED} | TESTED_ELSEWHERE == set(entries())


def test_findings_say_what_the_database_can_hold() -> None:
    for _, plant in PLANTED:
        invoice, context = plant(1)
        for finding in engine.check(invoice, context=context):
            assert len(finding.rule) <= 50
            assert max(map(len, (finding.title, finding.expected, finding.found, finding.source))) <= 200
            assert finding.message.endswith((".", ":"))
            assert finding.advice.endswith(".")
