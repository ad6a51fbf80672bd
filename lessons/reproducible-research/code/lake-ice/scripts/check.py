"""Compare a summary with the expected one, number by number.

Usage: python check.py EXPECTED FOUND
"""

import csv
import math
import sys

CLOSE = 1e-6  # relative; far below what a ruler can show


def read(path):
    with open(path, newline="") as source:
        return {row["date"]: float(row["mean_cm"]) for row in csv.DictReader(source)}


def main(expected, found):
    expected, found = read(expected), read(found)
    if expected.keys() != found.keys():
        sys.exit(f"other dates: {sorted(expected.keys() ^ found.keys())}")
    for date, value in expected.items():
        if not math.isclose(value, found[date], rel_tol=CLOSE):
            sys.exit(f"{date}: expected {value}, found {found[date]}")
    print(f"{len(expected)} values agree")


if __name__ == "__main__":
    main(*sys.argv[1:])
