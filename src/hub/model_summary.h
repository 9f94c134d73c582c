#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace canvass {

// What a model's configuration and the headers of its weights say of it.
struct ModelSummary {
  enum class Kind { unknown, decoder, encoder, adapter };

  Kind kind = Kind::unknown;
  std::string family;  // "LlamaForCausalLM"; of an adapter, the model that it is for
  std::optional<std::uint64_t> parameters;
  // Why canvass cannot run it; empty if nothing in these files speaks against it.
  std::string fault;
};

// `path`: as openModel() takes it. What cannot be read is a fault of the model, not an Error.
ModelSummary summarizeModel(const std::filesystem::path& path);

}  // namespace canvass
