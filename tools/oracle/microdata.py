"""Makes further files of tests/microdata/golden/ from the SPSS file that microdata.R made: formats
that haven does not write. Needs pyreadstat.

    python tools/oracle/microdata.py
"""

import pathlib

import pyreadstat

FOLDER = pathlib.Path(__file__).parents[2] / "tests" / "microdata" / "golden"

frame, about = pyreadstat.read_sav(FOLDER / "tea.sav", user_missing=True)
frame["drink"] = frame["drink"].fillna("")
# Files of these formats have no value labels.
pyreadstat.write_por(frame.rename(columns={"satisfaction": "satisfy"}), FOLDER / "tea.por")
pyreadstat.write_xport(frame, FOLDER / "tea.xpt", file_format_version=8)
plain = {"Österreich": "Austria", "日本": "Japan", "Perú": "Peru", "Völlig": "Fully"}
numeric = {
    name: {code: plain.get(label, label) for code, label in table.items()}
    for name, table in about.variable_value_labels.items()
    if name != "drink"
}
pyreadstat.write_dta(
    frame, FOLDER / "tea-release-113.dta", version=8, variable_value_labels=numeric,
    column_labels=about.column_names_to_labels,
)
