#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "asking/ask.h"
#include "asking/written_answer.h"
#include "base/progress.h"
#include "engine/scoring/scorer.h"
#include "engine/writing/writer.h"

namespace canvass {

// Predictions from what a model writes instead of from its first token.
//
// A template that reads percentages is asked for one text: its distribution is the prediction. With
// any other, the texts of an item count as answers of that many people, each read for the option it
// chooses (readWrittenAnswer), and the shares of the options among those that chose one are the
// prediction; their sampling error is that of that many draws.

struct WrittenPredictOptions {
  Template asking;
  WritingOptions writing;
  EvidenceFor evidence = {};
};

// One text that was written for an item.
struct WrittenRecord {
  std::string question;
  std::string population;
  std::size_t sample = 0;
  std::string text;
  std::string read;  // the label of the option chosen, "refusal", "none"; of percentages, what is
                     // wrong with them or "percentages"
};
using WrittenRecordSink = std::function<void(const WrittenRecord&)>;

struct WrittenPredictWork {
  WritingWork writing;
  std::size_t failed = 0;                 // items without a distribution
  std::size_t byKind[answerKindCount]{};  // texts by AnswerKind; none if percentages are read
};

// The prediction of every item of the survey: `sink` takes them one item at a time, `records` each
// text before its item's prediction. An item none of whose texts chose an option, or whose
// percentages cannot be read, gets a prediction that says why it failed.
WrittenPredictWork predictInWriting(const PredictionSink& sink, const WrittenRecordSink& records,
                                    const LanguageModel& model, const Survey& survey,
                                    const WrittenPredictOptions& options, Progress& progress);

// Where these predictions come from, as in the header of their file.
PredictionSource sourceOf(const LanguageModel& model, const WrittenPredictOptions& options);

// How these texts are made and read, as a file of predictions says: "20 texts of up to 32 tokens at
// temperature 1, seed 0, read for the options they choose".
std::string readingOf(const WrittenPredictOptions& options);

}  // namespace canvass
