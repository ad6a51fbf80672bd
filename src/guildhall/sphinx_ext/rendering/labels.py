"""Words for the kinds, the fields and the fixed values of records."""

from __future__ import annotations

from guildhall.core.words import word
from guildhall.model.records import vocabularies
from guildhall.model.settings.portal import Settings


def kind_label(language: str, kind: str) -> str:
    """A kind as a label: ``budget-line`` gives ``Budget line``."""
    return {
        "activity": word(language, "Activity"),
        "benefit": word(language, "Benefit"),
        "budget-line": word(language, "Budget line"),
        "in-kind": word(language, "In kind"),
        "lesson": word(language, "Lesson"),
        "partner": word(language, "Partner"),
        "path": word(language, "Path"),
        "person": word(language, "Person"),
        "project": word(language, "Project"),
        "risk": word(language, "Risk"),
        "workshop": word(language, "Workshop"),
    }.get(kind) or _in_words(kind)


def field_label(language: str, name: str) -> str:
    """A field's name as a label: ``short_name`` gives ``Short name``.

    Those that few pages show have no translation.
    """
    return {
        "affiliations": word(language, "Affiliations"),
        "audience": word(language, "Audience"),
        "authors": word(language, "Authors"),
        "contact": word(language, "Contact"),
        "country": word(language, "Country"),
        "currency": word(language, "Currency"),
        "email": word(language, "Email"),
        "end": word(language, "End"),
        "format": word(language, "Format"),
        "former_names": word(language, "Former names"),
        "funder": word(language, "Funder"),
        "homepage": word(language, "Homepage"),
        "language": word(language, "Language"),
        "languages": word(language, "Languages"),
        "leader": word(language, "Leader"),
        "length": word(language, "Length"),
        "level": word(language, "Level"),
        "name": word(language, "Name"),
        "partner": word(language, "Partner"),
        "payer": word(language, "Payer"),
        "phase": word(language, "Phase"),
        "project": word(language, "Project"),
        "purpose": word(language, "Purpose"),
        "results": word(language, "Results"),
        "short_name": word(language, "Short name"),
        "start": word(language, "Start"),
        "status": word(language, "Status"),
        "timezone": word(language, "Timezone"),
        "title": word(language, "Title"),
        "topics": word(language, "Topics"),
        "total": word(language, "Total"),
        "type": word(language, "Type"),
        "venue": word(language, "Venue"),
        "version": word(language, "Version"),
        "year": word(language, "Year"),
    }.get(name) or _in_words(name)


def activity_type(language: str, value: str) -> str:
    """What an activity is."""
    return {
        "workshop": word(language, "workshop"),
        "train-the-trainer": word(language, "train-the-trainer"),
        "course": word(language, "course"),
        "meeting": word(language, "meeting"),
        "retreat": word(language, "retreat"),
        "event": word(language, "event"),
        "hand-over": word(language, "hand-over"),
    }[value]


def activity_format(language: str, value: str) -> str:
    """How people take part in an activity."""
    return {
        "online": word(language, "online"),
        "in-person": word(language, "in-person"),
        "hybrid": word(language, "hybrid"),
        "asynchronous": word(language, "asynchronous"),
    }[value]


def line_type(language: str, value: str) -> str:
    """What a budget line is."""
    return {
        "allocation": word(language, "allocation"),
        "requirement": word(language, "requirement"),
        "cost": word(language, "cost"),
        "refund": word(language, "refund"),
    }[value]


def workshop_state(language: str, state: str) -> str:
    """Where a workshop stands, as :func:`guildhall.network.programme.state.state_of` gives it."""
    return {
        "planned": word(language, "planned"),
        "announced": word(language, "announced"),
        "open": word(language, "registration open"),
        "full": word(language, "full"),
        "running": word(language, "running"),
        "past": word(language, "past"),
        "unrecorded": word(language, "no record that it took place"),
        "cancelled": word(language, "cancelled"),
        "postponed": word(language, "postponed"),
    }[state]


def session_type(language: str, value: str) -> str:
    """What happens in a session."""
    return {
        "teaching": word(language, "teaching"),
        "exercises": word(language, "exercises"),
        "break": word(language, "break"),
        "social": word(language, "social"),
        "questions": word(language, "questions"),
        "help": word(language, "help"),
        "other": word(language, "other"),
    }[value]


def term(language: str, vocabulary: str, value: str, settings: Settings) -> str:
    """A word of a list that portals can extend; their own words have labels of their own.

    Args:
        language: the language of the page.
        vocabulary: the list, such as `role`.
        value: the word, such as `expert-helper`.
        settings: the portal's settings.
    """
    own = vocabularies.added(settings, vocabulary).get(value)
    return own or _terms(language, vocabulary).get(value) or _in_words(value)


def _terms(language: str, vocabulary: str) -> dict[str, str]:
    return {
        vocabularies.WORKSHOP_TYPE: {
            "full-workshop": word(language, "Full workshop"),
            "mini-workshop": word(language, "Mini workshop"),
            "train-the-trainer": word(language, "Train the trainer"),
            "bring-your-own-code": word(language, "Bring your own code"),
            "course": word(language, "Course"),
            "mooc": word(language, "Open online course"),
            "open-house": word(language, "Open house"),
            "writing-retreat": word(language, "Writing retreat"),
            "meeting": word(language, "Meeting"),
        },
        vocabularies.ROLE: {
            "instructor": word(language, "Instructor"),
            "co-instructor": word(language, "Co-instructor"),
            "expert-helper": word(language, "Expert helper"),
            "helper": word(language, "Helper"),
            "team-leader": word(language, "Team leader"),
            "mentor": word(language, "Mentor"),
            "host": word(language, "Host"),
            "organiser": word(language, "Organiser"),
            "speaker": word(language, "Speaker"),
            "notes": word(language, "Notes"),
            "streaming": word(language, "Streaming"),
        },
        vocabularies.CAREER_STAGE: {
            "student": word(language, "Student"),
            "phd-student": word(language, "PhD student"),
            "postdoc": word(language, "Postdoc"),
            "researcher": word(language, "Researcher"),
            "staff": word(language, "Research staff"),
            "industry": word(language, "Industry"),
            "other": word(language, "Other"),
        },
    }[vocabulary]


_VALUES = {
    ("activity", "type"): activity_type,
    ("activity", "format"): activity_format,
    ("budget-line", "type"): line_type,
    ("workshop", "format"): activity_format,
    ("workshop", "status"): workshop_state,
}


def value_label(language: str, kind: str, field: str, value: str) -> str:
    """A value of a field; as it stands where the field is no choice among fixed ones."""
    label = _VALUES.get((kind, field))
    return label(language, value) if label else value


def _in_words(name: str) -> str:
    return name.replace("-", " ").replace("_", " ").capitalize()
