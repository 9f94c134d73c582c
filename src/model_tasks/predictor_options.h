#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/forest/forest.h"
#include "engine/language_model.h"
#include "survey/survey.h"

namespace canvass {

// Which model, and how it is computed. What is empty was not requested.
struct ModelChoice {
  std::shared_ptr<const ModelFiles> model;
  std::shared_ptr<const ModelFiles> adapter;  // PEFT's files; null for none
  std::optional<std::string> precision;       // "auto" by default, "fp32", "bf16"
  std::optional<std::string> weights;  // "auto" by default, "dense", "stored", "q8_0", "q4_k"
  std::optional<std::string> chat;     // "auto" by default; see ChatFormat::choose
  std::optional<std::string> device;   // "auto" by default, "cpu", "cuda", "cuda:N"
  int threads = 0;                     // 0 for all processors

  // The files of the last training: the adapter's if there is one, else the model's.
  const ModelFiles& trainedFiles() const;
  // Throws Error for a word that is not one of the choices.
  ModelOptions options() const;
};

// How prompts share their beginnings. What is empty was not requested.
struct ForestChoice {
  std::optional<std::size_t> tokenBudget, minimumSharedPrefix;

  ForestOptions over(ForestOptions defaults) const;
};

// Observed answers that a template may show.
struct EvidenceChoice {
  Survey observed;
  std::string name;  // their source, for the header of predictions
};

enum class AnswerReading { asTheTemplateSays, firstToken, text };

// A model and how to ask it, as far as the user chose. What is empty is settled when a predictor is
// made, by what the model folder holds and by how the answer is read.
struct PredictorOptions {
  ModelChoice model;
  std::optional<std::string> templateName;  // by default the one of the training, else "paper"
  ForestChoice forest;
  std::optional<EvidenceChoice> evidence;
  // Finds evidence by meaning; null: by words.
  std::shared_ptr<const ModelFiles> encoder;
  AnswerReading reading = AnswerReading::asTheTemplateSays;
  std::string answerPrefix;  // opens the answer; empty: the template's words
  // Of what the model writes.
  std::optional<std::size_t> samples;        // texts of each item; 20 by default
  std::optional<double> temperature;         // 1 by default, 0 if one text is written
  std::optional<double> topP;                // 1 by default
  std::optional<std::size_t> maximumTokens;  // of each text; 32 by default, 200 for percentages
  std::vector<std::string> stops;
  std::optional<std::uint64_t> seed;  // 0 by default
  std::filesystem::path texts;        // keeps what was written; empty: it is not kept
  bool timing = false;                // measure where the time goes
};

}  // namespace canvass
