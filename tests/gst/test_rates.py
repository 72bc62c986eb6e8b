import csv
import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gst import cess, hsn, rates, tables
from gst.problem import Problem
from gst.rate_rules import REFORM, all_rules
from gst.rates import Judgement, RateAnswer
from gst.tables import DATA

BEFORE, AFTER, TODAY = dt.date(2025, 7, 1), dt.date(2025, 12, 1), dt.date(2026, 11, 23)


def answer(code: str, on: dt.date) -> RateAnswer:
    found = rates.lawful(code, on)
    assert isinstance(found, RateAnswer)
    return found


def rates_of(code: str, on: dt.date) -> set[str]:
    return {str(rate) for rate in answer(code, on).rates}


@pytest.mark.parametrize(
    ("code", "on", "expected"),
    [
        # 1/2017-CT(Rate) IV 18 (cement); 9/2025-CT(Rate) II.
        ("2523", BEFORE, {"28"}),
        ("2523", AFTER, {"18"}),
        # 9/2025-CT(Rate) I 4: concentrated milk.
        ("0402", AFTER, {"5"}),
        # 1/2017-CT(Rate) I 222, II 169: apparel by the price of a piece; 9/2025: I and II, at 2,500 rupees.
        ("6109", BEFORE, {"5", "12"}),
        ("6109", AFTER, {"5", "18"}),
        # 10/2025-CT(Rate): live bovine animals are nil.
        ("0102", AFTER, {"0"}),
        # 9/2025-CT(Rate) VII until 31 January 2026, 19/2025-CT(Rate) from 1 February: cigarettes 28, then 40.
        ("24022090", dt.date(2026, 1, 31), {"28"}),
        ("24022090", dt.date(2026, 2, 1), {"40"}),
        # 14/2025 and 2/2022-CT(Rate): bricks 12, or 6 without credit; II 235: blocks; nil 152: idols.
        ("69041000", TODAY, {"0", "6", "12", "18"}),
        # 9/2025-CT(Rate) IV 5: gold; 10/2025-CT(Rate) 131: notes and coins sold to the Reserve Bank (71).
        ("7108", TODAY, {"0", "3"}),
        # Section 9(2) of the CGST Act: petroleum crude is outside GST; 9/2025-CT(Rate) I 204: bio-gas (27).
        ("2709", TODAY, {"0", "5"}),
        # 11/2017-CT(Rate): 19 (research), residual of its heading.
        ("9981", TODAY, {"0", "18"}),
    ],
)
def test_rates_follow_the_day(code: str, on: dt.date, expected: set[str]) -> None:
    assert rates_of(code, on) == expected


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        # 15/2025-CT(Rate) in the Gazette: hotel rooms up to 7,500 rupees went from 12 to 5 without credit.
        ("996311", "12", "5"),
        # The same: 12 ended for works contracts of earth work.
        ("9954", "12", "18"),
        # 15/2025-CT(Rate): beauty services of group 99972 at 5 without credit.
        ("999721", "18", "5"),
        # 56th GST Council: casinos 28 to 40.
        ("9996", "28", "40"),
    ],
)
def test_services_change_with_the_reform(code: str, before: str, after: str) -> None:
    assert before in rates_of(code, BEFORE)
    assert after in rates_of(code, AFTER)


def test_twelve_and_twenty_eight_percent_are_gone_from_most_services() -> None:
    """15/2025-CT(Rate); what remains of 12 is old housing projects (3 (ie)) and job work on bricks."""
    services = ("9963", "9964", "9965", "9966", "9983", "9986", "9994", "9996", "9973")
    assert not {"12", "28"} & set[str]().union(*(rates_of(code, AFTER) for code in services))


def test_an_exception_takes_a_code_out_of_its_heading() -> None:
    """1/2017-CT(Rate) I 44: 0910 other than 0910 11 10 (fresh ginger, nil by 2/2017 serial 63)."""
    assert "5" not in rates_of("09101110", BEFORE)
    assert "5" in rates_of("09101210", BEFORE)


