"""Small encoders of each line, and what Hugging Face transformers computes with them.

    python tools/oracle/encoder_golden.py

Writes tests/golden/encoders/{bert,roberta,deberta}/: config.json, model.safetensors, a tokenizer
made of the sentences below (WordPiece, byte-level BPE, SentencePiece's unigrams) and golden.json
with token ids and the final hidden states of some texts, computed one by one and so without
padding. Made with transformers 5.24.0, tokenizers 0.23.3, sentencepiece 0.2.3 and torch 2.13.0.
"""

import json
from pathlib import Path

import sentencepiece
import tokenizers
import torch
import transformers

ENCODERS = Path(__file__).resolve().parents[2] / "tests" / "golden" / "encoders"

SENTENCES = """
How important is family in your life? Would you say it is very important or not important at all?
Most people can be trusted, or you need to be very careful in dealing with people.
In the last twelve months, how often have you gone without enough food to eat?
Very important. Rather important. Not very important. Not at all important.
Japan, Brazil, Kenya, Egypt, Germany, New Zealand, people in a city by the sea.
""".strip().splitlines()

TEXTS = [
    "How important is family in your life?",
    "Japan",
    "Very important",
    "Größe, naïve CAFÉ; 在您的生活中，家庭 (A) or (B)…",
    " family",
    "unbelievably longwordsthatarenotinthevocabulary at all",
    "",
]
# Long enough for distances that share a bucket.
LONG = " ".join(SENTENCES[:2])

SIZES = {
    "hidden_size": 24,
    "num_hidden_layers": 2,
    "num_attention_heads": 3,
    "intermediate_size": 40,
}


def around(tokenizer, opening, closing):
    tokens = [(token, tokenizer.token_to_id(token)) for token in (opening, closing)]
    return tokenizers.processors.TemplateProcessing(
        single=f"{opening} $A {closing}", special_tokens=tokens
    )


def bert(folder):
    tokenizer = tokenizers.BertWordPieceTokenizer(lowercase=True)
    tokenizer.train_from_iterator(SENTENCES, vocab_size=240, min_frequency=1, show_progress=False)
    tokenizer._tokenizer.post_processor = around(tokenizer, "[CLS]", "[SEP]")
    tokenizer.save(str(folder / "tokenizer.json"))
    config = transformers.BertConfig(
        vocab_size=tokenizer.get_vocab_size(),
        max_position_embeddings=64,
        type_vocab_size=2,
        layer_norm_eps=1e-5,
        **SIZES,
    )
    model = transformers.BertModel(config, add_pooling_layer=False)
    return lambda text: tokenizer.encode(text).ids, model


def roberta(folder):
    tokenizer = tokenizers.ByteLevelBPETokenizer()
    specials = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    tokenizer.train_from_iterator(
        SENTENCES, vocab_size=400, min_frequency=1, special_tokens=specials, show_progress=False
    )
    tokenizer._tokenizer.post_processor = tokenizers.processors.RobertaProcessing(
        ("</s>", tokenizer.token_to_id("</s>")), ("<s>", tokenizer.token_to_id("<s>"))
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    config = transformers.RobertaConfig(
        vocab_size=tokenizer.get_vocab_size(),
        max_position_embeddings=66,
        type_vocab_size=1,
        layer_norm_eps=1e-5,
        pad_token_id=1,
        **SIZES,
    )
    # With a head, so that its names have their prefix.
    model = transformers.RobertaForMaskedLM(config)
    return lambda text: tokenizer.encode(text).ids, model


def deberta(folder):
    lines = folder / "lines.txt"
    lines.write_text("\n".join(SENTENCES), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(lines),
        model_prefix=str(folder / "spm"),
        model_type="unigram",
        vocab_size=76,
        pad_id=0,
        bos_id=1,
        eos_id=2,
        unk_id=3,
        pad_piece="[PAD]",
        bos_piece="[CLS]",
        eos_piece="[SEP]",
        unk_piece="[UNK]",
        minloglevel=2,
    )
    lines.unlink()
    (folder / "spm.vocab").unlink()
    # Not transformers' own tokenizer: version 5 converts the file and loses its normalization on the
    # way ("…" stays what it is instead of becoming "...").
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "spm.model"))
    config = transformers.DebertaV2Config(
        vocab_size=80,
        max_position_embeddings=128,
        type_vocab_size=0,
        layer_norm_eps=1e-7,
        relative_attention=True,
        position_buckets=8,
        norm_rel_ebd="layer_norm",
        share_att_key=True,
        pos_att_type="p2c|c2p",
        max_relative_positions=-1,
        position_biased_input=False,
        **SIZES,
    )
    return lambda text: [1, *pieces.encode(text), 2], transformers.DebertaV2Model(config)


def randomise(model):
    generator = torch.Generator().manual_seed(20261129)
    with torch.no_grad():
        for name, parameter in sorted(model.named_parameters()):
            noise = torch.randn(parameter.shape, generator=generator)
            is_norm = name.endswith("LayerNorm.weight")
            parameter.copy_(1.0 + 0.3 * noise if is_norm else 0.3 * noise)


def write(name, make, texts):
    folder = ENCODERS / name
    folder.mkdir(parents=True, exist_ok=True)
    encode, model = make(folder)
    model.eval()
    randomise(model)
    model.save_pretrained(folder)
    (folder / "model.safetensors").chmod(0o644)
    records = []
    for text in texts:
        ids = encode(text)
        with torch.no_grad():
            output = model.base_model(input_ids=torch.tensor([ids]))
        states = output.last_hidden_state[0].flatten().tolist()
        records.append({"text": text, "ids": ids, "states": states})
    (folder / "golden.json").write_text(json.dumps(records) + "\n", encoding="utf-8")


def main():
    torch.set_num_threads(1)
    write("bert", bert, TEXTS)
    write("roberta", roberta, TEXTS)
    write("deberta", deberta, [*TEXTS, LONG])


if __name__ == "__main__":
    main()
