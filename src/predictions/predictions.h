#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/file.h"
#include "survey/distribution.h"
#include "survey/item_set.h"
#include "survey/survey.h"

namespace canvass {

// Written answers, of which those that chose an option make a distribution.
struct SampledAnswers {
  std::size_t chosen = 0;     // of an option: what the probabilities are shares of
  std::size_t refused = 0;    // did not want to answer
  std::size_t unmatched = 0;  // said something else, or several options

  bool operator==(const SampledAnswers&) const = default;
};

// The predicted distribution of one item, by ids so that it outlives the survey it was made from.
struct Prediction {
  std::string question;
  std::string population;
  std::vector<std::string> labels;
  Distribution probabilities;
  std::vector<double> logits;        // empty if the predictor has none
  std::optional<double> optionMass;  // share of the full vocabulary on the option tokens
  // Of a distribution that was counted from written answers.
  std::optional<SampledAnswers> sampled = std::nullopt;
  // How far the answer can be trusted, 0 to 1, by a model that was learned for it.
  std::optional<double> confidence = std::nullopt;
  // Why there is no distribution, if the model was asked and gave none; probabilities are empty
  // then.
  std::string failure = {};
  // Intervals of the probabilities; both are empty if there are none.
  std::vector<double> low = {};
  std::vector<double> high = {};
};

// The item that is predicted.
inline ItemId idOf(const Prediction& prediction) {
  return {prediction.question, prediction.population};
}

// A prediction of the item, still without its distribution.
Prediction predictionFor(const Survey& survey, const Item& item);

// How predictions were pooled from those of several predictors.
struct PooledSource {
  struct Input {
    std::string name;         // its file, or "baseline:" and its name
    double weight = 0.0;      // not negative
    double similarity = 0.0;  // its mean js_similarity over the validation items

    bool operator==(const Input&) const = default;
  };
  std::string pool;  // "linear" or "logarithmic"
  std::vector<Input> inputs;
  std::size_t validationItems = 0;  // that the weights were fitted on
  double similarity = 0.0;          // the pool's mean js_similarity in cross-validation over them

  bool operator==(const PooledSource&) const = default;
};

// What intervals of predictions hold, and what they were learned from.
struct IntervalSource {
  double level = 0.0;  // how often all shares of an item are within them, as they were made
  std::string
      newBy;  // what is new in the items that they are for: "cell", "question", "population"
  std::optional<double> respondents = std::nullopt;  // of the sample that they are for
  std::size_t items = 0;                             // that they were learned from
  std::size_t groups = 0;                            // that these are in, which are exchangeable

  bool operator==(const IntervalSource&) const = default;
};

// Where predictions come from.
struct PredictionSource {
  std::string model;         // folder, or the name of a baseline
  std::string adapter;       // empty if there is none
  std::string templateName;  // empty if none was used
  std::string precision;     // "fp32", "bf16", "fp32, Q8_0 weights", or empty
  std::string reading =
      {};  // how written answers were generated and read; empty for the first token
  std::string calibration = {};  // what recalibration was done to them, in words; empty for none
  // Of a combination only.
  std::optional<PooledSource> pooled = std::nullopt;
  std::string evidence = {};  // where answers that prompts show are from; empty if they show none
  std::optional<IntervalSource> intervals = std::nullopt;  // if predictions have any

  bool operator==(const PredictionSource&) const = default;
};

// What any predictor (model, baseline, combination) yields.
struct Predictions : PredictionSource {
  std::vector<Prediction> predictions;
};

// predictions.jsonl: a header line
// {"canvass":"predictions","version":1,"model":...,"template":...}, then one prediction per line;
// version 2 if they have intervals. docs/file-forms.md has every key.
void writePredictions(const Predictions& predictions, const std::filesystem::path& path);
// Throws Error naming file:line if the file is not such a file.
Predictions readPredictions(const std::filesystem::path& path);

// Writes predictions as they come, so that a sweep need not fit into memory. The file appears,
// whole, with commit(); without it nothing is left behind.
class PredictionWriter {
 public:
  PredictionWriter(const PredictionSource& source, const std::filesystem::path& path,
                   Storage& storage = disk());

  // Throws Error if the prediction's probabilities are not a distribution over its labels, its
  // logits or option mass are not numbers, or its item was already written.
  void write(const Prediction& prediction);
  void commit() { file_.commit(); }

 private:
  std::string name_;
  AtomicFile file_;
  std::set<ItemId> written_;
};

}  // namespace canvass