def test_the_residual_rate_applies_to_goods_in_no_schedule() -> None:
    """9/2025-CT(Rate) II 639 and 1/2017-CT(Rate) III 453: 18 percent."""
    unlisted = next(
        code for code in hsn.codes(8) if not answer(code, AFTER).rules and not answer(code, BEFORE).rules
    )
    assert rates_of(unlisted, AFTER) == rates_of(unlisted, BEFORE) == {"18"}


def test_a_heading_of_which_only_parts_are_listed_also_has_the_residual_rate() -> None:
    """Schedule entries for some sub-headings leave the others to the residual serial."""
    partly = answer("8424", AFTER)
    assert Decimal(18) in partly.rates


def test_the_longest_prefix_suggests_and_the_widest_match_accepts() -> None:
    """9/2025-CT(Rate): computers 18 by 8471; renewable energy devices 5 by chapters 84, 85, 94."""
    computers = answer("8471", AFTER)
    assert computers.suggested == {Decimal(18)}
    assert Decimal(5) in computers.rates
    assert computers.rules[0].codes == ("8471",)


def test_around_a_change_the_other_rate_is_for_review() -> None:
    """Section 14 of the CGST Act: the time of supply decides, by supply, invoice and payment."""
    soon, late = (
        answer("2523", REFORM + dt.timedelta(days=60)),
        answer("2523", REFORM + dt.timedelta(days=70)),
    )
    assert soon.judge(Decimal(28)) == Judgement.REVIEW
    assert late.judge(Decimal(28)) == Judgement.UNLAWFUL
    assert answer("2523", REFORM - dt.timedelta(days=30)).judge(Decimal(18)) == Judgement.REVIEW
    assert soon.judge(Decimal(18)) == Judgement.LAWFUL


def test_old_documents_are_never_called_unlawful() -> None:
    """The old list shows the law shortly before the reform; many rates were others before July 2022."""
    assert answer("2523", dt.date(2019, 5, 1)).judge(Decimal(5)) == Judgement.REVIEW


def test_an_entry_for_any_chapter_needs_a_fitting_description() -> None:
    """10/2025-CT(Rate) serial 170: rakhi of any chapter but 71 is nil."""
    cement = answer("2523", TODAY)
    assert cement.judge(Decimal(0), "Portland cement 50 kg") == Judgement.UNLAWFUL
    assert cement.judge(Decimal(0), "Rakhi assorted") == Judgement.REVIEW
    assert not any("Rakhi" in rule.description for rule in answer("7113", TODAY).elsewhere)


@pytest.mark.parametrize("code", ["", "8", "84711", "ABCD", "847130101", "٨٤٧١"])
def test_a_malformed_code_is_a_problem(code: str) -> None:
    assert isinstance(rates.lawful(code, TODAY), Problem)


@pytest.mark.parametrize("code", ["8799", "00998314", "00"])
def test_an_unknown_heading_is_a_problem_and_no_unlawful_rate(code: str) -> None:
    problem = rates.lawful(code, TODAY)
    assert isinstance(problem, Problem)
    assert problem.code == "hsn_unknown"


def test_a_new_code_below_a_known_heading_has_its_rates() -> None:
    """1/2026-CT(Rate) serial 151: drinks of 2202 99 31, which the master does not have yet."""
    assert not hsn.exists("22029931")
    assert Decimal(5) in answer("22029931", TODAY).rates


def test_there_is_no_rate_before_gst() -> None:
    assert isinstance(rates.lawful("8471", dt.date(2017, 6, 30)), Problem)


@given(st.sampled_from(sorted(hsn.codes(8))), st.dates(dt.date(2017, 7, 1), dt.date(2030, 1, 1)))
def test_every_code_has_lawful_rates_and_its_heading_has_them_too(code: str, on: dt.date) -> None:
    whole, heading = answer(code, on), answer(code[:4], on)
    assert whole.rates
    assert whole.suggested <= whole.rates
    assert not whole.near_change & whole.rates
    assert whole.rates <= heading.rates | {Decimal(18)}


