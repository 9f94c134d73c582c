#include "model_files/end_tokens.h"

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/file.h"
#include "base/json.h"

namespace canvass {
namespace {

std::vector<std::int32_t> parse(const Json& value, const std::string& where) {
  std::vector<std::int32_t> tokens;
  for (const Json& one : value.is_array() ? value : Json::array({value})) {
    if (!one.is_number_integer() || one.get<std::int64_t>() < 0 ||
        one.get<std::int64_t>() > INT32_MAX) {
      throw Error("\"eos_token_id\" must be the number of a token, or a list of such", where);
    }
    tokens.push_back(one.get<std::int32_t>());
  }
  return tokens;
}

}  // namespace

std::vector<std::int32_t> endTokensOf(const std::filesystem::path& modelFolder) {
  for (const char* name : {"generation_config.json", "config.json"}) {
    const auto path = modelFolder / name;
    if (!std::filesystem::is_regular_file(path)) continue;
    const Json config = parseJson(readFile(path), path.string());
    const auto found = config.is_object() ? config.find("eos_token_id") : config.end();
    if (found != config.end() && !found->is_null()) return parse(*found, path.string());
  }
  return {};
}

}  // namespace canvass
