#include "tokenizer/gguf_tokenizer.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>

#include "base/error.h"
#include "tokenizer/limits.h"

namespace canvass {
namespace {

constexpr const char* preKey = "tokenizer.ggml.pre";
constexpr const char* wordMark = "\u2581";  // stands for a space in SentencePiece's tokens

// Of tokens, by their numbers in the file.
enum TokenKind : std::int64_t {
  kNormal = 1,
  kUnknown = 2,
  kControl = 3,
  kUserDefined = 4,
  kUnused = 5,
  kByte = 6,
};

struct Token {
  std::string text;
  std::int64_t kind = kNormal;
};

std::vector<Token> readTokens(const gguf::Metadata& metadata) {
  const auto texts = metadata.texts("tokenizer.ggml.tokens");
  constexpr const char* kindsKey = "tokenizer.ggml.token_type";
  const auto kinds = metadata.has(kindsKey) ? metadata.integers(kindsKey)
                                            : std::vector<std::int64_t>(texts.size(), kNormal);
  if (kinds.size() != texts.size()) {
    metadata.fail(kindsKey,
                  fmt::format("there are {} kinds of {} tokens", kinds.size(), texts.size()));
  }
  std::vector<Token> tokens;
  tokens.reserve(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    tokens.push_back({std::string(texts[i]), kinds[i]});
  }
  return tokens;
}

Json splitBy(const char* pattern) {
  return {{"type", "Split"},
          {"pattern", {{"Regex", pattern}}},
          {"behavior", "Isolated"},
          {"invert", false}};
}

Json byteLevel(bool splitsWords) {
  return {{"type", "ByteLevel"},
          {"add_prefix_space", false},
          {"trim_offsets", true},
          {"use_regex", splitsWords}};
}

Json sequenceOf(const char* member, Json steps) {
  return {{"type", "Sequence"}, {member, std::move(steps)}};
}

// A way of splitting words, by its name in llama.cpp; the patterns are those of the models' own
// tokenizer.json files.
struct WordSplit {
  const char* name;
  const char* pattern;  // null: GPT-2's, built into the byte level
  bool individualDigits = false;
  bool composes = false;         // texts are brought into form C (NFC)
  bool wholeWordsFirst = false;  // a word that is a token is that token
};

constexpr const char* llama3Words =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr const char* qwen2Words =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

constexpr WordSplit wordSplits[] = {
    {.name = "gpt-2", .pattern = nullptr},
    {.name = "smollm", .pattern = nullptr, .individualDigits = true},
    {.name = "llama-bpe", .pattern = llama3Words, .wholeWordsFirst = true},
    {.name = "llama3", .pattern = llama3Words, .wholeWordsFirst = true},
    {.name = "dbrx", .pattern = llama3Words},  // Phi-4 and OLMo 2
    {.name = "smaug-bpe", .pattern = llama3Words},
    {.name = "qwen2", .pattern = qwen2Words, .composes = true},
};

const WordSplit& wordSplitOf(const gguf::Metadata& metadata) {
  const std::string name = metadata.text(preKey);
  std::vector<std::string> known;
  for (const WordSplit& split : wordSplits) {
    if (name == split.name) return split;
    known.emplace_back(split.name);
  }
  metadata.fail(preKey, fmt::format("the way of splitting words \"{}\" is not known (known: {})",
                                    name, fmt::join(known, ", ")));
}

Json preTokenizerOf(const WordSplit& split) {
  Json steps = Json::array();
  if (split.individualDigits) steps.push_back({{"type", "Digits"}, {"individual_digits", true}});
  if (split.pattern != nullptr) steps.push_back(splitBy(split.pattern));
  steps.push_back(byteLevel(split.pattern == nullptr));
  return sequenceOf("pretokenizers", std::move(steps));
}

Merges readMergeLines(const gguf::Metadata& metadata) {
  constexpr const char* key = "tokenizer.ggml.merges";
  Merges merges;
  for (const std::string_view line : metadata.texts(key)) {
    // A token may begin with the space that a byte-level token never has.
    const std::size_t space = line.find(' ', 1);
    if (space == std::string_view::npos) {
      metadata.fail(key, fmt::format("merge {} is not two tokens", merges.size() + 1));
    }
    merges.emplace_back(line.substr(0, space), line.substr(space + 1));
  }
  return merges;
}

// One of the ways to make a token of two.
struct Joining {
  double score;
  std::size_t leftCharacters, rightCharacters;
  std::size_t token;
  std::size_t leftBytes;
};

bool isInsideCharacter(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

void appendJoinings(std::string_view text, const Joining& joining, const Vocabulary& vocabulary,
                    std::vector<Joining>& joinings) {
  const auto characters = static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char byte) { return !isInsideCharacter(byte); }));
  std::size_t left = 0;
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (isInsideCharacter(text[at])) continue;
    ++left;
    if (!vocabulary.idOf(text.substr(0, at)) || !vocabulary.idOf(text.substr(at))) continue;
    joinings.push_back({joining.score, left, characters - left, joining.token, at});
  }
}