def test_every_digit_of_the_old_lists_is_read() -> None:
    """No code is lost or cut: what the parser reads, together, is what is printed (ranges expanded)."""
    for rule in all_rules():
        assert all(len(code) in {2, 4, 5, 6, 8} for code in rule.codes + rule.except_codes), rule
        assert rule.codes or rule.is_for_any_chapter, rule


def test_every_correction_still_meets_its_damaged_cell() -> None:
    """For example "7" under Schedule I serial 22 means chapter 07, and "386" means 3826 (bio-diesel)."""
    old = {
        (rule.schedule, rule.serial): rule.codes
        for rule in all_rules()
        if rule.notification == "1/2017-CT(Rate)"
    }
    assert old["I", "22"] == ("07",)
    assert old["I", "186B"] == ("3826",)


def test_old_entries_keep_the_printed_number_of_rows() -> None:
    """1,499 rows printed, without 66 of the cess and the residual entry (Schedule III, serial 453)."""
    with (DATA / "rates_until_2025-09-21/GST_Goods_Rates.csv").open(encoding="utf-8-sig", newline="") as file:
        printed = len(list(csv.DictReader(file)))
    old = [rule for rule in all_rules() if rule.notification in {"1/2017-CT(Rate)", "2/2017-CT(Rate)"}]
    assert len(old) == printed - 66 - 1


def test_the_combined_rates_of_today_are_those_of_the_law() -> None:
    """0, 0.1 (for export), 0.25, 1.5, 3, 5, 6 and 12 (bricks), 18, 40; 28 ended on 31 January 2026."""
    goods = {
        str(rate)
        for rule in all_rules()
        if rule.is_in_force(TODAY) and not rule.is_service
        for rate in rule.rates
    }
    assert goods == {"0", "0.1", "0.25", "1.5", "3", "5", "6", "12", "18", "40"}


def test_a_transporters_old_code_has_the_transporters_rates() -> None:
    """11/2017-CT(Rate) serial 9 (iii); serial 11 (i) once named 9967, and 996791 is still printed."""
    assert {"5", "12"} <= rates_of("996791", BEFORE)
    assert {"5", "18"} <= rates_of("996791", TODAY)
    assert answer("996791", TODAY).suggested == {Decimal(5), Decimal(18)}


@pytest.mark.parametrize(
    ("code", "on", "suggested"),
    [
        # 11/2017-CT(Rate) as amended by 15/2025, by the words of its items.
        ("996311", BEFORE, {"12", "18"}),  # 7 (i) and (vi): rooms up to and above 7,500 rupees
        ("996311", TODAY, {"5", "18"}),
        ("996331", TODAY, {"5", "18"}),  # 7 (ii) and (vi): restaurants, specified premises
        ("998314", TODAY, {"18"}),  # 21 (ii): not the advertisements of 21 (i)
        ("998363", TODAY, {"5"}),  # 21 (i): space in print media
        ("998525", TODAY, {"18"}),  # 23 (iii): not the tour operators of 23 (i)
        ("997331", TODAY, {"18"}),  # 17 (ii): intellectual property, not leasing
        ("996812", TODAY, {"18"}),
        ("998821", BEFORE, {"5", "12", "18"}),  # 26 (i), (id), (iv): job work on textiles
        ("998821", TODAY, {"5", "18"}),
        ("997134", TODAY, {"5", "18"}),  # 15 (vi) and (vii): third-party cover of goods carriages
        ("999721", TODAY, {"5"}),  # 35: group 99972
        ("9983", TODAY, {"5", "18"}),  # a heading alone may mean all of its items
    ],
)
def test_a_services_entry_suggests_for_the_codes_that_its_words_mean(
    code: str, on: dt.date, suggested: set[str]
) -> None:
    assert {str(rate) for rate in answer(code, on).suggested} == suggested


