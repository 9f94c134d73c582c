#include "model_files/gguf/tensor_names.h"

#include <fmt/format.h>

#include <cstring>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "model_files/gguf/gguf_file.h"

namespace canvass::gguf {
namespace {

using Names = std::vector<std::pair<std::string_view, std::string_view>>;

const Names outside = {
    {"token_embd", "model.embed_tokens"},
    {"output_norm", "model.norm"},
    {"output", "lm_head"},
};

// Inside of a layer.
const Names inside = {
    {"attn_q", "self_attn.q_proj"},
    {"attn_k", "self_attn.k_proj"},
    {"attn_v", "self_attn.v_proj"},
    {"attn_output", "self_attn.o_proj"},
    {"attn_q_norm", "self_attn.q_norm"},
    {"attn_k_norm", "self_attn.k_norm"},
    {"ffn_gate", "mlp.gate_proj"},
    {"ffn_up", "mlp.up_proj"},
    {"ffn_down", "mlp.down_proj"},
    {"attn_norm", "input_layernorm"},
    {"ffn_norm", "post_attention_layernorm"},
};

// Of Phi, whose projections are fused.
const Names insideFused = {
    {"attn_qkv", "self_attn.qkv_proj"},
    {"ffn_up", "mlp.gate_up_proj"},
};

// Of families with a norm after each sublayer too, the norm before the MLP has another name.
const Names insideWithPostNorms = {
    {"ffn_norm", "pre_feedforward_layernorm"},
    {"post_attention_norm", "post_attention_layernorm"},
    {"post_ffw_norm", "post_feedforward_layernorm"},
};

// What the names and numbers of a file's tensors depend on, besides themselves.
struct Conventions {
  bool gemma = false;
  bool fused = false;
  bool postNorms = false;  // the file has norms after sublayers
  // Of queries and of keys, if their rows are interleaved.
  std::int64_t queryHeads = 0, keyHeads = 0;
};

std::string_view find(const Names& names, std::string_view name) {
  for (const auto& [ours, theirs] : names) {
    if (ours == name) return theirs;
  }
  return {};
}

// "blk.3.attn_q" -> "model.layers.3.self_attn.q_proj"; empty if it is not known.
std::string moduleOf(std::string_view name, const Conventions& conventions) {
  constexpr std::string_view block = "blk.";
  if (!name.starts_with(block)) return std::string(find(outside, name));
  const std::size_t dot = name.find('.', block.size());
  if (dot == std::string_view::npos) return {};
  const std::string_view part = name.substr(dot + 1);
  std::string_view module;
  if (conventions.postNorms) module = find(insideWithPostNorms, part);
  if (conventions.fused) module = find(insideFused, part);
  if (module.empty()) module = find(inside, part);
  if (module.empty()) return {};
  return fmt::format("model.layers.{}.{}", name.substr(block.size(), dot - block.size()), module);
}

std::string hubName(const std::string& name, const Conventions& conventions) {
  const std::size_t dot = name.rfind('.');  // before "weight" or "bias"
  if (dot == std::string::npos) return name;
  const std::string module = moduleOf(std::string_view(name).substr(0, dot), conventions);
  return module.empty() ? name : module + name.substr(dot);
}

// A copy of a norm's weights, fp32, with 1 less.
StoredTensor aroundZero(const StoredTensor& tensor, const std::string& name) {
  if (tensor.type != ElementType::float32) {
    throw Error(
        fmt::format("the norm \"{}\" is of type {}, not F32", name, elementTypeName(tensor.type)));
  }
  std::string bytes(reinterpret_cast<const char*>(tensor.bytes.data()), tensor.bytes.size());
  for (std::size_t at = 0; at < bytes.size(); at += sizeof(float)) {
    float value;
    std::memcpy(&value, bytes.data() + at, sizeof(float));
    value -= 1.0F;
    std::memcpy(bytes.data() + at, &value, sizeof(float));
  }
  StoredTensor copy = tensor;
  copy.file = bytesInMemory(std::move(bytes));
  copy.bytes = copy.file->bytes();
  return copy;
}

Conventions conventionsOf(const GgufFile& file) {
  const Metadata& metadata = file.metadata();
  const std::string architecture = metadata.text("general.architecture");
  Conventions out;
  out.gemma = architecture.starts_with("gemma");
  out.postNorms = file.tensors().contains("blk.0.post_ffw_norm.weight");
  out.fused = architecture == "phi3";
  if (architecture != "llama" && architecture != "smollm3") return out;
  const std::string heads = architecture + ".attention.head_count";
  out.queryHeads = metadata.sameForAllLayers(heads);
  out.keyHeads =
      metadata.has(heads + "_kv") ? metadata.sameForAllLayers(heads + "_kv") : out.queryHeads;
  return out;
}

StoredTensor asInHub(const StoredTensor& tensor, const std::string& name,
                     const Conventions& conventions) {
  if (conventions.gemma && name.ends_with("norm.weight")) return aroundZero(tensor, name);
  StoredTensor out = tensor;
  if (name.find(".attn_q.") != std::string::npos) out.interleavedHeads = conventions.queryHeads;
  if (name.find(".attn_k.") != std::string::npos) out.interleavedHeads = conventions.keyHeads;
  return out;
}

bool isTable(const std::string& name) {
  return name == ropeDivisors || name == ropeShortFactors || name == ropeLongFactors;
}

}  // namespace

std::map<std::string, StoredTensor> namedTensors(const ModelFiles& model) {
  std::map<std::string, StoredTensor> named;
  std::optional<Conventions> conventions;
  for (const std::string& part : model.ggufFiles()) {
    const GgufFile file(model, part);
    if (!conventions) conventions = conventionsOf(file);
    for (const auto& [name, tensor] : file.tensors()) {
      if (isTable(name)) continue;
      const std::string ours = hubName(name, *conventions);
      if (!named.emplace(ours, asInHub(tensor, name, *conventions)).second) {
        throw Error(fmt::format("the tensor \"{}\" is there twice", name), model.describe(part));
      }
    }
  }
  return named;
}

}  // namespace canvass::gguf
