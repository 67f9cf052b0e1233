"""Whether the suite accuses the emulator of anything, over twenty seeds: python -m benchmarks.accused

What each seed came to is printed; the exit code is 1 if anything diverges. The tests ask the same for two seeds.
"""

import sys

from emulator.check.plan import Options
from emulator.check.session import Wish, check

SEEDS = range(1, 21)


def main() -> None:
    accused = 0
    for seed in SEEDS:
        report = check(Wish(options=Options(seed=seed)))
        print(f"seed {seed}: {report.verdict}")
        for divergence in report.open:
            accused += 1
            print(f"  {divergence.first.rule.id} {divergence.first.place}: {divergence.first.came}")
    sys.exit(bool(accused))


if __name__ == "__main__":
    main()
