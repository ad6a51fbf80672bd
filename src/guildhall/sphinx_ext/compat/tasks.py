"""The tasks that Sphinx reads and writes pages with in several processes.

Why: Sphinx looks at a worker's pipe and never at the worker, and has no hook for another way.

Without it: a build with a worker that dies waits for ever, and one with a worker that fails early
ends as a success without its pages. What Sphinx could do instead is written down in
``docs/explanation/sphinx.md``.
"""

from __future__ import annotations

import sphinx.builders
from sphinx.util.parallel import parallel_available


def replace_tasks(tasks: type) -> None:
    """Have pages read and written with other tasks.

    Args:
        tasks: a class that is called with the number of processes, with the methods ``add_task``
            and ``join`` of ``sphinx.util.parallel.ParallelTasks``.
    """
    if parallel_available:
        # Sphinx looks the name up here when it begins to read or to write.
        setattr(sphinx.builders, "ParallelTasks", tasks)  # noqa: B010
