"""Names with a scope: what a page finds, and what it doesn't."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from guildhall.sphinx_ext.lessons.names import ScopedNames, qualified

LESSONS = ("git", "make", "test")
words = st.sampled_from(["setup", "intro", "fig:a"])
scopes = st.sampled_from([None, *LESSONS])


@given(st.dictionaries(st.tuples(scopes, words), st.integers()), scopes, words)
def test_the_own_lesson_first_then_the_portal_then_any_other(
    known: dict[tuple[str | None, str], int], scope: str | None, name: str
):
    names = {qualified(word, lesson): value for (lesson, word), value in known.items()}
    others = tuple(lesson for lesson in LESSONS if lesson != scope)
    told: list[list[str]] = []
    view = ScopedNames(names, scope, others, lambda name, found: told.append(found))
    having = [lesson for lesson in others if (lesson, name) in known]
    if (scope, name) in known:
        expected = known[scope, name]
    elif (None, name) in known:
        expected = known[None, name]
    elif having:
        expected = known[having[0], name]
    else:
        assert name not in view
        return
    assert view[name] == expected
    ambiguous = (scope, name) not in known and (None, name) not in known and len(having) > 1
    assert bool(told) == ambiguous


@given(st.dictionaries(st.tuples(scopes, words), st.integers()), scopes, words)
def test_while_a_page_is_read_only_its_own_scope_clashes(
    known: dict[tuple[str | None, str], int], scope: str | None, name: str
):
    names = {qualified(word, lesson): value for (lesson, word), value in known.items()}
    assert (name in ScopedNames(names, scope)) == ((scope, name) in known)


def test_a_name_is_written_to_its_own_scope():
    names: dict[str, int] = {"setup": 1}
    ScopedNames(names, "git")["setup"] = 2
    assert names == {"setup": 1, "git:setup": 2}


def test_another_lesson_can_be_named():
    view = ScopedNames({"git:setup": 1, "make:setup": 2}, "make", ("git",))
    assert (view["setup"], view["git:setup"]) == (2, 1)


def test_of_a_key_of_several_parts_the_last_is_the_name():
    view = ScopedNames({("term", "git:remote"): 1}, "git")
    assert view["term", "remote"] == 1
