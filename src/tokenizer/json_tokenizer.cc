#include "tokenizer/json_tokenizer.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <unordered_set>

#include "base/error.h"
#include "tokenizer/component.h"
#include "tokenizer/encode_request.h"
#include "tokenizer/limits.h"
#include "tokenizer/tokenizer_config.h"
#include "tokenizer/tokenizer_file.h"

namespace canvass {
namespace {

std::vector<AddedToken> readAddedTokens(const Json& settings, const std::string& where) {
  std::vector<AddedToken> tokens;
  if (isNull(settings, "added_tokens")) return tokens;
  for (const auto& [token, place] : componentList(settings, "added_tokens", where)) {
    const auto id = requireKey<std::int64_t>(*token, "id", place);
    if (id < 0 || id > std::numeric_limits<TokenId>::max()) {
      throw Error(fmt::format("the id {} is out of range", id), place);
    }
    tokens.push_back(AddedToken::fromJson(*token, static_cast<TokenId>(id), place));
  }
  return tokens;
}

// The tokens that tokenizer_config.json lists beyond those of tokenizer.json.
void appendMissing(std::vector<AddedToken>& tokens, const std::vector<AddedToken>& more) {
  std::unordered_set<std::string> known;
  for (const AddedToken& token : tokens) known.insert(token.text);
  for (const AddedToken& token : more) {
    if (known.insert(token.text).second) tokens.push_back(token);
  }
}

const Json& memberOrNull(const Json& settings, const char* key) {
  static const Json null;
  const auto found = settings.find(key);
  return found == settings.end() ? null : *found;
}

// The ids of a token to be put around every text.
std::vector<TokenId> aroundText(const Tokenizer& tokenizer, std::optional<bool> wanted,
                                const std::optional<std::string>& token, const std::string& where) {
  if (!wanted.value_or(false) || !token) return {};
  const auto id = tokenizer.idOf(*token);
  if (!id) throw Error(fmt::format("the token \"{}\" is not in the vocabulary", *token), where);
  return {*id};
}

}  // namespace

// "version", "truncation" and "padding" are ignored: they do not concern the tokens of one whole
// text.
JsonTokenizer::JsonTokenizer(const ModelFiles& model) {
  const std::string where = model.describe("tokenizer.json");
  TokenizerFile file = readTokenizerFile(model);
  const Json& settings = file.settings;
  refuseUnknownSettings(settings,
                        {"version", "truncation", "padding", "added_tokens", "normalizer",
                         "pre_tokenizer", "post_processor", "decoder", "model"},
                        where);
  const auto place = [&](const char* part) { return fmt::format("{}, {}", where, part); };
  for (const auto& [key, part] : {std::pair{"normalizer", "normalizer"},
                                  {"pre_tokenizer", "pre-tokenizer"},
                                  {"post_processor", "post-processor"},
                                  {"decoder", "decoder"}}) {
    requireFewParts(memberOrNull(settings, key), place(part));
  }
  normalizer_ = makeNormalizer(memberOrNull(settings, "normalizer"), place("normalizer"));
  preTokenizer_ = makePreTokenizer(memberOrNull(settings, "pre_tokenizer"), place("pre-tokenizer"));
  decoder_ = makeDecoder(memberOrNull(settings, "decoder"), place("decoder"));
  postProcessor_ =
      makePostProcessor(memberOrNull(settings, "post_processor"), place("post-processor"));
  std::vector<AddedToken> tokens = readAddedTokens(settings, place("added token"));
  model_ = makeTokenModel(file, place("model"));

  const TokenizerConfig config = readTokenizerConfig(model);
  appendMissing(tokens, config.addedTokens);
  addTokens(std::move(tokens), place("added tokens"));
  requireKnown(postProcessor_.before, place("post-processor"));
  requireKnown(postProcessor_.after, place("post-processor"));
  // What the configuration says about BOS and EOS takes precedence over the post-processor, as in
  // Hugging Face transformers.
  if (config.addBos || config.addEos) {
    const std::string configPlace = model.describe("tokenizer_config.json");
    postProcessor_ = {aroundText(*this, config.addBos, config.bos, configPlace),
                      aroundText(*this, config.addEos, config.eos, configPlace)};
  }
}

void JsonTokenizer::addTokens(std::vector<AddedToken> tokens, const std::string& where) {
  std::vector<AddedToken> raw, normalized;
  for (AddedToken& token : tokens) {
    const auto idInModel = model_->vocabulary().idOf(token.text);
    if (idInModel && *idInModel != token.id) {
      throw Error(fmt::format("the token \"{}\" has the id {} here and {} in the model", token.text,
                              token.id, *idInModel),
                  where);
    }
    const std::string* textInModel = model_->vocabulary().textOf(token.id);
    if (textInModel != nullptr && *textInModel != token.text) {
      throw Error(fmt::format("the id {} of token \"{}\" is that of \"{}\" in the model", token.id,
                              token.text, *textInModel),
                  where);
    }
    addedVocabulary_.add(token.text, token.id, where);
    if (token.normalized) {
      token.text = normalizer_->normalize(token.text);
      normalizedTexts_.emplace(token.id, token.text);
    }
    (token.normalized ? normalized : raw).push_back(std::move(token));
  }
  rawTokens_ = AddedTokens(std::move(raw));
  normalizedTokens_ = AddedTokens(std::move(normalized));
}

std::vector<TokenId> JsonTokenizer::encode(std::string_view text,
                                           const EncodeOptions& options) const {
  const SpecialTokenRule rule = readRequest(text, options);
  std::vector<TokenId> ids;
  if (options.addSpecialTokens) ids = postProcessor_.before;
  for (const Segment& segment : rawTokens_.split(text, rule)) {
    if (segment.token) {
      ids.push_back(*segment.token);
    } else {
      encodePlain(segment.range.of(text), segment.range.begin == 0, rule.within(segment.range),
                  ids);
    }
  }
  if (options.addSpecialTokens) {
    ids.insert(ids.end(), postProcessor_.after.begin(), postProcessor_.after.end());
  }
  return ids;
}

void JsonTokenizer::encodePlain(std::string_view text, bool opensText, const SpecialTokenRule& rule,
                                std::vector<TokenId>& ids) const {
  const std::string normalized = normalizer_->normalize(text);
  if (normalizedTokens_.empty()) return encodeNormalized(normalized, opensText, ids);
  const SpecialTokenRule normalizedRule{rule.parse, normalizedRanges(text, rule.literal)};
  for (const Segment& segment : normalizedTokens_.split(normalized, normalizedRule)) {
    if (segment.token) {
      ids.push_back(*segment.token);
    } else {
      encodeNormalized(segment.range.of(normalized), opensText && segment.range.begin == 0, ids);
    }
  }
}

void JsonTokenizer::encodeNormalized(std::string_view text, bool opensText,
                                     std::vector<TokenId>& ids) const {
  for (const Piece& piece : preTokenizer_->split({{std::string(text), opensText}})) {
    model_->tokenize(piece.text, ids);
  }
}

// Where ranges of the text lie once it is normalized: what comes before a position becomes its own
// normal form, except at most for a character that composes across the position.
std::vector<TextRange> JsonTokenizer::normalizedRanges(std::string_view text,
                                                       const std::vector<TextRange>& ranges) const {
  const auto move = [&](std::size_t place) {
    return normalizer_->normalize(text.substr(0, place)).size();
  };
  std::vector<TextRange> moved;
  for (const TextRange& range : ranges) moved.push_back({move(range.begin), move(range.end)});
  return moved;
}

// The post-processor names tokens by ids of its own.
void JsonTokenizer::requireKnown(const std::vector<TokenId>& ids, const std::string& where) const {
  for (const TokenId id : ids) {
    const bool known =
        addedVocabulary_.textOf(id) != nullptr || model_->vocabulary().textOf(id) != nullptr;
    if (!known) throw Error(fmt::format("the id {} is not that of a token", id), where);
  }
}

const std::string& JsonTokenizer::textOf(TokenId id) const {
  const auto normalized = normalizedTexts_.find(id);
  if (normalized != normalizedTexts_.end()) return normalized->second;
  const std::string* text = addedVocabulary_.textOf(id);
  if (text == nullptr) text = model_->vocabulary().textOf(id);
  if (text == nullptr) throw Error(fmt::format("there is no token with the id {}", id));
  return *text;
}

std::string JsonTokenizer::decode(std::span<const TokenId> tokens) const {
  std::vector<std::string> texts;
  for (const TokenId id : tokens) texts.push_back(textOf(id));
  std::string result;
  for (const std::string& part : decoder_->decode(std::move(texts))) result += part;
  return result;
}

std::size_t JsonTokenizer::vocabularySize() const {
  return std::max(addedVocabulary_.size(), model_->vocabulary().size());
}

std::optional<TokenId> JsonTokenizer::idOf(std::string_view token) const {
  const auto added = addedVocabulary_.idOf(token);
  return added ? added : model_->vocabulary().idOf(token);
}

}  // namespace canvass
