"""A portal whose own extension runs what pages write, as some do: that is its own business."""

from __future__ import annotations

CONF = """
extensions = ["guildhall"]
import os
from docutils.parsers.rst import Directive
from sphinx.domains import Domain

class Runs(Directive):
    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = {"option": str}
    def run(self):
        os.system(self.arguments[0])
        return []

def runs(name, rawtext, text, lineno, inliner, options=None, content=None):
    os.system(text)
    return [], []

class Danger(Domain):
    name = "danger"
    label = "Danger"
    directives = {"runs": Runs}
    roles = {"runs": runs}
    def merge_domaindata(self, docnames, otherdata):
        pass

def setup(app):
    app.add_directive("runs", Runs)
    app.add_role("runs", runs)
    app.add_domain(Danger)
    app.add_directive_to_domain("std", "runs", Runs)
    app.add_role_to_domain("std", "runs", runs)
"""
