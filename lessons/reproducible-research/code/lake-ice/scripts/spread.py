"""Print the mean of all measurements and how far it may be off (bootstrap).

Usage: python spread.py CLEAN
"""

import csv
import sys

import numpy as np

SEED = 2026
SAMPLES = 10_000


def main(clean):
    with open(clean, newline="") as source:
        ice = np.array([float(row["ice_cm"]) for row in csv.DictReader(source)])
    rng = np.random.default_rng(SEED)
    means = rng.choice(ice, size=(SAMPLES, ice.size)).mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    print(f"mean {ice.mean():.2f} cm, 95 % between {low:.2f} and {high:.2f} cm")


if __name__ == "__main__":
    main(*sys.argv[1:])
