#include "tokenizer/tokenizer_config.h"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "tokenizer/component.h"

namespace canvass {
namespace {

std::optional<bool> readFlag(const Json& config, const char* key, const std::string& where) {
  if (isNull(config, key)) return std::nullopt;
  return requireKey<bool>(config, key, where);
}

// "<s>", or an object with that as its "content".
std::optional<std::string> readTokenText(const Json& config, const char* key,
                                         const std::string& where) {
  if (isNull(config, key)) return std::nullopt;
  if (config[key].is_object()) return requireKey<std::string>(config[key], "content", where);
  return requireKey<std::string>(config, key, where);
}

TokenId parseId(std::string_view text, const std::string& where) {
  TokenId id = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), id);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) {
    throw Error(fmt::format("\"{}\" in added_tokens_decoder is not a token id", text), where);
  }
  return id;
}

std::vector<AddedToken> readDecoderTokens(const Json& config, const std::string& where) {
  std::vector<AddedToken> tokens;
  if (isNull(config, "added_tokens_decoder")) return tokens;
  for (const auto& [id, token] : config["added_tokens_decoder"].items()) {
    tokens.push_back(AddedToken::fromJson(token, parseId(id, where),
                                          fmt::format("{}, added token {}", where, id)));
  }
  return tokens;
}

}  // namespace

TokenizerConfig readTokenizerConfig(const ModelFiles& model) {
  constexpr const char* name = "tokenizer_config.json";
  if (!model.has(name)) return {};
  const std::string where = model.describe(name);
  const Json& config = model.json(name);
  if (!config.is_object()) throw Error("a JSON object was expected", where);
  return {.addBos = readFlag(config, "add_bos_token", where),
          .addEos = readFlag(config, "add_eos_token", where),
          .bos = readTokenText(config, "bos_token", where),
          .eos = readTokenText(config, "eos_token", where),
          .legacy = readFlag(config, "legacy", where),
          .addPrefixSpace = readFlag(config, "add_prefix_space", where),
          .lowerCase = readFlag(config, "do_lower_case", where),
          .splitsPunctuation = readFlag(config, "split_by_punct", where),
          .addedTokens = readDecoderTokens(config, where)};
}

}  // namespace canvass
