#include "model_cli/asking_options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <map>

#include "cli/number_checks.h"
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
          "how to read the answer: first-token, text (what the model writes, many times), or auto "
          "(as the template says)")
      ->default_str("auto")
      ->check(CLI::IsMember({"auto", "first-token", "text"}));
}

void addWritingOptions(CLI::App& verb, PredictorOptions& options) {
  verb.add_option("--samples", options.samples,
                  "number of texts to write per item, with --read text")
      ->check(wholeNumber(1, 1'000'000))
      ->default_str("20");
  verb.add_option("--temperature", options.temperature,
                  "sampling temperature of texts; by default 1, or 0 (the most likely text) if one "
                  "text is read for percentages or is written before the answer")
      ->check(number(0.0, 100.0));
  verb.add_option("--top-p", options.topP,
                  "sample from the most likely tokens with this total probability")
      ->check(number(1e-6, 1.0))
      ->default_str("1");
  verb.add_option("--max-tokens", options.maximumTokens,
                  "max number of tokens per text; by default 32, or 200 for percentages")
      ->check(wholeNumber(1, 100'000));
  verb.add_option("--stop", options.stops,
                  "string before which a text ends; may be given several times");
  verb.add_option("--seed", options.seed, "random seed of the texts")
      ->check(seedNumber())
      ->default_str("0");
  verb.add_option("--texts", options.texts, "file to keep the model's texts in")->type_name("FILE");
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
  addSurveyOptions(
      verb, arguments.evidence, "--evidence",
      "survey with observed answers that a template may show; never those to be predicted", false);
  addModelOption(verb, "--encoder",
                 "small encoder (folder or name on the Hugging Face hub), to find evidence by "
                 "meaning instead of by wording",
                 options.encoder);
  addReadingOption(verb, options.reading);
  addWritingOptions(verb, options);
  verb.add_flag("--timing", options.timing,
                "report where the time went, compared with what the processor could do");
}

}  // namespace canvass
