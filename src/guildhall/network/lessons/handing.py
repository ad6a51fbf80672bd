"""Files that lessons of strangers hand out: those that would run at the portal's own address don't.

What a browser does with a file depends on the type that a server says, which most derive from the
last suffix that they know; where they say none, browsers look into the file.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePath

from guildhall.model.records.offered import ACTIVE
from guildhall.network.lessons.drawings import clean_drawing, is_data

PICTURES = frozenset(
    """
.apng .avif .bmp .gif .heic .ico .jfif .jpe .jpeg .jpg .pdf .png .svg .tif .tiff .webp .eps .ps
""".split()  # noqa: SIM905
)
"""Suffixes of pictures; of all else a page can't show as one."""
_TEXTS = frozenset(
    """
.bash .bat .bib .c .cfg .clj .cmake .conf .cpp .csv .cu .cuh .cxx .dat .def .diff .do .f .f03 .f08
.f90 .f95 .fasta .fastq .for .geojson .go .h .hh .hpp .hs .in .ini .ipynb .ics .inp .jl .java .json
.jsonl .kt .lock .log .lua .m .md .mk .ml .nf .nml .out .patch .pdb .pl .po .pot .proto .ps1 .pxd
.py .pyx .r .rb .rmd .rs .rst .sbatch .scala .sh .slurm .smk .sql .srt .stan .sub .tex .tikz .toml
.tsv .txt .vtt .wdl .xyz .yaml .yml .zsh
""".split()  # noqa: SIM905
)
"""Suffixes of text that may begin like a page without being one to any browser."""
_ARCHIVES = frozenset(
    """
.7z .bz2 .docx .epub .h5 .hdf5 .iso .jar .mp3 .mp4 .nc .npy .npz .odp .ods .odt .ogg .ogv .parquet
.pkl .pptx .rar .rds .tar .tgz .wav .webm .whl .xlsx .xz .zip
""".split()  # noqa: SIM905
)
_RUN = ACTIVE - {".xml"}
"""Suffixes of files that run. XML may be nothing but data, which only the file itself says."""
_PACKED = frozenset({".br", ".gz", ".z", ".zst"})
"""Suffixes that servers take for a way of sending the file before them."""
_DATA = frozenset({".gml", ".gpx", ".kml", ".osm", ".rdf", ".xml", ".xsd"})
"""Suffixes that say XML, whatever the first tag is."""
_HTML = re.compile(
    rb"""<(?:!--|(?:!doctype\s+html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p
    |svg|math|img|object|embed|link|meta|base|form|frameset|xml)(?=[\s/>]))""",
    re.I | re.X,
)
_LOOKED_AT = 1445
"""How many bytes browsers look at to guess what a file is."""


def objection(path: Path) -> str:
    """Why a lesson's file may not be handed out, as the end of a sentence; empty where it may.

    Args:
        path: the file.
    """
    if runs(path.name):
        return "browsers or servers would run it at the portal's own address"
    suffix = path.suffix.lower()
    if suffix in _TEXTS:
        return ""
    try:
        with path.open("rb") as file:
            # Marks of the order of bytes and blanks may stand before.
            begin = file.read(_LOOKED_AT).removeprefix(b"\xef\xbb\xbf").lstrip(b"\t\n\x0c\r \0")
        content = path.read_bytes() if suffix == ".svg" or begin.startswith(b"<") else b""
    except OSError:
        # Sphinx says so itself.
        return ""
    if suffix == ".svg":
        drawn = clean_drawing(content) == content
        return "" if drawn else "it is a drawing with scripts, or with parts of other sites"
    is_html = suffix not in _DATA and bool(_HTML.match(begin))
    if content and (is_html or not is_data(content)):
        return "browsers may take it for a page, as it begins like HTML or XML"
    return ""


def runs(name: str) -> bool:
    """Whether browsers or servers would run a file by its name."""
    suffixes = [suffix.lower() for suffix in PurePath(name.strip(" .")).suffixes]
    while suffixes and suffixes[-1] in _PACKED:
        suffixes.pop()
    if name.startswith("."):
        # Some of them are settings of servers.
        return True
    if not suffixes:
        return False
    is_known = suffixes[-1] in _TEXTS | PICTURES | _ARCHIVES
    # Servers pass over suffixes that they don't know.
    return suffixes[-1] in _RUN or (not is_known and not _RUN.isdisjoint(suffixes))
