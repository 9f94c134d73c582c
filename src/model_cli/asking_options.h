#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/options.h"
#include "engine/scoring/scorer.h"
#include "engine/writing/written_predictions.h"

namespace canvass {

// How a model is asked and its answer read, as options of `predict`.
struct AskingArguments {
  std::string templateName;
  std::string read = "auto";  // "auto", "first-token", "text"
  SurveyArguments evidence;
  std::string encoder;  // that finds evidence by its meaning; empty: it is found by its words
  ForestOptions forest;
  std::size_t samples = 20;
  double temperature = 1.0;
  bool temperatureGiven = false;
  double topP = 1.0;
  std::size_t mostTokens = 0;  // 0: as the way of reading needs
  std::vector<std::string> stops;
  std::uint64_t seed = 0;

  // Whether the answer is read from what the model writes. Throws Error where the template cannot
  // be read as asked.
  bool inWriting() const;
  // The evidence in words, for the header of predictions; empty where there is none.
  std::string evidenceText() const;
  // What finds evidence for the items of a survey; nothing where none was given. Throws Error where
  // the template shows none.
  EvidenceFor evidenceFor(const Survey& toPredict) const;
  PredictOptions firstToken(const EvidenceFor& evidence) const;
  WrittenPredictOptions writing(const EvidenceFor& evidence) const;
};
void addAskingOptions(CLI::App& verb, AskingArguments& arguments);

}  // namespace canvass
