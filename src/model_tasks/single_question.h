#pragma once

#include <string>
#include <vector>

#include "predictions/predictions.h"
#include "predictions/predictor.h"
#include "survey/survey.h"

namespace canvass {

// One question to one population.
struct SingleQuestion {
  std::string population;  // "Japan"
  std::string phrase;      // the phrase for a member; empty: "someone from Japan"
  std::string question;
  std::vector<std::string> options;  // their texts, in order; up to 26
  std::string language = "en";
};

// The survey of its one item, options lettered from A. Throws Error for more options than letters
// and for anything that a survey cannot hold.
Survey surveyOf(const SingleQuestion& asked);

// Its prediction. Throws Error with the reason if the model gave no distribution.
Prediction askOne(const Predictor& predictor, const Survey& survey, Progress& progress);

}  // namespace canvass
