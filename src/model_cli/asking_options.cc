#include "model_cli/asking_options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <map>

#include "model_cli/model_options.h"

namespace canvass {
namespace {

void addReadingOption(CLI::App& verb, AnswerReading& reading) {
  static const std::map<std::string, AnswerReading> readings = {
      {"auto", AnswerReading::asTheTemplateSays},
      {"first-token", AnswerReading::firstToken},
      {"text", AnswerReading::text}};
  verb.add_option_function<std::string>(
          "--read", [&reading](const std::string& name) { reading = readings.at(name); },
          "how the answer is read: first-token, or text (what the model writes, many times); auto: "
          "as the template says")
      ->default_str("auto")
      ->check(CLI::IsMember({"auto", "first-token", "text"}));
}

void addWritingOptions(CLI::App& verb, PredictorOptions& options) {
  verb.add_option("--samples", options.samples, "texts to write for each item, with --read text")
      ->default_str("20")
      ->check(CLI::Range(1, 1000000));
  verb.add_option(
          "--temperature", options.temperature,
          "of texts: 1 by default, 0 (the likeliest) if one text is read for percentages or "
          "is written before the answer")
      ->check(CLI::Range(0.0, 100.0));
  verb.add_option("--top-p", options.topP, "draw from the likeliest tokens with this probability")
      ->default_str("1")
      ->check(CLI::Range(1e-6, 1.0));
  verb.add_option("--max-tokens", options.maximumTokens,
                  "of each text; by default 32, 200 for percentages")
      ->check(CLI::Range(1, 100000));
  verb.add_option("--stop", options.stops, "end a text before this; may be given several times");
  verb.add_option("--seed", options.seed, "of the texts")->default_str("0");
  verb.add_option("--texts", options.texts, "keep what the model wrote in this file")
      ->type_name("FILE");
}

}  // namespace

PredictorOptions AskingArguments::load() const {
  PredictorOptions all = options;
  if (!evidence.files.empty()) {
    all.evidence =
        EvidenceChoice{evidence.load(), fmt::format("{}", fmt::join(evidence.files, ", "))};
  }
  return all;
}

void addAskingOptions(CLI::App& verb, AskingArguments& arguments) {
  PredictorOptions& options = arguments.options;
  addModelOptions(verb, options.model, true);
  addTemplateOption(verb, options.templateName);
  addForestOptions(verb, options.forest, ForestOptions().tokenBudget);
  addSurveyOptions(verb, arguments.evidence, "--evidence",
                   "observed answers that a template may show; never those to be predicted", false);
  addModelOption(verb, "--encoder",
                 "a Hugging Face folder of a small encoder: evidence is of questions alike in "
                 "meaning instead of in words",
                 options.encoder);
  addReadingOption(verb, options.reading);
  addWritingOptions(verb, options);
  verb.add_flag("--timing", options.timing,
                "say where the time went, next to what the processor could do");
}

}  // namespace canvass
