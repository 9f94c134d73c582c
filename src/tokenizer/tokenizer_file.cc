#include "tokenizer/tokenizer_file.h"

#include <fmt/format.h>

#include <array>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/error.h"
#include "base/utf8.h"
#include "model_files/gguf/gguf_file.h"
#include "tokenizer/gguf_tokenizer.h"

namespace canvass {
namespace {

// Takes the entries of model.vocab out of the parse as they are read. Inside the parsed JSON,
// which keeps its keys in order and searches them one by one, they would take quadratic time; for
// the same reason no other object may have many keys.
class TokenizerReader {
 public:
  TokenizerReader(Vocabulary& vocabulary, const std::string& file)
      : vocabulary_(vocabulary), file_(file), where_(file + ", model") {}

  // The parser's callback; false keeps what was just parsed out of the result.
  bool operator()(int depth, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start || event == Json::parse_event_t::array_start) {
      open(depth);
    }
    if (event == Json::parse_event_t::key) return seeKey(depth, parsed.get<std::string>());
    if (depth != 3 || !pending_) return true;
    if (event != Json::parse_event_t::value || !parsed.is_number_integer()) {
      throw Error(fmt::format("the id of token \"{}\" is not a whole number", *pending_), where_);
    }
    addPending(parsed.get<std::int64_t>());
    return false;
  }

 private:
  // A list or an object with so many around it.
  void open(int depth) {
    if (depth >= deepestJson) {
      throw Error(fmt::format("lists and objects are nested more than {} deep", deepestJson),
                  file_);
    }
    keys_.at(static_cast<std::size_t>(depth)) = 0;
  }

  void countKey(int depth) {
    std::size_t& count = keys_.at(static_cast<std::size_t>(depth - 1));
    if (++count <= largestJsonObject) return;
    throw Error(fmt::format("an object has more than {} keys", largestJsonObject), file_);
  }

  bool seeKey(int depth, std::string key) {
    if (depth == 1) inModel_ = key == "model";
    if (depth == 2) inVocabulary_ = inModel_ && key == "vocab";
    if (depth != 3 || !inVocabulary_) {
      countKey(depth);
      return true;
    }
    pending_ = std::move(key);
    return false;
  }

  void addPending(std::int64_t id) {
    const bool fits = id >= 0 && id <= std::numeric_limits<TokenId>::max();
    vocabulary_.add(*pending_, fits ? static_cast<TokenId>(id) : -1, where_);
    pending_.reset();
  }

  Vocabulary& vocabulary_;
  std::string file_, where_;
  std::array<std::size_t, deepestJson> keys_{};  // of the objects that are open
  bool inModel_ = false;
  bool inVocabulary_ = false;
  std::optional<std::string> pending_;
};

}  // namespace

TokenizerFile readTokenizerFile(const ModelFiles& model) {
  const auto ggufFiles = model.ggufFiles();
  if (!ggufFiles.empty()) {
    return tokenizerOf(gguf::GgufFile(model, ggufFiles.front()).metadata(),
                       model.describe(ggufFiles.front()));
  }
  const std::string where = model.describe("tokenizer.json");
  const std::string text = model.read("tokenizer.json");
  if (const auto offset = findInvalidUtf8(text)) {
    throw Error(fmt::format("the text is not UTF-8 at byte {}", *offset), where);
  }
  TokenizerFile file;
  TokenizerReader reader(file.vocabulary, where);
  try {
    file.settings = Json::parse(text, std::ref(reader));
  } catch (const Json::parse_error& error) {
    throw Error(fmt::format("not valid JSON at byte {}", error.byte), where);
  } catch (const Json::out_of_range&) {
    throw Error("a number is too large", where);
  }
  if (!file.settings.is_object()) throw Error("a JSON object was expected", where);
  return file;
}

}  // namespace canvass
