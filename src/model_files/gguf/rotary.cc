#include "model_files/gguf/rotary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "model_files/gguf/tensor_names.h"
#include "model_files/rope_config.h"

namespace canvass::gguf {
namespace {

// The numbers of a table that was computed when the file was made; none if it is not there.
std::vector<float> tableOf(const GgufFile& file, const char* name) {
  const auto found = file.tensors().find(name);
  if (found == file.tensors().end()) return {};
  const StoredTensor& table = found->second;
  if (table.type != ElementType::float32) {
    throw Error(
        fmt::format("the tensor \"{}\" is of type {}, not F32", name, elementTypeName(table.type)));
  }
  std::vector<float> numbers(table.bytes.size() / sizeof(float));
  std::memcpy(numbers.data(), table.bytes.data(), table.bytes.size());
  return numbers;
}

// Llama 3 is stretched by a table of divisors.
void addDivisors(const GgufFile& file, Json& config) {
  const auto divisors = tableOf(file, ropeDivisors);
  if (divisors.empty()) return;
  if (config.contains("rope_scaling")) {
    throw Error(fmt::format("there are both a factor and \"{}\" to scale positions", ropeDivisors));
  }
  config["rope_scaling"] = {{"rope_type", dividedFrequencies}, {"divisors", divisors}};
}

std::int64_t headSizeOf(const Json& config) {
  if (config.contains("head_dim")) return config["head_dim"].get<std::int64_t>();
  return config["hidden_size"].get<std::int64_t>() /
         std::max<std::int64_t>(config["num_attention_heads"].get<std::int64_t>(), 1);
}

void addFactor(ArchitectureKeys& keys, Json& config) {
  const std::string kind =
      keys.has("rope.scaling.type") ? keys.text("rope.scaling.type") : std::string("linear");
  if (kind != "linear" && kind != "none" && kind != "yarn") {
    keys.fail("rope.scaling.type", fmt::format("rope scaling \"{}\" is not implemented", kind));
  }
  // This says how the model came to its context, which the factor does already.
  keys.ignore("rope.scaling.finetuned");
  if (kind == "yarn") {
    config["rope_scaling"] = {
        {"rope_type", kind},
        {"factor", keys.number("rope.scaling.factor")},
        {"original_max_position_embeddings", keys.integer("rope.scaling.original_context_length")}};
    return;
  }
  keys.ignore("rope.scaling.original_context_length");
  if (!keys.has("rope.scaling.factor")) return;
  const double factor = keys.number("rope.scaling.factor");
  if (kind == "linear") config["rope_scaling"] = {{"rope_type", kind}, {"factor", factor}};
}

}  // namespace

void addRotary(Reading& reading, Json& config) {
  config["rope_theta"] = reading.keys.numberOr("rope.freq_base", 10000.0);
  addFactor(reading.keys, config);
  addDivisors(reading.file, config);
  reading.keys.require("rope.dimension_count", headSizeOf(config));
}

void addPartialRotary(Reading& reading, Json& config) {
  ArchitectureKeys& keys = reading.keys;
  config["rope_theta"] = keys.numberOr("rope.freq_base", 10000.0);
  config["original_max_position_embeddings"] = keys.integer("rope.scaling.original_context_length");
  if (keys.has("rope.dimension_count")) {
    config["partial_rotary_factor"] = static_cast<double>(keys.integer("rope.dimension_count")) /
                                      static_cast<double>(headSizeOf(config));
  }
  const auto shortFactors = tableOf(reading.file, ropeShortFactors);
  const auto longFactors = tableOf(reading.file, ropeLongFactors);
  if (shortFactors.empty() && longFactors.empty()) return;
  config["rope_scaling"] = {{"rope_type", "longrope"},
                            {"short_factor", shortFactors},
                            {"long_factor", longFactors},
                            {"attention_factor", keys.number("rope.scaling.attn_factor")}};
}

}  // namespace canvass::gguf
