#include "sentencepiece/trainer.h"

#include <fmt/format.h>
#include <sentencepiece_trainer.h>

#include <nlohmann/json.hpp>
#include <unordered_map>

#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "tokenizer/training_text.h"

namespace canvass {
namespace {

class VectorIterator : public sentencepiece::SentenceIterator {
 public:
  explicit VectorIterator(std::vector<std::string> sentences) : sentences_(std::move(sentences)) {}
  bool done() const override { return position_ == sentences_.size(); }
  void Next() override { ++position_; }
  const std::string& value() const override { return sentences_[position_]; }
  sentencepiece::util::Status status() const override { return {}; }

 private:
  std::vector<std::string> sentences_;
  std::size_t position_ = 0;
};

// The text already consists of chosen characters: all of them are covered. "(" and letters are of
// different Unicode scripts (Common and Latin): split_by_unicode_script keeps them apart.
std::unordered_map<std::string, std::string> trainerSettings(std::size_t vocabularySize) {
  return {{"model_type", "bpe"},
          {"vocab_size", std::to_string(vocabularySize)},
          {"hard_vocab_limit", "false"},
          {"byte_fallback", "true"},
          {"character_coverage", "1.0"},
          {"split_by_unicode_script", "true"},
          {"split_digits", "true"},
          {"normalization_rule_name", "identity"},
          {"remove_extra_whitespaces", "false"},
          {"add_dummy_prefix", "true"},
          {"max_sentence_length", "1000000000"},
          {"num_threads", "1"},
          {"minloglevel", "3"}};
}

std::string configText() {
  const Json config = {{"tokenizer_class", "LlamaTokenizer"},
                       {"bos_token", "<s>"},
                       {"eos_token", "</s>"},
                       {"unk_token", "<unk>"},
                       {"pad_token", nullptr},
                       {"add_bos_token", true},
                       {"add_eos_token", false},
                       {"add_prefix_space", true},
                       {"legacy", false},
                       {"clean_up_tokenization_spaces", false}};
  return jsonText(config, 2) + "\n";
}

}  // namespace

void runSentencePieceTrainer(const SentencePieceTraining& training,
                             const std::filesystem::path& folder) {
  const auto& [lines, vocabularySize, wholeWords] = training;
  VectorIterator iterator(prepareTrainingText(lines, wholeWords, vocabularySize));
  std::string model;
  const auto status = sentencepiece::SentencePieceTrainer::Train(trainerSettings(vocabularySize),
                                                                 &iterator, &model);
  if (!status.ok()) {
    throw Error(fmt::format("a tokenizer of {} tokens cannot be trained on this text: {}",
                            vocabularySize, status.ToString()));
  }
  writeFileAtomically(folder / "tokenizer.model", model);
  writeFileAtomically(folder / "tokenizer_config.json", configText());
}

}  // namespace canvass
