// Golden checkpoints put into GGUF files, as llama.cpp's converter does: the same parameters come
// out.
#include <ATen/ATen.h>

#include <cmath>
#include <functional>

#include "base/file.h"
#include "model/load.h"
#include "model/stored_tensors.h"
#include "model/tiny_model.h"
#include "model_files/decoder_layout.h"
#include "model_files/gguf/gguf_model.h"
#include "model_files/weight_files.h"
#include "support/gguf_builder.h"

namespace canvass {
namespace {

using test::GgufBuilder;
using test::TensorsByName;

// What of a file is as in the checkpoint. Of some families the file leaves to its reader which
// layers have windows or positions, and the checkpoints are smaller than any real model.
enum class Same { everything, logits, parameters };

struct Conversion {
  const char* golden;
  const char* architecture;
  bool interleaved = false;  // the rows of each head's queries and keys
  bool postNorms = false;
  Same same = Same::everything;
  std::function<void(GgufBuilder&)> addKeys = [](GgufBuilder&) {};

  bool isGemma() const { return std::string(architecture).starts_with("gemma"); }

  friend void PrintTo(const Conversion& one, std::ostream* out) { *out << one.golden; }
};

std::string replaced(std::string name, const std::string& from, const std::string& to) {
  const std::size_t at = name.find(from);
  return at == std::string::npos ? name : name.replace(at, from.size(), to);
}

std::string nameInGguf(std::string name, bool postNorms) {
  const std::vector<std::pair<std::string, std::string>> names = {
      {"model.embed_tokens", "token_embd"},
      {"model.norm", "output_norm"},
      {"lm_head", "output"},
      {"model.layers.", "blk."},
      {"self_attn.qkv_proj", "attn_qkv"},
      {"mlp.gate_up_proj", "ffn_up"},
      {"self_attn.q_proj", "attn_q"},
      {"self_attn.k_proj", "attn_k"},
      {"self_attn.v_proj", "attn_v"},
      {"self_attn.o_proj", "attn_output"},
      {"self_attn.q_norm", "attn_q_norm"},
      {"self_attn.k_norm", "attn_k_norm"},
      {"mlp.gate_proj", "ffn_gate"},
      {"mlp.up_proj", "ffn_up"},
      {"mlp.down_proj", "ffn_down"},
      {"input_layernorm", "attn_norm"},
      {"pre_feedforward_layernorm", "ffn_norm"},
      {"post_feedforward_layernorm", "post_ffw_norm"},
      {"post_attention_layernorm", postNorms ? "post_attention_norm" : "ffn_norm"}};
  for (const auto& [ours, theirs] : names) name = replaced(name, ours, theirs);
  return name;
}

// llama.cpp: weight.reshape(heads, 2, half, ...).swapaxes(1, 2)
at::Tensor interleave(const at::Tensor& rows, std::int64_t heads) {
  return rows.reshape({heads, 2, rows.size(0) / heads / 2, -1})
      .transpose(1, 2)
      .reshape(rows.sizes());
}

GgufBuilder withConfig(const DecoderConfig& config, const Conversion& conversion) {
  const LayerConfig& layer = config.layers.front();
  const std::string prefix = std::string(conversion.architecture) + ".";
  const auto integer = [](std::int64_t value) { return static_cast<std::uint32_t>(value); };
  GgufBuilder builder;
  builder.text("general.architecture", conversion.architecture)
      .integer(prefix + "block_count", integer(std::ssize(config.layers)))
      .integer(prefix + "context_length", integer(config.maxPositions))
      .integer(prefix + "embedding_length", integer(config.hiddenSize))
      .integer(prefix + "feed_forward_length", integer(layer.intermediateSize))
      .integer(prefix + "attention.head_count", integer(layer.headCount))
      .integer(prefix + "attention.head_count_kv", integer(layer.keyValueHeadCount))
      .integer(prefix + "attention.key_length", integer(layer.headSize))
      .integer(prefix + "attention.value_length", integer(layer.headSize))
      .number(prefix + "attention.layer_norm_rms_epsilon", static_cast<float>(config.norm.epsilon))
      .number(prefix + "rope.freq_base", static_cast<float>(layer.rotary.theta));
  conversion.addKeys(builder);
  return builder;
}

std::string converted(const Conversion& conversion) {
  const auto decoder = loadDecoder(*openModel(test::goldenModel(conversion.golden)), {});
  GgufBuilder builder = withConfig(decoder->config(), conversion);
  const LayerConfig& layer = decoder->config().layers.front();
  for (const auto& [name, stored] :
       test::readTensors(test::goldenModel(conversion.golden) / "model.safetensors")) {
    at::Tensor tensor = stored.to(at::kFloat);
    if (conversion.interleaved && name.find("q_proj") != std::string::npos) {
      tensor = interleave(tensor, layer.headCount);
    } else if (conversion.interleaved && name.find("k_proj") != std::string::npos) {
      tensor = interleave(tensor, layer.keyValueHeadCount);
    } else if (conversion.isGemma() && name.find("norm") != std::string::npos) {
      tensor = tensor + 1.0;
    }
    tensor = tensor.contiguous();
    const auto* numbers = tensor.data_ptr<float>();
    const std::vector<std::uint64_t> shape(tensor.sizes().begin(), tensor.sizes().end());
    builder.tensor(nameInGguf(name, conversion.postNorms), shape,
                   std::vector<float>(numbers, numbers + tensor.numel()));
  }
  return builder.build();
}

class InGguf : public ::testing::TestWithParam<Conversion> {};

TEST_P(InGguf, IsTheSameDecoder) {
  const auto model = openGguf(modelInMemory({{"m.gguf", converted(GetParam())}}), "m.gguf");
  const auto read = loadDecoder(*model, {});
  const auto golden = loadDecoder(*openModel(test::goldenModel(GetParam().golden)), {});
  const TensorsByName expected = test::parametersOf(*golden);
  const TensorsByName found = test::parametersOf(*read);
  ASSERT_EQ(found.size(), expected.size());
  for (const auto& [name, tensor] : expected) {
    EXPECT_TRUE(at::allclose(found.at(name), tensor, 0.0, 1e-6)) << name;
  }
  if (GetParam().same == Same::parameters) return;
  if (GetParam().same == Same::everything) {
    EXPECT_EQ(read->config(), golden->config());
  }
  EXPECT_TRUE(at::allclose(test::someLogits(*read), test::someLogits(*golden), 1e-5, 1e-5));
}

void addWindow(GgufBuilder& builder) { builder.integer("gemma3.attention.sliding_window", 8); }

void addGemma2(GgufBuilder& builder) {
  builder.integer("gemma2.attention.sliding_window", 8)
      .number("gemma2.attn_logit_softcapping", 2.0F)
      .number("gemma2.final_logit_softcapping", 5.0F);
}

void addYarn(GgufBuilder& builder) {
  builder.text("llama.rope.scaling.type", "yarn")
      .number("llama.rope.scaling.factor", 4.0F)
      .integer("llama.rope.scaling.original_context_length", 64);
}

void addPhi3(GgufBuilder& builder) {
  builder.integer("phi3.rope.scaling.original_context_length", 128)
      .integer("phi3.attention.sliding_window", 0);
}

// Six of the eight numbers of a head are rotated; LongRoPE's factor of 4 beyond 128 tokens.
void addPhi4(GgufBuilder& builder) {
  addPhi3(builder);
  builder.integer("phi3.rope.dimension_count", 6)
      .number("phi3.rope.scaling.attn_factor", std::sqrt(1.0F + std::log(4.0F) / std::log(128.0F)))
      .tensor("rope_factors_short.weight", {3}, {1.0F, 2.0F, 4.0F})
      .tensor("rope_factors_long.weight", {3}, {2.0F, 4.0F, 8.0F});
}

INSTANTIATE_TEST_SUITE_P(
    Families, InGguf,
    ::testing::Values(Conversion{"llama2", "llama", true},
                      Conversion{"llama-biases", "llama", true},
                      Conversion{"llama-yarn", "llama", true, false, Same::everything, addYarn},
                      Conversion{"qwen2", "qwen2"}, Conversion{"qwen2-untied", "qwen2"},
                      Conversion{"qwen3", "qwen3"}, Conversion{"gemma", "gemma"},
                      Conversion{"gemma2", "gemma2", false, true, Same::parameters, addGemma2},
                      Conversion{"gemma3-new-style", "gemma3", false, true, Same::parameters,
                                 addWindow},
                      Conversion{"phi3", "phi3", false, false, Same::everything, addPhi3},
                      Conversion{"phi4-mini", "phi3", false, false, Same::logits, addPhi4},
                      Conversion{"olmo2", "olmo2", false, true},
                      Conversion{"smollm3", "smollm3", true, false, Same::parameters}),
    [](const auto& one) { return replaced(replaced(one.param.golden, "-", "_"), "-", "_"); });

TEST(InGguf, QuantizedWeightsAreDequantized) {
  // One block a row: scale 0.5 (half precision 0x3800) and the numbers 0 to 31.
  std::string rows;
  for (int row = 0; row < 4; ++row) {
    rows += std::string("\x00\x38", 2);
    for (int i = 0; i < 32; ++i) rows += static_cast<char>(i + row);
  }
  GgufBuilder builder;
  builder.text("general.architecture", "qwen2").tensor("output.weight", {4, 32}, 8, rows);
  const auto model = openGguf(modelInMemory({{"m.gguf", builder.build()}}), "m.gguf");
  const WeightFiles files(*model);
  const at::Tensor weight = asStored(files.tensors().at("lm_head.weight"));
  EXPECT_EQ(weight.sizes(), at::IntArrayRef({4, 32}));
  EXPECT_EQ(weight[3][7].item<float>(), 0.5F * (3 + 7));
}

// Weights that stay in blocks: the same logits, and a gradient through them.
TEST(InGguf, QuantizedWeightsMayStaySo) {
  const auto config = loadDecoder(*openModel(test::goldenModel("llama2")), {})->config();
  GgufBuilder builder = withConfig(config, Conversion{"llama2", "llama", true});
  at::manual_seed(5);
  for (const TensorSpec& spec : decoderTensors(config)) {
    const std::vector<std::uint64_t> shape(spec.shape.begin(), spec.shape.end());
    const std::string name = nameInGguf(spec.name, false);
    if (shape.size() == 1 || shape.back() % 32 != 0) {
      builder.tensor(name, shape, std::vector<float>(at::randn(spec.shape).numel(), 0.03F));
      continue;
    }
    std::string blocks;
    for (std::uint64_t i = 0; i < shape[0] * shape[1] / 32; ++i) {
      blocks += std::string("\x00\x14", 2);  // 2^-10
      for (int j = 0; j < 32; ++j) blocks += static_cast<char>(at::randint(256, {1}).item<int>());
    }
    builder.tensor(name, shape, 8, blocks);
  }
  const auto model = openGguf(modelInMemory({{"m.gguf", builder.build()}}), "m.gguf");
  const auto dense = loadDecoder(*model, {});
  const auto stored = loadDecoder(*model, {.weights = WeightChoice::stored});
  EXPECT_LT(stored->productBytes(), dense->productBytes() / 2);
  EXPECT_TRUE(at::allclose(test::someLogits(*stored), test::someLogits(*dense), 1e-4, 1e-5));
}

}  // namespace
}  // namespace canvass
