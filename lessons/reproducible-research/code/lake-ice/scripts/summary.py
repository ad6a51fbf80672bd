"""Print the mean thickness of the ice for each day.

Usage: python summary.py CLEAN
"""

import csv
import sys
from collections import defaultdict
from statistics import fmean


def main(clean):
    by_date = defaultdict(list)
    with open(clean, newline="") as source:
        for row in csv.DictReader(source):
            by_date[row["date"]].append(float(row["ice_cm"]))
    print("date,stations,mean_cm")
    for date, values in sorted(by_date.items()):
        print(f"{date},{len(values)},{fmean(values):.1f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
