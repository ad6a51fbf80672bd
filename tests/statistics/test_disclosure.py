"""Small counts are shown together with others, so that none can be computed back."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guildhall.network.statistics.disclosure import Disclosed, suppressed

COUNTS = st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 60))
LIMITS = st.integers(0, 20)


def test_without_a_limit_all_counts_stand_for_themselves() -> None:
    assert suppressed({"NO": 1, "SE": 2}, 0, others=1) == Disclosed({"NO": 1, "SE": 2}, 1)


def test_counts_at_the_limit_are_not_small() -> None:
    assert suppressed({"NO": 5, "SE": 9}, 5) == Disclosed({"NO": 5, "SE": 9})


def test_small_counts_are_merged() -> None:
    found = suppressed({"NO": 20, "SE": 2, "FI": 4, "DK": 9}, 5)
    assert found == Disclosed({"NO": 20, "DK": 9}, 6, ("SE", "FI"))


def test_a_single_small_count_takes_the_next_smallest_with_it() -> None:
    # Otherwise it would be the total without the others.
    found = suppressed({"NO": 20, "SE": 2, "DK": 9}, 5)
    assert found == Disclosed({"NO": 20}, 11, ("SE", "DK"))


def test_small_counts_that_are_few_together_take_the_next_smallest_with_them() -> None:
    found = suppressed({"NO": 20, "SE": 2, "FI": 1, "DK": 10}, 5)
    assert found == Disclosed({"NO": 20}, 13, ("SE", "FI", "DK"))


def test_equal_counts_are_merged_or_shown_together() -> None:
    found = suppressed({"NO": 20, "SE": 2, "DK": 9, "FI": 9}, 5)
    assert found == Disclosed({"NO": 20}, 20, ("SE", "DK", "FI"))


def test_counts_that_are_all_the_largest_small_one_would_follow_from_their_sum() -> None:
    assert suppressed({"NO": 4, "SE": 4, "DK": 9}, 5).others == 17


def test_counts_of_one_each_would_follow_from_their_sum() -> None:
    assert suppressed({"NO": 1, "SE": 1, "DK": 9}, 2).others == 11


def test_a_small_count_hides_among_those_that_the_source_does_not_name() -> None:
    assert suppressed({"NO": 20, "SE": 2}, 5, others=7) == Disclosed({"NO": 20}, 9, ("SE",))


def test_what_the_source_does_not_name_is_not_left_small() -> None:
    assert suppressed({"NO": 20, "SE": 9}, 5, others=1) == Disclosed({"NO": 20}, 10, ("SE",))


def test_where_all_is_small_nothing_is_told_apart() -> None:
    assert suppressed({"NO": 2}, 5) == Disclosed({}, 2, ("NO",))


def test_nobody_is_hidden_by_nobody() -> None:
    found = suppressed({"NO": 20, "SE": 2, "IS": 0, "DK": 9}, 5)
    assert found == Disclosed({"NO": 20, "IS": 0}, 11, ("SE", "DK"))


def test_counts_below_0_are_refused() -> None:
    with pytest.raises(ValueError, match="counts of people are not below 0"):
        suppressed({"NO": -1}, 5)


@given(COUNTS, LIMITS, st.integers(0, 60))
def test_nobody_is_lost(counts: dict[str, int], below: int, others: int) -> None:
    assert suppressed(counts, below, others).total == sum(counts.values()) + others


@given(COUNTS, LIMITS, st.integers(0, 60))
def test_no_count_that_is_shown_is_small(counts: dict[str, int], below: int, others: int) -> None:
    found = suppressed(counts, below, others)
    assert all(count == 0 or count >= below for count in found.shown.values())


@given(COUNTS, LIMITS, st.integers(0, 60))
def test_others_are_small_only_where_nobody_is_left_to_join(
    counts: dict[str, int], below: int, others: int
) -> None:
    found = suppressed(counts, below, others)
    if found.others < below and found.others:
        assert not any(found.shown.values())


@given(COUNTS, LIMITS)
def test_the_order_of_the_counts_does_not_matter(counts: dict[str, int], below: int) -> None:
    turned = dict(reversed(counts.items()))
    assert dict(suppressed(turned, below).shown) == dict(suppressed(counts, below).shown)


@pytest.mark.parametrize("below", [2, 3, 4, 5])
def test_whoever_knows_the_rule_and_the_names_cannot_tell_a_merged_count(below: int) -> None:
    for table in product(range(1, 8), repeat=4):
        found = suppressed(dict(zip("ABCD", table, strict=True)), below)
        if not found.merged or not found.shown:
            continue
        origins = [
            counts
            for counts in _sums(found.others, len(found.merged))
            if _gives(found, dict(zip(found.merged, counts, strict=True)), below)
        ]
        for position, _ in enumerate(found.merged):
            assert len({counts[position] for counts in origins}) > 1


def _sums(total: int, members: int) -> Iterator[tuple[int, ...]]:
    """All ways to split a total into counts from 1."""
    if members == 1:
        yield (total,)
        return
    for first in range(1, total - members + 2):
        for rest in _sums(total - first, members - 1):
            yield (first, *rest)


def _gives(published: Disclosed, merged: dict[str, int], below: int) -> bool:
    """Whether other counts of those that were merged would be published just like that."""
    other = suppressed({**published.shown, **merged}, below)
    return (other.shown, other.others) == (published.shown, published.others)
