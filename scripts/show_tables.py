#!/usr/bin/env python3
"""Prints the first rows of each table of an archive that Confab made, as aligned tables.

show_tables.py ARCHIVE.zip [--rows 5] [--width 200] [--tables A,B]
"""

from __future__ import annotations

import argparse
import csv
import io
import itertools
import json
import shutil
import unicodedata
import zipfile

WIDEST_CELL = 40


def width(text: str) -> int:
    """Columns on a terminal: East Asian characters take two, marks none."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def cut(text: str, most: int) -> str:
    text = text.replace("\n", "⏎").replace("\t", " ")
    if width(text) <= most:
        return text
    while width(text) > most - 1:
        text = text[:-1]
    return text + "…"


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def print_table(title: str, header: list[str], rows: list[list[str]], most_width: int) -> None:
    cells = [[cut(cell, WIDEST_CELL) for cell in row] for row in [header, *rows]]
    widths = [max(width(row[i]) for row in cells) for i in range(len(header))]
    right = [all(is_number(row[i]) for row in rows if row[i]) for i in range(len(header))]
    print(f"\n{title}")
    for number, row in enumerate(cells):
        line = "  ".join(
            " " * (widths[i] - width(cell)) + cell if right[i] else cell + " " * (widths[i] - width(cell))
            for i, cell in enumerate(row)
        )
        print(cut(line.rstrip(), most_width))
        if number == 0:
            print(cut("  ".join("-" * w for w in widths), most_width))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive")
    parser.add_argument("--rows", type=int, default=5)
    parser.add_argument("--width", type=int, default=shutil.get_terminal_size((160, 24)).columns)
    parser.add_argument("--tables", default="", nargs="?", const="")
    arguments = parser.parse_args()
    wanted = [name for name in arguments.tables.split(",") if name]
    with zipfile.ZipFile(arguments.archive) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        for table in manifest["tables"]:
            if wanted and table["table"] not in wanted:
                continue
            with archive.open(table["file"]) as raw:
                reader = csv.reader(io.TextIOWrapper(raw, encoding="utf-8", newline=""))
                header = next(reader)
                rows = [row for row in itertools.islice(reader, arguments.rows) if len(row) == len(header)]
            print_table(f"{table['table']} ({table['rows']:,} rows)", header, rows, arguments.width)


if __name__ == "__main__":
    main()
