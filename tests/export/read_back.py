"""Reads exports of one survey with Python's own readers, and compares them with what they are of.

  read_back.py FOLDER

FOLDER has texts.json, the texts of the survey, and the exports: long.csv, wide.csv, survey.xlsx,
simllm.json, subpop.jsonl. The survey has one population for each text and a question for each text,
which is asked of the first population; the first question is asked of all.
"""

import csv
import io
import json
import re
import sys
import xml.etree.ElementTree as ElementTree
import zipfile

folder = sys.argv[1]
spreadsheet = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def same(what, found, expected):
    if found != expected:
        sys.exit(f"{what}: {found!r} is not {expected!r}")


def content(name):
    with open(f"{folder}/{name}", encoding="utf-8", newline="") as file:
        return file.read()


texts = json.loads(content("texts.json"))
items = [(text, texts[0]) for text in texts] + [(texts[0], text) for text in texts[1:]]


def check_rows(what, rows):
    same(f"{what}, rows", len(rows), 2 * len(items))
    for index, row in enumerate(rows):
        question, population = items[index // 2]
        expected = {"question": question, "question_text": question, "topic": question,
                    "option_text": f"{question}{'B' if index % 2 else ''}",
                    "population": population, "population_name": population,
                    "population_phrase": f"someone from {population}",
                    "attribute_country": population}
        same(f"{what}, row {index}", {name: row[name] for name in expected}, expected)


def rows_of(name):
    csv.field_size_limit(10**9)
    return list(csv.DictReader(io.StringIO(content(name), newline="")))


def check_csv():
    check_rows("csv", rows_of("long.csv"))
    wide = rows_of("wide.csv")
    same("wide csv, rows", len(wide), len(items))
    for row, (question, population) in zip(wide, items):
        found = [row[name] for name in ("question_text", "option_1", "option_2", "population_name")]
        same("wide csv", found, [question, question, question + "B", population])


def strings_of(archive):
    """Shared strings, with letters that XML cannot hold as ECMA-376 writes them (ST_Xstring)."""
    def letters(text):
        return re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)

    root = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    return [letters("".join(text.text or "" for text in one.iter(f"{spreadsheet}t"))) for one in root]


def check_workbook():
    archive = zipfile.ZipFile(f"{folder}/survey.xlsx")
    for name in archive.namelist():
        ElementTree.fromstring(archive.read(name))  # all of it is XML
    same("links", [name for name in archive.namelist() if "rels" in name and "sheets" in name], [])
    strings = strings_of(archive)
    sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    same("formulas", list(sheet.iter(f"{spreadsheet}f")), [])
    rows = []
    for row in sheet.iter(f"{spreadsheet}row"):
        cells = {}
        for cell in row:
            value = cell.find(f"{spreadsheet}v")
            if value is None:
                continue
            column = re.match("[A-Z]+", cell.get("r"))[0]
            cells[column] = strings[int(value.text)] if cell.get("t") == "s" else float(value.text)
        rows.append(cells)
    names = rows[0]
    check_rows("xlsx", [{names[column]: row.get(column, "") for column in names}
                        for row in rows[1:]])


def check_simllm():
    records = json.loads(content("simllm.json"))
    same("simllm, records", len(records), len(items))
    for record, (question, population) in zip(records, items):
        same("simllm, id", record["id"], question)
        same("simllm, options", record["options"], [f"(A){question}", f"(B){question}B"])
        if population not in record["instruction"] or question not in record["input"]:
            sys.exit(f"simllm: {record!r}")


def check_subpop():
    records = [json.loads(line) for line in content("subpop.jsonl").split("\n")[:-1]]
    same("subpop, records", len(records), len(items))
    for record, (question, population) in zip(records, items):
        same("subpop, options", record["options"], [question, question + "B", "Refused"])
        # What looks like a list is one of one text.
        group = [population] if population.startswith("[") else population
        same("subpop, group", record["group"], group)


check_csv()
check_simllm()
check_subpop()
check_workbook()
