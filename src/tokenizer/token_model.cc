#include "tokenizer/token_model.h"

#include <fmt/format.h>

#include "base/error.h"
#include "tokenizer/bpe.h"
#include "tokenizer/component.h"
#include "tokenizer/limits.h"
#include "tokenizer/word_piece.h"

namespace canvass {
namespace {

[[noreturn]] void refuseMerge(std::size_t index, const std::string& where) {
  throw Error(fmt::format("merge {} is not two tokens", index + 1), where);
}

// "left right", the older form; a token has no space in it.
std::pair<std::string, std::string> splitMerge(const std::string& line, std::size_t index,
                                               const std::string& where) {
  const std::size_t space = line.find(' ');
  if (space == std::string::npos || line.find(' ', space + 1) != std::string::npos) {
    refuseMerge(index, where);
  }
  return {line.substr(0, space), line.substr(space + 1)};
}

Merges readMerges(const Json& list, const std::string& where) {
  if (!list.is_array()) throw Error("\"merges\" must be a list", where);
  Merges merges;
  merges.reserve(list.size());
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Json& merge = list[i];
    if (merge.is_string()) {
      const auto& line = merge.get_ref<const std::string&>();
      if (!line.starts_with("#version")) merges.push_back(splitMerge(line, i, where));
    } else if (merge.is_array() && merge.size() == 2 && merge[0].is_string() &&
               merge[1].is_string()) {
      merges.emplace_back(merge[0].get<std::string>(), merge[1].get<std::string>());
    } else {
      refuseMerge(i, where);
    }
  }
  return merges;
}

// Settings that must be absent, null, or empty: with a value they change the tokens.
void refuseValue(const Json& model, const char* key, const std::string& where) {
  const auto found = model.find(key);
  if (found == model.end() || found->is_null()) return;
  if (found->is_string() && found->get_ref<const std::string&>().empty()) return;
  throw Error(fmt::format("\"{}\" is not supported", key), where);
}

Vocabulary takeVocabulary(TokenizerFile& file, const std::string& where) {
  if (file.vocabulary.size() == 0) throw Error("the vocabulary is missing or empty", where);
  return std::move(file.vocabulary);
}

std::unique_ptr<const TokenModel> makeBpe(TokenizerFile& file, const std::string& where) {
  const Json& model = file.settings["model"];
  refuseUnknownSettings(model,
                        {"dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix",
                         "fuse_unk", "byte_fallback", "ignore_merges", "vocab", "merges"},
                        where);
  for (const char* key : {"dropout", "continuing_subword_prefix", "end_of_word_suffix"}) {
    refuseValue(model, key, where);
  }
  BpeModel::Settings settings;
  if (!isNull(model, "unk_token")) {
    settings.unknownToken = requireKey<std::string>(model, "unk_token", where);
  }
  settings.fuseUnknown = optionalKey(model, "fuse_unk", false, where);
  settings.byteFallback = optionalKey(model, "byte_fallback", false, where);
  settings.ignoreMerges = optionalKey(model, "ignore_merges", false, where);
  const auto merges = file.merges ? *std::move(file.merges)
                                  : readMerges(requireMember(model, "merges", where), where);
  return std::make_unique<BpeModel>(takeVocabulary(file, where), merges, settings, where);
}

std::unique_ptr<const TokenModel> makeWordPiece(TokenizerFile& file, const std::string& where) {
  const Json& model = file.settings["model"];
  refuseUnknownSettings(
      model, {"unk_token", "continuing_subword_prefix", "max_input_chars_per_word", "vocab"},
      where);
  const auto longest = requireKey<std::int64_t>(model, "max_input_chars_per_word", where);
  if (longest < 1 || longest > static_cast<std::int64_t>(kMaxWordCharacters)) {
    throw Error(
        fmt::format("\"max_input_chars_per_word\" must be between 1 and {}", kMaxWordCharacters),
        where);
  }
  WordPieceModel::Settings settings{
      .unknownToken = requireKey<std::string>(model, "unk_token", where),
      .continuingPrefix = requireKey<std::string>(model, "continuing_subword_prefix", where),
      .longestWord = static_cast<std::size_t>(longest)};
  return std::make_unique<WordPieceModel>(takeVocabulary(file, where), std::move(settings), where);
}

}  // namespace

std::unique_ptr<const TokenModel> makeTokenModel(TokenizerFile& file, const std::string& where) {
  const std::string type = componentType(requireMember(file.settings, "model", where), where);
  if (type == "BPE") return makeBpe(file, where);
  if (type == "WordPiece") return makeWordPiece(file, where);
  throw Error(fmt::format("the model \"{}\" is not supported", type), where);
}

}  // namespace canvass
