#include "tokenizer/token_decoder.h"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "base/error.h"
#include "base/utf8.h"
#include "tokenizer/byte_level.h"
#include "tokenizer/component.h"
#include "tokenizer/limits.h"
#include "tokenizer/lossy_utf8.h"
#include "tokenizer/metaspace.h"
#include "tokenizer/pattern.h"

namespace canvass {
namespace {

constexpr const char* kReplacementCharacter = "\uFFFD";

std::string join(const std::vector<std::string>& texts, std::string_view separator) {
  std::string joined;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) joined += separator;
    joined += texts[i];
  }
  return joined;
}

std::size_t bytesOfTokens(const std::vector<std::string>& tokens) {
  std::size_t bytes = 0;
  for (const std::string& token : tokens) bytes += token.size();
  return bytes;
}

class JoinWithSpaces : public TokenDecoder {
 public:
  std::vector<std::string> decode(std::vector<std::string> tokens) const override {
    return {join(tokens, " ")};
  }
};

class Fuse : public TokenDecoder {
 public:
  std::vector<std::string> decode(std::vector<std::string> tokens) const override {
    return {join(tokens, "")};
  }
};

class ByteLevelDecoder : public TokenDecoder {
 public:
  std::vector<std::string> decode(std::vector<std::string> tokens) const override {
    std::string bytes;
    for (const std::string& token : tokens) bytes += alphabetToBytes(token).value_or(token);
    return {toValidUtf8(bytes)};
  }
};

// Runs of <0xNN> become the characters that their bytes are; a run that is not UTF-8 becomes one
// replacement character a byte.
class ByteFallback : public TokenDecoder {
 public:
  std::vector<std::string> decode(std::vector<std::string> tokens) const override {
    std::vector<std::string> result;
    std::string run;
    for (std::string& token : tokens) {
      if (const auto byte = byteOf(token)) {
        run += *byte;
        continue;
      }
      flush(run, result);
      result.push_back(std::move(token));
    }
    flush(run, result);
    return result;
  }

 private:
  static std::optional<char> byteOf(std::string_view token) {
    if (token.size() != 6 || !token.starts_with("<0x") || !token.ends_with(">")) return {};
    unsigned value = 0;
    const char* end = token.data() + 5;
    const auto parsed = std::from_chars(token.data() + 3, end, value, 16);
    if (parsed.ec != std::errc() || parsed.ptr != end) return {};
    return static_cast<char>(value);
  }

  static void flush(std::string& run, std::vector<std::string>& result) {
    if (run.empty()) return;
    if (!findInvalidUtf8(run)) {
      result.push_back(run);
    } else {
      result.insert(result.end(), run.size(), kReplacementCharacter);
    }
    run.clear();
  }
};

class ReplacingDecoder : public TokenDecoder {
 public:
  ReplacingDecoder(Pattern pattern, std::string replacement)
      : pattern_(std::move(pattern)), replacement_(std::move(replacement)) {}

  std::vector<std::string> decode(std::vector<std::string> tokens) const override {
    for (std::string& token : tokens) token = pattern_.replace(token, replacement_);
    return tokens;
  }

 private:
  Pattern pattern_;
  std::string replacement_;
};

// Removes up to `start` copies of a text from the beginning of each token, and `stop` from its
// end.
class StrippingDecoder : public TokenDecoder {
 public:
  StrippingDecoder(std::string content, std::int64_t start, std::int64_t stop)
      : content_(std::move(content)), start_(start), stop_(stop) {}

  std::vector<std::string> decode(std::vector<std::string> tokens) const override {
    for (std::string& token : tokens) strip(token);
    return tokens;
  }

 private:
  void strip(std::string& token) const {
    std::string_view rest = token;
    for (std::int64_t i = 0; i < start_ && rest.starts_with(content_); ++i) {
      rest.remove_prefix(content_.size());
    }
    for (std::int64_t i = 0; i < stop_ && rest.ends_with(content_); ++i) {
      rest.remove_suffix(content_.size());
    }
    token = std::string(rest);
  }

  std::string content_;
  std::int64_t start_, stop_;
};

class MetaspaceDecoder : public TokenDecoder {
 public:
  explicit MetaspaceDecoder(Metaspace metaspace)
      : metaspace_(std::move(metaspace)), mark_(Pattern::literal(metaspace_.replacement)) {}

  std::vector<std::string> decode(std::vector<std::string> tokens) const override {
    const bool prefixed = metaspace_.prefix != Metaspace::Prefix::kNever;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      tokens[i] = mark_.replace(tokens[i], i == 0 && prefixed ? "" : " ");
    }
    return tokens;
  }

 private:
  Metaspace metaspace_;
  Pattern mark_;
};

// What is joined again for readability: spaces before punctuation and within contractions go.
class WordPieceDecoder : public TokenDecoder {
 public:
  WordPieceDecoder(std::string prefix, bool cleansUp)
      : prefix_(std::move(prefix)), cleansUp_(cleansUp) {
    for (const auto& [from, to] : {std::pair{" .", "."},
                                   {" ?", "?"},
                                   {" !", "!"},
                                   {" ,", ","},
                                   {" ' ", "'"},
                                   {" n't", "n't"},
                                   {" 'm", "'m"},
                                   {" do not", " don't"},
                                   {" 's", "'s"},
                                   {" 've", "'ve"},
                                   {" 're", "'re"}}) {
      replacements_.emplace_back(Pattern::literal(from), to);
    }
  }

