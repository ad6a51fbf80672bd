"""Where a template of Jinja failed, and why."""

from __future__ import annotations

from jinja2 import TemplateError, TemplateSyntaxError

FAILURES = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a template may raise, and what reading its file may."""

_ENDINGS = (".j2", ".jinja")


class TemplateFault(Exception):
    """A template that can't be rendered.

    Args:
        path: the template's file.
        line: the line that failed.
        message: what went wrong there.
    """

    def __init__(self, path: str, line: int, message: str) -> None:
        self.path = path
        self.line = line
        super().__init__(message)


def fault_of(error: Exception, file: str) -> TemplateFault:
    """The fault that an exception tells of.

    Args:
        error: one of ``FAILURES``, as it was caught.
        file: the template that was rendered; the fault may be in one that it includes.
    """
    if isinstance(error, TemplateSyntaxError):
        return TemplateFault(error.filename or file, error.lineno, str(error.message))
    path, line = file, 1
    traceback = error.__traceback__
    while traceback is not None:
        filename = traceback.tb_frame.f_code.co_filename
        if filename.endswith(_ENDINGS):
            path, line = filename, traceback.tb_lineno
        traceback = traceback.tb_next
    return TemplateFault(path, line, f"{type(error).__name__}: {error}")
