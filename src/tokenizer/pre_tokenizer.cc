#include "tokenizer/pre_tokenizer.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "base/error.h"
#include "tokenizer/bert_text.h"
#include "tokenizer/byte_level.h"
#include "tokenizer/component.h"
#include "tokenizer/limits.h"
#include "tokenizer/metaspace.h"
#include "tokenizer/pattern.h"
#include "tokenizer/split.h"

namespace canvass {
namespace {

// The pattern of GPT-2, built into ByteLevelWords with "use_regex".
constexpr const char* kByteLevelPattern =
    R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";

void appendPieces(const Piece& piece, const std::vector<TextRange>& ranges,
                  std::vector<Piece>& result) {
  for (const TextRange& range : ranges) {
    result.push_back({std::string(range.of(piece.text)), piece.opensText && range.begin == 0});
  }
}

std::size_t bytesOf(const std::vector<Piece>& pieces) {
  std::size_t bytes = 0;
  for (const Piece& piece : pieces) bytes += piece.text.size();
  return bytes;
}

class Unchanged : public PreTokenizer {
 public:
  std::vector<Piece> split(std::vector<Piece> pieces) const override { return pieces; }
};

class Split : public PreTokenizer {
 public:
  Split(Pattern pattern, SplitBehavior behavior, bool invert)
      : pattern_(std::move(pattern)), behavior_(behavior), invert_(invert) {}

  std::vector<Piece> split(std::vector<Piece> pieces) const override {
    std::vector<Piece> result;
    for (const Piece& piece : pieces) {
      const auto matches = pattern_.matches(piece.text);
      appendPieces(piece, splitAt(piece.text, matches, behavior_, invert_), result);
    }
    return result;
  }

 private:
  Pattern pattern_;
  SplitBehavior behavior_;
  bool invert_;
};

class ByteLevelWords : public PreTokenizer {
 public:
  ByteLevelWords(bool addPrefixSpace, std::unique_ptr<const PreTokenizer> words)
      : addPrefixSpace_(addPrefixSpace), words_(std::move(words)) {}

  std::vector<Piece> split(std::vector<Piece> pieces) const override {
    for (Piece& piece : pieces) {
      if (addPrefixSpace_ && !piece.text.starts_with(' ')) piece.text.insert(0, 1, ' ');
    }
    std::vector<Piece> result = words_->split(std::move(pieces));
    for (Piece& piece : result) piece.text = bytesToAlphabet(piece.text);
    return result;
  }

 private:
  bool addPrefixSpace_;
  std::unique_ptr<const PreTokenizer> words_;
};

class MetaspaceSplit : public PreTokenizer {
 public:
  MetaspaceSplit(Metaspace metaspace, bool split)
      : metaspace_(std::move(metaspace)),
        split_(split),
        delimiter_(Pattern::literal(metaspace_.replacement)) {}

  std::vector<Piece> split(std::vector<Piece> pieces) const override {
    std::vector<Piece> result;
    for (Piece& piece : pieces) {
      piece.text = metaspace_.mark(piece.text, piece.opensText);
      if (split_) {
        const auto matches = delimiter_.matches(piece.text);
        appendPieces(piece, splitAt(piece.text, matches, SplitBehavior::kMergedWithNext), result);
      } else {
        result.push_back(std::move(piece));
      }
    }
    return result;
  }

 private:
  Metaspace metaspace_;
  bool split_;
  Pattern delimiter_;
};

class BertWords : public PreTokenizer {
 public:
  std::vector<Piece> split(std::vector<Piece> pieces) const override {
    std::vector<Piece> result;
    for (const Piece& piece : pieces) appendPieces(piece, bertWords(piece.text), result);
    return result;
  }
};

class PreTokenizerSequence : public PreTokenizer {
 public:
  PreTokenizerSequence(std::vector<std::unique_ptr<const PreTokenizer>> steps, std::string where)
      : steps_(std::move(steps)), where_(std::move(where)) {}

  std::vector<Piece> split(std::vector<Piece> pieces) const override {
    const std::size_t before = bytesOf(pieces);
    for (const auto& step : steps_) {
      pieces = step->split(std::move(pieces));
      requireSmallGrowth(before, bytesOf(pieces), where_);
    }
    return pieces;
  }

 private:
  std::vector<std::unique_ptr<const PreTokenizer>> steps_;
  std::string where_;
};

std::unique_ptr<const PreTokenizer> makeSplit(const Json& component, const std::string& where) {
  refuseUnknownSettings(component, {"pattern", "behavior", "invert"}, where);
  return std::make_unique<Split>(
      Pattern::fromJson(requireMember(component, "pattern", where), where),
      parseSplitBehavior(requireKey<std::string>(component, "behavior", where), where),
      requireKey<bool>(component, "invert", where));
}

// "trim_offsets" is known and ignored: it only moves offsets, not tokens.
std::unique_ptr<const PreTokenizer> makeByteLevelWords(const Json& component,
                                                       const std::string& where) {
  refuseUnknownSettings(component, {"add_prefix_space", "trim_offsets", "use_regex"}, where);
  std::unique_ptr<const PreTokenizer> words = std::make_unique<Unchanged>();
  if (optionalKey(component, "use_regex", true, where)) {
    words = std::make_unique<Split>(Pattern::regex(kByteLevelPattern, where),
                                    SplitBehavior::kIsolated, false);
  }
  return std::make_unique<ByteLevelWords>(requireKey<bool>(component, "add_prefix_space", where),
                                          std::move(words));
}

std::unique_ptr<const PreTokenizer> makeDigits(const Json& component, const std::string& where) {
  refuseUnknownSettings(component, {"individual_digits"}, where);
  const bool individual = requireKey<bool>(component, "individual_digits", where);
  return std::make_unique<Split>(Pattern::regex(R"(\p{N})", where),
                                 individual ? SplitBehavior::kIsolated : SplitBehavior::kContiguous,
                                 false);
}

std::unique_ptr<const PreTokenizer> makeMetaspace(const Json& component, const std::string& where) {
  return std::make_unique<MetaspaceSplit>(Metaspace::fromJson(component, where),
                                          optionalKey(component, "split", true, where));
}

std::unique_ptr<const PreTokenizer> makePreTokenizerSequence(const Json& component,
                                                             const std::string& where) {
  refuseUnknownSettings(component, {"pretokenizers"}, where);
  std::vector<std::unique_ptr<const PreTokenizer>> steps;
  for (const auto& [step, place] : componentList(component, "pretokenizers", where)) {
    steps.push_back(makePreTokenizer(*step, place));
  }
  return std::make_unique<PreTokenizerSequence>(std::move(steps), where);
}

}  // namespace

std::unique_ptr<const PreTokenizer> makePreTokenizer(const Json& component,
                                                     const std::string& where) {
  if (component.is_null()) return std::make_unique<Unchanged>();
  const std::string type = componentType(component, where);
  if (type == "Sequence") return makePreTokenizerSequence(component, where);
  if (type == "Split") return makeSplit(component, where);
  if (type == "ByteLevel") return makeByteLevelWords(component, where);
  if (type == "Digits") return makeDigits(component, where);
  if (type == "BertPreTokenizer") {
    refuseUnknownSettings(component, {}, where);
    return std::make_unique<BertWords>();
  }
  if (type == "Metaspace") return makeMetaspace(component, where);
  throw Error(fmt::format("the pre-tokenizer \"{}\" is not supported", type), where);
}

}  // namespace canvass
