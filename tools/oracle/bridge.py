"""What canvass makes of a model's files, asked of the program oracle_bridge:

    cmake --build build/developer --target oracle_bridge

Its path is build/developer/tools/oracle/oracle_bridge.
"""

import json
import subprocess


class Refusal(Exception):
    """What canvass says where it refuses a file or a text."""


class Bridge:
    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, encoding="utf-8")

    def ask(self, task, **parts):
        self.process.stdin.write(json.dumps({"do": task} | parts) + "\n")
        self.process.stdin.flush()
        reply = json.loads(self.process.stdout.readline())
        if "error" in reply:
            raise Refusal(reply["error"])
        return reply["answer"]

    def open(self, path):
        """A model's folder or GGUF file, which all later requests are about."""
        self.ask("open", path=str(path))

    def encode(self, texts, special=True):
        """Token ids of each text; `special`: with the tokens that the tokenizer adds, and with
        special tokens read as such where a text spells them."""
        return self.ask("encode", texts=texts, special=special)

    def logits(self, ids):
        """Of a decoder, after the last token."""
        return self.ask("logits", ids=ids)

    def states(self, ids):
        """The final hidden states of an encoder, token by token."""
        return self.ask("states", ids=ids)

    def render(self, turns, generation_prompt=True, source=None, clock=0, **variables):
        """A conversation by the model's own format or by the Jinja text `source`; `clock` in
        seconds since 1970."""
        chosen = {} if source is None else {"source": source}
        return self.ask("render", messages=turns, generation_prompt=generation_prompt, clock=clock,
                        variables=variables, **chosen)