// SentencePiece joins the two neighbors that make the token with the highest score: all ways to
// make each token, in the order of Hugging Face's conversion. Tokens that users defined come first.
Merges mergesByScore(const gguf::Metadata& metadata, const std::vector<Token>& tokens,
                     const Vocabulary& vocabulary) {
  constexpr const char* key = "tokenizer.ggml.scores";
  const auto scores = metadata.numbers(key);
  if (scores.size() != tokens.size()) {
    metadata.fail(key,
                  fmt::format("there are {} scores of {} tokens", scores.size(), tokens.size()));
  }
  std::vector<Joining> joinings;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool isDefined = tokens[i].kind == kUserDefined;
    if (!isDefined && tokens[i].kind != kNormal) continue;
    if (tokens[i].text.size() > kMaxScoredTokenBytes) {
      metadata.fail("tokenizer.ggml.tokens",
                    fmt::format("token {} is longer than {} bytes", i, kMaxScoredTokenBytes));
    }
    appendJoinings(tokens[i].text, {isDefined ? 0.0 : scores[i], 0, 0, i, 0}, vocabulary, joinings);
  }
  std::stable_sort(joinings.begin(), joinings.end(), [](const Joining& a, const Joining& b) {
    return std::tie(a.score, a.leftCharacters, a.rightCharacters) >
           std::tie(b.score, b.leftCharacters, b.rightCharacters);
  });
  Merges merges;
  merges.reserve(joinings.size());
  for (const Joining& joining : joinings) {
    const std::string& text = tokens[joining.token].text;
    merges.emplace_back(text.substr(0, joining.leftBytes), text.substr(joining.leftBytes));
  }
  return merges;
}

// With its spaces as marks, which llama.cpp undoes for some tokens.
std::string marked(std::string_view text) {
  std::string out;
  for (const char byte : text) {
    if (byte == ' ') {
      out += wordMark;
    } else {
      out += byte;
    }
  }
  return out;
}

Json addedTokensOf(const std::vector<Token>& tokens) {
  Json added = Json::array();
  for (std::size_t id = 0; id < tokens.size(); ++id) {
    const std::int64_t kind = tokens[id].kind;
    if (kind != kControl && kind != kUserDefined && kind != kUnknown) continue;
    added.push_back({{"id", id},
                     {"content", tokens[id].text},
                     {"single_word", false},
                     {"lstrip", false},
                     {"rstrip", false},
                     {"normalized", false},
                     {"special", kind != kUserDefined}});
  }
  return added;
}

Vocabulary vocabularyOf(const std::vector<Token>& tokens, const std::string& where) {
  Vocabulary vocabulary;
  for (std::size_t id = 0; id < tokens.size(); ++id) {
    vocabulary.add(tokens[id].text, static_cast<TokenId>(id), where);
  }
  return vocabulary;
}

TokenizerFile byteLevelTokenizer(const gguf::Metadata& metadata, const std::string& where) {
  const WordSplit& split = wordSplitOf(metadata);
  const std::vector<Token> tokens = readTokens(metadata);
  TokenizerFile file;
  file.vocabulary = vocabularyOf(tokens, where);
  file.merges = readMergeLines(metadata);
  file.settings = {{"added_tokens", addedTokensOf(tokens)},
                   {"normalizer", split.composes ? Json{{"type", "NFC"}} : Json()},
                   {"pre_tokenizer", preTokenizerOf(split)},
                   {"decoder", byteLevel(true)},
                   {"model", {{"type", "BPE"}, {"ignore_merges", split.wholeWordsFirst}}}};
  return file;
}

// Spaces become marks; a text begins with one if the file says so.
TokenizerFile sentencePieceTokenizer(const gguf::Metadata& metadata, const std::string& where) {
  std::vector<Token> tokens = readTokens(metadata);
  for (Token& token : tokens) {
    if (token.kind == kUserDefined) token.text = marked(token.text);
  }
  constexpr const char* prefixKey = "tokenizer.ggml.add_space_prefix";
  const bool beginsWithSpace = !metadata.has(prefixKey) || metadata.boolean(prefixKey);
  Json normalizers = Json::array();
  Json decoders = {{{"type", "Replace"}, {"pattern", {{"String", wordMark}}}, {"content", " "}},
                   {{"type", "ByteFallback"}},
                   {{"type", "Fuse"}}};
  if (beginsWithSpace) {
    normalizers.push_back({{"type", "Prepend"}, {"prepend", wordMark}});
    decoders.push_back({{"type", "Strip"}, {"content", " "}, {"start", 1}, {"stop", 0}});
  }
  normalizers.push_back(
      {{"type", "Replace"}, {"pattern", {{"String", " "}}}, {"content", wordMark}});
  TokenizerFile file;
  file.vocabulary = vocabularyOf(tokens, where);
  file.merges = mergesByScore(metadata, tokens, file.vocabulary);
  constexpr const char* unknownKey = "tokenizer.ggml.unknown_token_id";
  const auto unknown = metadata.has(unknownKey) ? metadata.integer(unknownKey) : 0;
  if (unknown < 0 || static_cast<std::size_t>(unknown) >= tokens.size()) {
    metadata.fail(unknownKey, fmt::format("there is no token {}", unknown));
  }
  file.settings = {{"added_tokens", addedTokensOf(tokens)},
                   {"normalizer", sequenceOf("normalizers", std::move(normalizers))},
                   {"pre_tokenizer", nullptr},
                   {"decoder", sequenceOf("decoders", std::move(decoders))},
                   {"model",
                    {{"type", "BPE"},
                     {"unk_token", tokens[static_cast<std::size_t>(unknown)].text},
                     {"fuse_unk", true},
                     {"byte_fallback", true}}}};
  return file;
}

}  // namespace

TokenizerFile tokenizerOf(const gguf::Metadata& metadata, const std::string& where) {
  constexpr const char* key = "tokenizer.ggml.model";
  const std::string kind = metadata.text(key);
  if (kind == "gpt2") return byteLevelTokenizer(metadata, where);
  if (kind == "llama") return sentencePieceTokenizer(metadata, where);
  metadata.fail(key,
                fmt::format("the tokenizer \"{}\" is not supported (known: gpt2, llama)", kind));
}

}  // namespace canvass
