"""Leave out measurements that can't be right, and say which.

Usage: python clean.py RAW CLEAN
"""

import csv
import sys

THICKEST = 150.0  # cm; no ice on this lake was ever thicker


def main(raw, clean):
    with open(raw, newline="") as source, open(clean, "w", newline="") as target:
        rows = csv.DictReader(source)
        writer = csv.DictWriter(target, rows.fieldnames, lineterminator="\n")
        writer.writeheader()
        for row in rows:
            value = row["ice_cm"]
            if value and float(value) <= THICKEST:
                writer.writerow(row)
            else:
                place = f"{row['date']} {row['station']}"
                print(f"left out: {place} ice_cm={value!r}", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