  std::vector<std::string> decode(std::vector<std::string> tokens) const override {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      std::string& token = tokens[i];
      if (i > 0 && token.starts_with(prefix_)) {
        token.erase(0, prefix_.size());
      } else if (i > 0) {
        token.insert(0, 1, ' ');
      }
      if (!cleansUp_) continue;
      for (const auto& [pattern, to] : replacements_) token = pattern.replace(token, to);
    }
    return tokens;
  }

 private:
  std::string prefix_;
  bool cleansUp_;
  std::vector<std::pair<Pattern, const char*>> replacements_;
};

class DecoderSequence : public TokenDecoder {
 public:
  DecoderSequence(std::vector<std::unique_ptr<const TokenDecoder>> steps, std::string where)
      : steps_(std::move(steps)), where_(std::move(where)) {}

  std::vector<std::string> decode(std::vector<std::string> tokens) const override {
    const std::size_t before = bytesOfTokens(tokens);
    for (const auto& step : steps_) {
      tokens = step->decode(std::move(tokens));
      requireSmallGrowth(before, bytesOfTokens(tokens), where_);
    }
    return tokens;
  }

 private:
  std::vector<std::unique_ptr<const TokenDecoder>> steps_;
  std::string where_;
};

template <typename Kind>
std::unique_ptr<const TokenDecoder> makeSimple(const Json& component, const std::string& where) {
  refuseUnknownSettings(component, {}, where);
  return std::make_unique<Kind>();
}

// Its settings belong to the pre-tokenizer of the same name and mean nothing here.
std::unique_ptr<const TokenDecoder> makeByteLevelDecoder(const Json& component,
                                                         const std::string& where) {
  refuseUnknownSettings(component, {"add_prefix_space", "trim_offsets", "use_regex"}, where);
  return std::make_unique<ByteLevelDecoder>();
}

std::unique_ptr<const TokenDecoder> makeReplacingDecoder(const Json& component,
                                                         const std::string& where) {
  refuseUnknownSettings(component, {"pattern", "content"}, where);
  return std::make_unique<ReplacingDecoder>(
      Pattern::fromJson(requireMember(component, "pattern", where), where),
      requireKey<std::string>(component, "content", where));
}

std::unique_ptr<const TokenDecoder> makeStrippingDecoder(const Json& component,
                                                         const std::string& where) {
  refuseUnknownSettings(component, {"content", "start", "stop"}, where);
  auto content = requireKey<std::string>(component, "content", where);
  if (content.empty()) throw Error("\"content\" is empty", where);
  return std::make_unique<StrippingDecoder>(std::move(content),
                                            requireKey<std::int64_t>(component, "start", where),
                                            requireKey<std::int64_t>(component, "stop", where));
}

std::unique_ptr<const TokenDecoder> makeWordPiece(const Json& component, const std::string& where) {
  refuseUnknownSettings(component, {"prefix", "cleanup"}, where);
  return std::make_unique<WordPieceDecoder>(requireKey<std::string>(component, "prefix", where),
                                            requireKey<bool>(component, "cleanup", where));
}

std::unique_ptr<const TokenDecoder> makeDecoderSequence(const Json& component,
                                                        const std::string& where) {
  refuseUnknownSettings(component, {"decoders"}, where);
  std::vector<std::unique_ptr<const TokenDecoder>> steps;
  for (const auto& [step, place] : componentList(component, "decoders", where)) {
    steps.push_back(makeDecoder(*step, place));
  }
  return std::make_unique<DecoderSequence>(std::move(steps), where);
}

}  // namespace

std::unique_ptr<const TokenDecoder> makeDecoder(const Json& component, const std::string& where) {
  if (component.is_null()) return std::make_unique<JoinWithSpaces>();
  const std::string type = componentType(component, where);
  if (type == "Sequence") return makeDecoderSequence(component, where);
  if (type == "ByteLevel") return makeByteLevelDecoder(component, where);
  if (type == "Replace") return makeReplacingDecoder(component, where);
  if (type == "ByteFallback") return makeSimple<ByteFallback>(component, where);
  if (type == "Fuse") return makeSimple<Fuse>(component, where);
  if (type == "Strip") return makeStrippingDecoder(component, where);
  if (type == "WordPiece") return makeWordPiece(component, where);
  if (type == "Metaspace") {
    return std::make_unique<MetaspaceDecoder>(Metaspace::fromJson(component, where));
  }
  throw Error(fmt::format("the decoder \"{}\" is not supported", type), where);
}

std::unique_ptr<const TokenDecoder> makeSentencePieceDecoder(bool stripPrefix) {
  std::vector<std::unique_ptr<const TokenDecoder>> steps;
  steps.push_back(std::make_unique<ReplacingDecoder>(Pattern::literal("\u2581"), " "));
  steps.push_back(std::make_unique<ByteFallback>());
  steps.push_back(std::make_unique<Fuse>());
  if (stripPrefix) steps.push_back(std::make_unique<StrippingDecoder>(" ", 1, 0));
  return std::make_unique<DecoderSequence>(std::move(steps), "the SentencePiece decoder");
}

}  // namespace canvass
