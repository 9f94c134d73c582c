"""Small random models of every family that the installed transformers knows, in folders as its
save_pretrained writes them, with what it computes from them: what check_saved_folders.py compares.

    python tools/oracle/saved_folders.py OUTPUT [--only CASE...] [--again]

Runs with every transformers from 4.30 on and writes OUTPUT/CASE-VARIANT/: the model's files, and
expected.json with token ids, a rendered conversation, and logits or hidden states. The variants of
each case differ in the type of numbers, in tied embeddings, in shards and in how the tokenizer and
its chat template are kept. --again computes only expected.json, of folders that may be from another
version: some versions compute sliding windows differently from all later ones.
"""

import argparse
import json
import warnings
import zlib
from pathlib import Path

import tokenizers
import torch
import transformers
from transformers import AutoConfig, AutoTokenizer

# From which tokenizers learn their merges.
SENTENCES = [
    "How important is family in your life? Would you say it is very important or not at all?",
    "Most people can be trusted, or you need to be very careful in dealing with people.",
    "Very important. Rather important. Not very important. Größe, Überlänge, naïve café.",
]
TEXTS = [
    "How important is family in your life? (A)Very important, (B)Not at all",
    " Größe, naïve CAFÉ; 在您的生活中  \n\n (A) or 12345…",
    "<|im_start|>user\nJapan<|im_end|>",
    "",
]
TURNS = [
    {"role": "system", "content": "Answer briefly."},
    {"role": "user", "content": "Is family important?"},
]
CHAT_TEMPLATE = (
    "{{ bos_token }}{%- for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + "
    "message['content'] | trim + '<|im_end|>\\n' }}{%- endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
OTHER_TEMPLATE = "{{ messages | length }} tools"

VOCABULARY = 400
SIZES = {
    "vocab_size": VOCABULARY,
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 3,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 256,
}
GEMMA = {"head_dim": 12, "sliding_window": 8, "query_pre_attn_scalar": 20}
LLAMA3 = {
    "rope_type": "llama3",
    "factor": 8.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    "original_max_position_embeddings": 64,
}
YARN = {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 64}
LONGROPE = {
    "type": "longrope",
    "short_factor": [1.0, 1.5, 2.0, 4.0],
    "long_factor": [2.0, 4.0, 6.0, 8.0],
}
VISION = {
    "hidden_size": 16,
    "intermediate_size": 24,
    "num_hidden_layers": 1,
    "num_attention_heads": 2,
    "image_size": 28,
    "patch_size": 14,
}
ENCODER = {
    "vocab_size": VOCABULARY,
    "hidden_size": 24,
    "intermediate_size": 40,
    "num_hidden_layers": 2,
    "num_attention_heads": 3,
    "max_position_embeddings": 130,
}

# Name: model type, settings beside the sizes, class of the model, first version of these settings.
CASES = {
    "llama": ("llama", {}, "LlamaForCausalLM", (4, 30)),
    "llama-linear": ("llama", {"rope_scaling": {"type": "linear", "factor": 4.0}},
                     "LlamaForCausalLM", (4, 31)),
    "llama-dynamic": ("llama", {"rope_scaling": {"type": "dynamic", "factor": 4.0}},
                      "LlamaForCausalLM", (4, 31)),
    "llama-biases": ("llama", {"attention_bias": True, "mlp_bias": True}, "LlamaForCausalLM",
                     (4, 42)),
    "llama3": ("llama", {"rope_scaling": LLAMA3, "rope_theta": 500000.0}, "LlamaForCausalLM",
               (4, 43)),
    "llama-yarn": ("llama", {"rope_scaling": YARN}, "LlamaForCausalLM", (4, 43)),
    "llama-head-dim": ("llama", {"head_dim": 16}, "LlamaForCausalLM", (4, 46)),
    "mistral": ("mistral", {}, "MistralForCausalLM", (4, 34)),
    "mistral-window": ("mistral", {"sliding_window": 8}, "MistralForCausalLM", (4, 34)),
    "mistral-no-window": ("mistral", {"sliding_window": None}, "MistralForCausalLM", (4, 34)),
    "qwen2": ("qwen2", {}, "Qwen2ForCausalLM", (4, 37)),
    "qwen2-window": ("qwen2", {"sliding_window": 8, "use_sliding_window": True,
                               "max_window_layers": 1}, "Qwen2ForCausalLM", (4, 48)),
    "qwen2-yarn": ("qwen2", {"rope_scaling": YARN}, "Qwen2ForCausalLM", (4, 45)),
    "qwen3": ("qwen3", {"head_dim": 12}, "Qwen3ForCausalLM", (4, 51)),
    "gemma": ("gemma", {"head_dim": 12}, "GemmaForCausalLM", (4, 38)),
    "gemma2": ("gemma2", GEMMA, "Gemma2ForCausalLM", (4, 42)),
    "gemma3-text": ("gemma3_text", GEMMA | {"num_hidden_layers": 7}, "Gemma3ForCausalLM", (4, 50)),
    "gemma3-linear": ("gemma3_text", GEMMA | {"num_hidden_layers": 7, "rope_scaling":
                                              {"rope_type": "linear", "factor": 8.0}},
                      "Gemma3ForCausalLM", (4, 50)),
    "gemma3": ("gemma3", GEMMA | {"num_hidden_layers": 7}, "Gemma3ForConditionalGeneration",
               (4, 50)),
    "phi3": ("phi3", {"pad_token_id": 0}, "Phi3ForCausalLM", (4, 41)),
    "phi3-window": ("phi3", {"pad_token_id": 0, "sliding_window": 8}, "Phi3ForCausalLM", (4, 41)),
    "phi3-longrope": ("phi3", {"pad_token_id": 0, "rope_scaling": LONGROPE,
                               "original_max_position_embeddings": 128}, "Phi3ForCausalLM",
                      (4, 44)),
    "phi4-mini": ("phi3", {"pad_token_id": 0, "partial_rotary_factor": 0.5, "rope_scaling":
                           LONGROPE | {"short_factor": [1.0, 2.0], "long_factor": [2.0, 4.0]},
                           "original_max_position_embeddings": 128}, "Phi3ForCausalLM", (4, 49)),
    "olmo2": ("olmo2", {}, "Olmo2ForCausalLM", (4, 47)),
    "smollm3": ("smollm3", {"no_rope_layers": [1, 1, 0], "pad_token_id": 0}, "SmolLM3ForCausalLM",
                (4, 53)),
    "bert": ("bert", {}, "BertModel", (4, 30)),
    "bert-masked": ("bert", {}, "BertForMaskedLM", (4, 30)),
    "roberta": ("roberta", {"pad_token_id": 1, "type_vocab_size": 1}, "RobertaModel", (4, 30)),
}
ENCODER_TYPES = ("bert", "roberta")

# Name: type of the numbers, whether the usual tying of embeddings is reversed, size of a shard,
# class of the tokenizer, chat template.
VARIANTS = {
    "a": ("float32", False, "1GB", "PreTrainedTokenizerFast", CHAT_TEMPLATE),
    "b": ("float16", True, "30KB", "Qwen2TokenizerFast", CHAT_TEMPLATE),
    "c": ("bfloat16", False, "30KB", "GPT2TokenizerFast",
          {"default": CHAT_TEMPLATE, "tool_use": OTHER_TEMPLATE}),
}


def version():
    return tuple(int(part) for part in transformers.__version__.split(".")[:2])


def dtype_argument(dtype):
    return {"dtype" if version() >= (4, 56) else "torch_dtype": dtype}


def eager():
    """Attention by the plain formula, where it can be chosen."""
    return {"attn_implementation": "eager"} if version() >= (4, 36) else {}


def byte_level_tokenizer():
    tokenizer = tokenizers.Tokenizer(tokenizers.models.BPE())
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = tokenizers.decoders.ByteLevel()
    trainer = tokenizers.trainers.BpeTrainer(
        vocab_size=VOCABULARY - 10, show_progress=False, special_tokens=["<|bos|>", "<|eos|>"],
        initial_alphabet=tokenizers.pre_tokenizers.ByteLevel.alphabet())
    tokenizer.train_from_iterator(SENTENCES, trainer)
    return tokenizer


def save_decoder_tokenizer(folder, kind, chat_template):
    chosen = getattr(transformers, kind, transformers.PreTrainedTokenizerFast)
    named = {"bos_token": "<|bos|>", "eos_token": "<|eos|>", "pad_token": "<|eos|>",
             "unk_token": "<|eos|>", "additional_special_tokens": ["<|im_start|>", "<|im_end|>"],
             "model_max_length": 256}
    core = byte_level_tokenizer()
    if chosen is transformers.PreTrainedTokenizerFast:
        tokenizer = chosen(tokenizer_object=core, **named)
    else:
        core.model.save(str(folder))
        tokenizer = chosen(vocab=str(folder / "vocab.json"), merges=str(folder / "merges.txt"),
                           vocab_file=str(folder / "vocab.json"),
                           merges_file=str(folder / "merges.txt"), **named)
    if version() < (4, 34):  # where naming a token does not add it
        tokenizer.add_special_tokens(
            {"additional_special_tokens": named["additional_special_tokens"]})
    tokenizer.add_tokens(["Überlang"])
    if version() < (4, 43) and isinstance(chat_template, dict):
        chat_template = chat_template["default"]
    tokenizer.chat_template = chat_template
    tokenizer.save_pretrained(folder)


def save_encoder_tokenizer(folder, model_type):
    source = Path(__file__).resolve().parents[2] / "tests/golden/encoders" / model_type
    core = tokenizers.Tokenizer.from_str(with_joined_merges(source / "tokenizer.json"))
    names = dict(zip(("bos_token", "pad_token", "eos_token", "unk_token", "mask_token"),
                     ("<s>", "<pad>", "</s>", "<unk>", "<mask>")))
    if model_type == "bert":
        names = {key + "_token": f"[{key.upper()}]" for key in ("cls", "sep", "pad", "unk", "mask")}
    kind = transformers.BertTokenizerFast if model_type == "bert" and version() < (5, 0) else \
        transformers.PreTrainedTokenizerFast
    kind(tokenizer_object=core, **names).save_pretrained(folder)


def with_joined_merges(path):
    """The file as older versions of tokenizers read it too."""
    content = json.loads(path.read_text(encoding="utf-8"))
    merges = content["model"].get("merges")
    if merges and isinstance(merges[0], list):
        content["model"]["merges"] = [" ".join(pair) for pair in merges]
    return json.dumps(content)


def config_of(case, reverse_tie):
    model_type, settings, _, _ = CASES[case]
    if model_type in ENCODER_TYPES:
        return AutoConfig.for_model(model_type, **(ENCODER | settings))
    config = AutoConfig.for_model(
        "gemma3_text" if model_type == "gemma3" else model_type, **(SIZES | settings))
    if version() < (4, 31):  # which ignores the other number, but writes it
        config.num_key_value_heads = config.num_attention_heads
    if reverse_tie:
        config.tie_word_embeddings = not config.tie_word_embeddings
    if model_type == "gemma3":
        return transformers.Gemma3Config(
            text_config=config.to_dict(), vision_config=VISION, mm_tokens_per_image=4,
            image_token_index=390, boi_token_index=391, eoi_token_index=392,
            tie_word_embeddings=config.tie_word_embeddings)
    return config


def randomise(model, name):
    generator = torch.Generator().manual_seed(zlib.crc32(name.encode()))
    for key, parameter in model.named_parameters():
        noise = 0.3 * torch.randn(parameter.shape, generator=generator)
        parameter.data.copy_(noise + 1.0 if "norm" in key.lower() and noise.dim() == 1 and
                             not key.endswith("bias") else noise)


def save_model(case, variant, folder):
    dtype, reverse_tie, shard_size, _, _ = VARIANTS[variant]
    chosen = getattr(transformers, CASES[case][2])
    model = chosen(config_of(case, reverse_tie))
    model.tie_weights()
    randomise(model, case)
    model.to(getattr(torch, dtype))
    model.save_pretrained(folder, max_shard_size=shard_size, safe_serialization=True)


def computed(folder, case, sequences):
    """Logits after each sequence, or the final hidden states of all its tokens."""
    chosen = getattr(transformers, CASES[case][2])
    model = chosen.from_pretrained(folder, **dtype_argument(torch.float32), **eager()).eval()
    results = []
    for sequence in sequences:
        with torch.no_grad():
            if CASES[case][0] in ENCODER_TYPES:
                below = model.base_model(input_ids=torch.tensor([sequence]))
                values = below.last_hidden_state[0].flatten()
            else:
                values = model(input_ids=torch.tensor([sequence])).logits[0, -1]
        results.append([float(f"{value:.7g}") for value in values.tolist()])
    return results


def expectation(folder, case):
    tokenizer = AutoTokenizer.from_pretrained(folder)
    generator = torch.Generator().manual_seed(7)
    lengths = (3, 20, 60)
    sequences = [torch.randint(3, 60, (length,), generator=generator).tolist()
                 for length in lengths]
    expected = {"transformers": transformers.__version__, "case": case,
                "kind": "states" if CASES[case][0] in ENCODER_TYPES else "logits",
                "texts": TEXTS, "ids": [tokenizer(text)["input_ids"] for text in TEXTS],
                "sequences": sequences, "values": computed(folder, case, sequences)}
    if getattr(tokenizer, "chat_template", None):
        expected["turns"] = TURNS
        expected["chat"] = tokenizer.apply_chat_template(TURNS, tokenize=False,
                                                         add_generation_prompt=True)
    return expected


def write(case, variant, folder):
    folder.mkdir(parents=True, exist_ok=True)
    _, _, _, kind, chat_template = VARIANTS[variant]
    if CASES[case][0] in ENCODER_TYPES:
        save_encoder_tokenizer(folder, CASES[case][0])
    else:
        save_decoder_tokenizer(folder, kind, chat_template)
    save_model(case, variant, folder)
    write_expectation(case, folder)


def write_expectation(case, folder):
    (folder / "expected.json").write_text(json.dumps(expectation(folder, case)), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("output", type=Path)
    parser.add_argument("--only", nargs="*", default=list(CASES))
    parser.add_argument("--again", action="store_true")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    transformers.logging.set_verbosity_error()
    torch.set_num_threads(1)
    for case in arguments.only:
        for variant in VARIANTS:
            folder = arguments.output / f"{case}-{variant}"
            if arguments.again and folder.is_dir():
                write_expectation(case, folder)
            elif not arguments.again and version() >= CASES[case][3]:
                write(case, variant, folder)


if __name__ == "__main__":
    main()
