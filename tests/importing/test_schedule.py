"""``guildhall import coderefinery-schedule``: times in UTC become local, addresses lessons."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guildhall.cli.main import main
from guildhall.model.records.kinds.workshop import Schedule
from guildhall.model.records.registry import load_registry
from guildhall.model.settings.portal import load_settings
from guildhall.network.programme.programme import programme_of
from tests.importing.samples import EVENTS, SCHEDULE, make_portal, place, snapshot
from tests.importing.test_workshops import ONLINE, workshop

Run = Callable[..., Result]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_portal(tmp_path / "portal")
    file = tmp_path / "full-workshops.yml"
    file.write_text(EVENTS, encoding="utf-8")
    command = ["import", "coderefinery-workshops", str(file), "--root", str(root)]
    assert CliRunner().invoke(main, command).exit_code == 0
    return root


@pytest.fixture
def run(root: Path, tmp_path: Path) -> Run:
    def imported(text: str = SCHEDULE, *options: str, key: str = ONLINE) -> Result:
        file = tmp_path / "schedule.yaml"
        file.write_text(text, encoding="utf-8")
        command = ["import", "coderefinery-schedule", str(file), "--root", str(root)]
        return CliRunner().invoke(main, [*command, "--workshop", key, *options])

    return imported


def schedule(root: Path, key: str = ONLINE) -> Schedule:
    found = workshop(root, key)
    assert found.schedule is not None
    assert programme_of(found).faults == ()
    return found.schedule


def test_times_are_local_before_and_after_the_change_to_summer_time(root: Path, run: Run) -> None:
    assert run().exit_code == 0
    days = schedule(root).days
    assert [(x.start, x.end) for x in days[2].sessions] == [
        ("09:50", "10:00"),
        ("10:00", "10:20"),
        ("10:20", "12:00"),
        ("12:00", "13:00"),
        ("13:00", "15:00"),
    ]
    assert (days[3].sessions[0].start, days[3].sessions[0].end) == ("10:20", "12:00")


def test_the_dates_of_the_workshop_grow_with_the_days_that_count(root: Path, run: Run) -> None:
    output = run(SCHEDULE.replace("date: 2026-03-31", "date: 2026-04-02")).output
    found = workshop(root, ONLINE)
    assert (str(found.start), str(found.end)) == ("2026-03-17", "2026-04-02")
    assert "`end` moves from 2026-03-26 to 2026-04-02, a day of the schedule" in output


def test_optional_days_leave_the_dates_as_they_are(root: Path, run: Run) -> None:
    output = run().output
    assert str(schedule(root).days[0].date) == "2026-03-11"
    assert str(workshop(root, ONLINE).start) == "2026-03-17"
    assert "`start` moves" not in output


def test_days_with_the_same_sessions_have_a_template(root: Path, run: Run) -> None:
    run()
    found = schedule(root)
    assert list(found.templates) == ["installation-help"]
    assert [day.template for day in found.days] == ["installation-help"] * 2 + [None] * 2


def test_addresses_of_lessons_become_lessons_and_episodes(root: Path, run: Run) -> None:
    run()
    git = schedule(root).days[2].sessions[2]
    assert git.title == "Introduction to version control with Git - part 1/4"
    assert [(each.lesson, each.episodes) for each in git.lessons] == [
        ("git-intro", ("motivation", "browsing"))
    ]
    assert git.url is None
    assert git.summary == "Why: [Motivation](https://coderefinery.github.io/git-intro/motivation/)"
    assert [(each.text, each.url) for each in git.links] == [
        ("Browsing", "https://coderefinery.github.io/git-intro/browsing/"),
        ("Intro", "https://example.org/intro.md"),
    ]
    social = schedule(root).days[2].sessions[4]
    assert (social.lessons, social.url) == ((), "https://example.org/social")


def test_pages_that_the_portal_has_need_no_link(root: Path, run: Run) -> None:
    lesson = root / "lessons/git-intro"
    (lesson / "browsing.md").write_text("# Browsing\n", encoding="utf-8")
    output = run().output
    git = schedule(root).days[2].sessions[2]
    assert [(each.lesson, each.episodes) for each in git.lessons] == [("git-intro", ("browsing",))]
    assert [each.text for each in git.links] == ["Intro"]
    assert "not imported: 'Browsing'; the lesson's page has a title" in output


def test_types_follow_from_titles_and_gaps_are_breaks(root: Path, run: Run) -> None:
    run()
    found = schedule(root)
    assert [each.type for each in found.days[2].sessions] == [
        "social",
        "break",
        "teaching",
        "break",
        "teaching",
    ]
    (help_session,) = found.templates["installation-help"].sessions
    assert (help_session.type, help_session.optional) == ("help", True)
    assert found.days[3].sessions[0].type == "other"


def test_presenters_are_found_by_name_or_first_name(root: Path, run: Run) -> None:
    output = run().output
    assert schedule(root).days[2].sessions[2].instructors == ("bjorn-lindi", "ada-lovelace")
    assert "`Bjørn` is taken for `Bjørn Lindi`, of the workshop's people" in output


def test_presenters_whom_nobody_knows_stay_for_somebody_to_finish(root: Path, run: Run) -> None:
    text = SCHEDULE.replace("Bjørn and Ada Lovelace", "Grace, TBA, Mari, Bjørn")
    result = run(text)
    assert result.exit_code == 1
    at = f"schedule.yaml:{place(text, 'Grace, TBA')}"
    mend = "write the person's id or whole name in the record, where it now says `{}`"
    for name, hint in (("Grace", ""), ("Mari", "; is it `Marijn van Vliet`?")):
        found = f"`{name}` names nobody of the workshop; {mend.format(name)}{hint}"
        assert f"{at}: {found} [import.unmatched]" in result.output
    assert "not imported: `TBA` stands for someone who isn't named" in result.output
    record = root / f"workshops/{ONLINE}.yml"
    # The check tells of them too, until somebody has finished.
    assert "instructors: [Grace, Mari, Bjørn Lindi]" in record.read_text(encoding="utf-8")
    faults = load_registry(root, load_settings(root)[0]).faults
    assert [each.message.partition(";")[0] for each in faults] == [
        "no person has the id or name `Grace`",
        "no person has the id or name `Mari`",
    ]
    assert run(text).exit_code == 1
    finished = record.read_text(encoding="utf-8").replace(
        "[Grace, Mari", "[Diana Iusan, marijn-van-vliet"
    )
    record.write_text(finished, encoding="utf-8")
    again = run(text)
    assert (again.exit_code, "import.unmatched" in again.output) == (0, False)
    assert record.read_text(encoding="utf-8") == finished


PREPARING = {
    "help, without a word of `optional`": ("Installation help", "Installation help for everybody"),
    "on-boarding with other sessions": ("Onboarding", "Welcome"),
    "a course before the course": ("Before", "Shell crash course"),
}


@pytest.mark.parametrize("case", PREPARING)
def test_a_day_that_prepares_is_no_start(root: Path, run: Run, case: str) -> None:
    day, session = PREPARING[case]
    text = SCHEDULE.replace('title: "Installation help"', f'title: "{day}"').replace(
        "title: Installation help for everybody (optional)", f"title: {session}"
    )
    output = run(text).output
    assert str(workshop(root, ONLINE).start) == "2026-03-17"
    assert str(schedule(root).days[0].date) == "2026-03-11"
    assert "`start` moves" not in output
    assert "2026-03-11 prepares for the workshop; it is taken for optional" in output


@pytest.mark.parametrize("title", ["Version control", "Onboarding and version control"])
def test_a_day_on_which_something_is_taught_is_one(root: Path, run: Run, title: str) -> None:
    text = SCHEDULE.replace('title: "Installation help"', f'title: "{title}"', 1).replace(
        "title: Installation help for everybody (optional)", "title: Version control", 1
    )
    assert "`start` moves from 2026-03-17 to 2026-03-11, a day of the schedule" in run(text).output


def test_the_same_schedule_changes_not_one_byte(root: Path, run: Run) -> None:
    run()
    before = snapshot(root)
    assert run().exit_code == 0
    assert snapshot(root) == before


def test_what_was_added_by_hand_stays_when_the_schedule_changes(root: Path, run: Run) -> None:
    run()
    record = root / f"workshops/{ONLINE}.yml"
    text = record.read_text(encoding="utf-8")
    mine = text.replace(
        "          title: Social coding\n",
        "          title: Social coding\n          room: A  # upstairs\n",
    )
    assert mine != text
    record.write_text(mine, encoding="utf-8")
    moved = SCHEDULE.replace("ends: 14:00", "ends: 13:30")
    assert run(moved).exit_code == 0
    assert record.read_text(encoding="utf-8") == mine.replace("end: 15:00", "end: 14:30")


def test_a_record_is_made_where_there_is_none(root: Path, run: Run) -> None:
    text = SCHEDULE.replace("presenters: Bjørn and", "presenters: Bjørn Lindi and")
    result = run(text, "--timezone", "Europe/Helsinki", key="2026-05-01-other")
    assert "there is no record yet; one is made" in result.output
    found = workshop(root, "2026-05-01-other")
    assert (found.timezone, str(found.start), str(found.end)) == (
        "Europe/Helsinki",
        "2026-03-17",
        "2026-03-31",
    )


def test_a_session_over_a_local_midnight_is_cut(root: Path, run: Run) -> None:
    text = SCHEDULE.replace("presenters: Bjørn and", "presenters: Bjørn Lindi and")
    run(text, "--timezone", "Pacific/Auckland", key="2026-03-17-auckland")
    days = schedule(root, "2026-03-17-auckland").days
    late = [
        (str(day.date), x.start, x.end) for day in days for x in day.sessions if x.end == "00:00"
    ]
    assert ("2026-03-17", "22:20", "00:00") in late


@pytest.mark.parametrize(
    ("old", "new", "part", "message"),
    [
        ("starts: 9:20", "starts: TBD", "TBD", "`starts`: found `TBD`, expected a time of day"),
        ("starts: 9:20", "starts: 560", "560", "`starts`: found `560`, expected a time of day"),
        ("ends: 13:00", "ends: 9:00", "9:", "the session ends at 9:00, but starts at 11:30"),
        ("date: 2026-03-17", "date: 17 March", "17", "`date`: found `17 March`, expected a date"),
        ('- title: "Day 2"\n    date:', "- day:", "day", "the key `date` is missing"),
        ("https://example.org/social", "example org", "e", "`url`: found `example org`"),
        ("[Browsing, https", "[B, a, https", "[", "expected the words of a link and its address"),
    ],
)
def test_what_is_malformed_is_told_and_nothing_is_written(
    root: Path, run: Run, old: str, new: str, part: str, message: str
) -> None:
    text = SCHEDULE.replace(old, new, 1)
    assert text != SCHEDULE
    before = snapshot(root)
    result = run(text)
    assert result.exit_code == 1
    assert f"schedule.yaml:{place(text, new, part)}: {message}" in result.output
    assert snapshot(root) == before


def test_a_time_that_became_a_number_is_mended_in_the_message(run: Run) -> None:
    assert "did you mean `9:20`?" in run(SCHEDULE.replace("starts: 9:20", "starts: 560")).output


def test_a_file_without_days_is_refused(root: Path, run: Run) -> None:
    before = snapshot(root)
    output = run(SCHEDULE.replace("schedule:", "schedul:")).output
    assert ":3:1: the key `schedule` with a list is missing; is it `schedul`?" in output
    assert snapshot(root) == before


def test_another_time_zone_than_the_records_is_refused(run: Run) -> None:
    result = run(SCHEDULE, "--timezone", "Europe/Helsinki")
    assert result.exit_code == 2
    assert f"The record of `{ONLINE}` says Europe/Stockholm, not Europe/Helsinki" in result.output
