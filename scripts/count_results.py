#!/usr/bin/env python3
"""Adds up the results that ./test kept: GoogleTest's JSON, pytest's XML, and parts that could not start.

Prints the failures, and last `N passed, M failed` (`, K skipped` when there are any). Exit 1 when something failed.
"""

from __future__ import annotations

import json
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path


def count(folder: Path) -> tuple[int, list[str], int]:
    passed, failed, skipped = 0, [], 0
    for path in sorted(folder.glob("*.json")):
        result = json.loads(path.read_text())
        if "testsuites" not in result:  # a check that counts as one
            passed += result["tests"] - result["failures"]
            continue
        for suite in result["testsuites"]:
            for test in suite["testsuite"]:
                if test.get("failures"):
                    failed.append(f"{path.stem}: {suite['name']}.{test['name']}")
                elif test.get("result") == "SKIPPED":
                    skipped += 1
                elif test.get("status") == "RUN":
                    passed += 1
    for path in sorted(folder.glob("*.xml")):
        for case in ElementTree.parse(path).getroot().iter("testcase"):
            if case.find("failure") is not None or case.find("error") is not None:
                failed.append(f"{path.stem}: {case.get('classname')}.{case.get('name')}")
            elif case.find("skipped") is not None:
                skipped += 1
            else:
                passed += 1
    broken = folder / "broken"
    if broken.exists():
        failed += broken.read_text().splitlines()
    return passed, failed, skipped


def main() -> int:
    passed, failed, skipped = count(Path(sys.argv[1]))
    if not passed and not failed:
        failed.append("no test ran")
    for name in failed:
        print(f"FAILED {name}")
    print(f"{passed} passed, {len(failed)} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
