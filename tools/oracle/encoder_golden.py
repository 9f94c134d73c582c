"""A small encoder of the BERT line, and what Hugging Face transformers computes with it.

    python tools/oracle/encoder_golden.py

Writes tests/golden/encoders/bert/: config.json, model.safetensors, tokenizer.json (a WordPiece
vocabulary made of the sentences below) and golden.json with token ids and the final hidden states
of some texts, computed one by one and so without padding. Made with transformers 5.24.0,
tokenizers 0.23.3 and torch 2.13.0.
"""

import json
from pathlib import Path

import tokenizers
import torch
import transformers

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "golden" / "encoders" / "bert"

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
    "unbelievably longwordsthatarenotinthevocabulary at all",
    "",
]


def make_tokenizer():
    tokenizer = tokenizers.BertWordPieceTokenizer(lowercase=True)
    tokenizer.train_from_iterator(SENTENCES, vocab_size=240, min_frequency=1, show_progress=False)
    around = [(token, tokenizer.token_to_id(token)) for token in ("[CLS]", "[SEP]")]
    tokenizer._tokenizer.post_processor = tokenizers.processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=around
    )
    tokenizer.save(str(FOLDER / "tokenizer.json"))
    return tokenizer


def make_model(vocabulary):
    config = transformers.BertConfig(
        vocab_size=vocabulary,
        hidden_size=24,
        num_hidden_layers=2,
        num_attention_heads=3,
        intermediate_size=40,
        max_position_embeddings=64,
        type_vocab_size=2,
        layer_norm_eps=1e-5,
    )
    model = transformers.BertModel(config, add_pooling_layer=False).eval()
    generator = torch.Generator().manual_seed(20261129)
    with torch.no_grad():
        for name, parameter in sorted(model.named_parameters()):
            noise = torch.randn(parameter.shape, generator=generator)
            is_norm = name.endswith("LayerNorm.weight")
            parameter.copy_(1.0 + 0.3 * noise if is_norm else 0.3 * noise)
    return model


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    tokenizer = make_tokenizer()
    model = make_model(tokenizer.get_vocab_size())
    model.save_pretrained(FOLDER)
    (FOLDER / "model.safetensors").chmod(0o644)
    records = []
    for text in TEXTS:
        ids = tokenizer.encode(text).ids
        with torch.no_grad():
            states = model(input_ids=torch.tensor([ids])).last_hidden_state[0]
        records.append({"text": text, "ids": ids, "states": states.flatten().tolist()})
    (FOLDER / "golden.json").write_text(json.dumps(records) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
