#include "sentencepiece/sentencepiece_tokenizer.h"

#include <fmt/format.h>
#include <sentencepiece_processor.h>

#include <unordered_set>

#include "base/error.h"
#include "tokenizer/encode_request.h"
#include "tokenizer/tokenizer_config.h"

namespace canvass {
namespace {

using sentencepiece::SentencePieceProcessor;

// Protocol buffers merge when their bytes are joined: this is normalizer_spec (field 3) with
// add_dummy_prefix (field 3 of it) false, for the same model without a space before the text.
constexpr std::string_view kNoDummyPrefix("\x1A\x02\x18\x00", 4);

std::unique_ptr<const SentencePieceProcessor> loadProcessor(const std::string& bytes,
                                                            const std::string& where) {
  auto processor = std::make_unique<SentencePieceProcessor>();
  const auto status = processor->LoadFromSerializedProto(bytes);
  if (!status.ok()) {
    throw Error(fmt::format("it is not a SentencePiece model: {}", status.ToString()), where);
  }
  return processor;
}

std::vector<AddedToken> controlTokens(const SentencePieceProcessor& processor) {
  std::vector<AddedToken> tokens;
  for (TokenId id = 0; id < processor.GetPieceSize(); ++id) {
    if (!processor.IsControl(id) && !processor.IsUnknown(id)) continue;
    AddedToken& token = tokens.emplace_back();
    token.text = processor.IdToPiece(id);
    token.id = id;
    token.special = true;
  }
  return tokens;
}

bool readAddBos(const TokenizerConfig& config, const std::string& where) {
  if (config.addBos) return *config.addBos;
  throw Error("\"add_bos_token\" is missing", where,
              "set it to true or false: tokenizer.model does not say whether texts begin with BOS");
}

TokenId requireToken(const Vocabulary& vocabulary, const std::optional<std::string>& token,
                     const char* key, const std::string& where) {
  if (!token) throw Error(fmt::format("the key \"{}\" is missing", key), where);
  return vocabulary.require(*token, where);
}

}  // namespace

SentencePieceTokenizer::SentencePieceTokenizer(const ModelFiles& model) {
  const bool ofEncoder = model.has("spm.model");
  const char* const name = ofEncoder ? "spm.model" : "tokenizer.model";
  const std::string where = model.describe(name);
  const std::string configFile = model.describe("tokenizer_config.json");
  const std::string bytes = model.read(name);
  withPrefix_ = loadProcessor(bytes, where);
  withoutPrefix_ = loadProcessor(bytes + std::string(kNoDummyPrefix), where);

  const TokenizerConfig config = readTokenizerConfig(model);
  legacy_ = config.legacy.value_or(false);
  addPrefixSpace_ = config.addPrefixSpace.value_or(true);
  decoder_ = makeSentencePieceDecoder(addPrefixSpace_);
  readVocabulary(config.addedTokens, where);
  if (ofEncoder) {  // the file's name says whose tokenizer it is, and thus how it behaves
    if (config.lowerCase.value_or(false) || config.splitsPunctuation.value_or(false)) {
      throw Error("\"do_lower_case\" and \"split_by_punct\" are not supported", configFile,
                  "use a model that was trained without them, as DeBERTa's published ones are");
    }
    legacy_ = true;
    postProcessor_.before = {vocabulary_.require("[CLS]", where)};
    postProcessor_.after = {vocabulary_.require("[SEP]", where)};
    return;
  }
  if (readAddBos(config, configFile)) {
    postProcessor_.before = {requireToken(vocabulary_, config.bos, "bos_token", configFile)};
  }
  if (config.addEos.value_or(false)) {
    postProcessor_.after = {requireToken(vocabulary_, config.eos, "eos_token", configFile)};
  }
}

SentencePieceTokenizer::~SentencePieceTokenizer() = default;

void SentencePieceTokenizer::readVocabulary(std::vector<AddedToken> added,
                                            const std::string& where) {
  for (TokenId id = 0; id < withPrefix_->GetPieceSize(); ++id) {
    vocabulary_.add(withPrefix_->IdToPiece(id), id, where);
  }
  std::unordered_set<TokenId> ids;
  for (const AddedToken& token : added) ids.insert(token.id);
  for (const AddedToken& token : controlTokens(*withPrefix_)) {
    if (ids.insert(token.id).second) added.push_back(token);
  }
  for (const AddedToken& token : added) vocabulary_.add(token.text, token.id, where);
  addedTokens_ = AddedTokens(std::move(added));
}

const sentencepiece::SentencePieceProcessor& SentencePieceTokenizer::processorFor(
    std::string_view text, bool opensText) const {
  if (legacy_) return addPrefixSpace_ ? *withPrefix_ : *withoutPrefix_;
  const bool spaced = text.starts_with(' ') || text.starts_with("\u2581");
  return addPrefixSpace_ && opensText && !spaced ? *withPrefix_ : *withoutPrefix_;
}

std::vector<TokenId> SentencePieceTokenizer::encode(std::string_view text,
                                                    const EncodeOptions& options) const {
  const SpecialTokenRule rule = readRequest(text, options);
  std::vector<TokenId> ids;
  if (options.addSpecialTokens) ids = postProcessor_.before;
  for (const Segment& segment : addedTokens_.split(text, rule)) {
    if (segment.token) {
      ids.push_back(*segment.token);
      continue;
    }
    const std::string_view part = segment.range.of(text);
    const auto more = processorFor(part, segment.range.begin == 0).EncodeAsIds(part);
    ids.insert(ids.end(), more.begin(), more.end());
  }
  if (options.addSpecialTokens) {
    ids.insert(ids.end(), postProcessor_.after.begin(), postProcessor_.after.end());
  }
  return ids;
}

std::string SentencePieceTokenizer::decode(std::span<const TokenId> tokens) const {
  std::vector<std::string> texts;
  for (const TokenId id : tokens) {
    const std::string* text = vocabulary_.textOf(id);
    if (text == nullptr) throw Error(fmt::format("there is no token with the id {}", id));
    texts.push_back(*text);
  }
  std::string result;
  for (const std::string& part : decoder_->decode(std::move(texts))) result += part;
  return result;
}

std::optional<TokenId> SentencePieceTokenizer::idOf(std::string_view token) const {
  return vocabulary_.idOf(token);
}

}  // namespace canvass
