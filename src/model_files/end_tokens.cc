#include "model_files/end_tokens.h"

#include <nlohmann/json.hpp>

#include "base/error.h"

namespace canvass {
namespace {

std::vector<std::int32_t> parseEndTokens(const Json& value, const std::string& where) {
  std::vector<std::int32_t> tokens;
  for (const Json& one : value.is_array() ? value : Json::array({value})) {
    if (!one.is_number_integer() || one.get<std::int64_t>() < 0 ||
        one.get<std::int64_t>() > INT32_MAX) {
      throw Error("\"eos_token_id\" must be a token id or a list of token ids", where);
    }
    tokens.push_back(one.get<std::int32_t>());
  }
  return tokens;
}

}  // namespace

std::vector<std::int32_t> endTokensOf(const ModelFiles& model) {
  for (const char* name : {"generation_config.json", "config.json"}) {
    if (!model.has(name)) continue;
    const Json& config = model.json(name);
    const auto found = config.is_object() ? config.find("eos_token_id") : config.end();
    if (found != config.end() && !found->is_null())
      return parseEndTokens(*found, model.describe(name));
  }
  return {};
}

}  // namespace canvass