def test_only_leasing_may_carry_the_rate_of_any_goods() -> None:
    """11/2017-CT(Rate) serial 17 (iii), (iv) and (viia)."""
    assert {"0.25", "3", "40"} <= rates_of("997313", TODAY)
    assert rates_of("997331", TODAY) == {"0", "18"}


@pytest.mark.parametrize(
    ("code", "suggested"),
    [
        ("85414300", {"5"}),  # 9/2025-CT(Rate) I 437: photovoltaic cells, before II 513
        ("87038040", {"5"}),  # I 441: electric cars, before III 5
        ("64041990", {"5", "18"}),  # I 392 and II 205: footwear by the price of a pair
        ("27101944", {"0"}),  # section 9(2) of the CGST Act: diesel
        ("27101980", {"5", "18"}),  # I 207, II 29: other oils of 2710
    ],
)
def test_goods_that_an_entry_names_in_words_only_are_suggested_its_rate(
    code: str, suggested: set[str]
) -> None:
    assert {str(rate) for rate in answer(code, TODAY).suggested} == suggested


def test_a_merchant_exporters_rate_is_for_review_on_any_goods() -> None:
    """40/2017-CT(Rate), 41/2017-IT(Rate): 0.1 percent on goods for export."""
    assert answer("2523", TODAY).judge(Decimal("0.1"), "Cement") == Judgement.REVIEW
    assert answer("998314", TODAY).judge(Decimal("0.1"), "Software") == Judgement.UNLAWFUL


def test_a_concession_for_handicraft_leaves_the_ordinary_rate_lawful() -> None:
    """21/2018-CT(Rate) as amended by 13/2025: handbags 5; 9/2025-CT(Rate): else 18."""
    bags = answer("42022910", TODAY)
    assert bags.rates == {Decimal(5), Decimal(18)}
    assert bags.suggested == {Decimal(18)}


def test_flats_are_taxed_on_two_thirds_or_at_two_thirds() -> None:
    """Paragraph 2 of 11/2017-CT(Rate): a third of the price is land, so 1.5 and 7.5 print as 1 and 5."""
    assert {"1", "1.5", "5", "7.5"} <= rates_of("995411", TODAY)


@pytest.mark.parametrize("row", tables.rows("meant_codes.csv"), ids=lambda row: row["entry"][:30])
def test_every_row_of_the_meant_codes_belongs_to_a_rule(row: dict[str, str]) -> None:
    codes = () if row["codes"] == "none" else tables.parts(row["codes"])
    rules = [rule for rule in all_rules() if rule.notification == row["notification"] and rule.meant == codes]
    named = {rule.serial for rule in rules} | {f"{rule.schedule} {rule.serial}" for rule in rules}
    starts = any(rule.description.startswith(row["entry"]) for rule in rules)
    assert starts or {row["entry"], row["entry"].split()[0]} & named


def test_what_is_excepted_from_entries_for_any_chapter_are_chapters() -> None:
    excepted = {code for rule in all_rules() if rule.is_for_any_chapter for code in rule.except_codes}
    assert {len(code) for code in excepted} == {2}


def test_cess_ended_with_the_reform_and_later_for_tobacco() -> None:
    """2/2025 and 3/2025-Compensation Cess (Rate), in force 22 September 2025 and 1 February 2026."""
    assert [entry.rate for entry in cess.entries("22021010", BEFORE)] == ["12%", "12%"]
    assert cess.entries("22021010", REFORM) == ()
    assert cess.entries("24022010", dt.date(2026, 1, 31)) != ()
    assert cess.entries("24022010", dt.date(2026, 2, 1)) == ()


@pytest.mark.parametrize("day", [dt.date(2025, 9, 1), dt.date(2026, 11, 23)])
def test_every_code_of_the_list_has_lawful_rates(day: dt.date) -> None:
    """GSTN list HSN_SAC.xlsx: also those few codes whose heading it leaves out, such as 98071000."""
    unanswered = [code for code in hsn.codes(8) if isinstance(rates.lawful(code, day), Problem)]
    assert unanswered == []
