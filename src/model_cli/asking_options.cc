#include "model_cli/asking_options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <utility>

#include "asking/evidence.h"
#include "base/error.h"
#include "engine/embedding/sentence_embedder.h"
#include "model_cli/model_options.h"

namespace canvass {
namespace {

constexpr std::size_t answerTokens = 32;
constexpr std::size_t percentageTokens = 200;

}  // namespace

bool AskingArguments::inWriting() const {
  const Template& asking = findTemplate(templateName);
  const bool percentages = asking.reading() == Reading::percentages;
  if (percentages && read != "auto") {
    throw Error(fmt::format("the template '{}' is read for its percentages", templateName), "",
                "leave --read out, or choose another template");
  }
  if (read == "text" && asking.hasThoughts()) {
    throw Error(fmt::format("the template '{}' is read from the first token after its thoughts",
                            templateName),
                "", "leave --read out, or choose another template");
  }
  return percentages || read == "text";
}

PredictOptions AskingArguments::firstToken(const EvidenceFor& finder) const {
  return {templateName, forest, finder, {temperatureGiven ? temperature : 0.0, topP}, seed};
}

WrittenPredictOptions AskingArguments::writing(const EvidenceFor& finder) const {
  const bool percentages = findTemplate(templateName).reading() == Reading::percentages;
  WritingOptions options;
  // A distribution in writing is asked for once: the likeliest text, unless said otherwise.
  options.sampling = {percentages && !temperatureGiven ? 0.0 : temperature, topP};
  options.samples = samples;
  options.mostTokens = mostTokens > 0 ? mostTokens : percentages ? percentageTokens : answerTokens;
  options.stops = stops;
  options.seed = seed;
  options.forest = forest;
  return {templateName, options, finder};
}

std::string AskingArguments::evidenceText() const {
  const std::string text = fmt::format("{}", fmt::join(evidence.files, ", "));
  return encoder.empty() ? text : fmt::format("{}, found by {}", text, encoder);
}

EvidenceFor AskingArguments::evidenceFor(const Survey& toPredict) const {
  if (evidence.files.empty()) {
    if (encoder.empty()) return {};
    throw Error("there is no evidence to find", "--encoder", "give --evidence SURVEY too");
  }
  if (findTemplate(templateName).evidenceWanted() == 0) {
    throw Error(fmt::format("the template '{}' shows no evidence", templateName), "",
                "leave --evidence out, or choose a template that shows some, such as few-shot");
  }
  std::shared_ptr<const TextEmbedder> embedder;
  if (!encoder.empty()) embedder = std::make_shared<SentenceEmbedder>(*openModel(encoder));
  const auto source =
      std::make_shared<EvidenceSource>(evidence.load(), toPredict, std::move(embedder));
  return [source](const Question& question, const Population& population, std::size_t count) {
    return source->forItem(question, population, count);
  };
}

void addAskingOptions(CLI::App& verb, AskingArguments& arguments) {
  addTemplateOption(verb, arguments.templateName);
  addForestOptions(verb, arguments.forest);
  addSurveyOptions(verb, arguments.evidence, "--evidence",
                   "observed answers that a template may show; never those to be predicted", false);
  verb.add_option("--encoder", arguments.encoder,
                  "a Hugging Face folder of a small encoder: evidence is of questions alike in "
                  "meaning instead of in words");
  verb.add_option("--read", arguments.read,
                  "how the answer is read: first-token, or text (what the model writes, many "
                  "times); auto: as the template says")
      ->capture_default_str()
      ->check(CLI::IsMember({"auto", "first-token", "text"}));
  verb.add_option("--samples", arguments.samples, "texts to write for each item, with --read text")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000000));
  verb.add_option_function<double>(
          "--temperature",
          [&arguments](double value) {
            arguments.temperature = value;
            arguments.temperatureGiven = true;
          },
          "of texts: 1 by default, 0 (the likeliest) where one text is read for percentages or is "
          "written before the answer")
      ->check(CLI::Range(0.0, 100.0));
  verb.add_option("--top-p", arguments.topP, "draw from the likeliest tokens with this probability")
      ->capture_default_str()
      ->check(CLI::Range(1e-6, 1.0));
  verb.add_option("--max-tokens", arguments.mostTokens,
                  "of each text; by default 32, 200 for percentages")
      ->check(CLI::Range(1, 100000));
  verb.add_option("--stop", arguments.stops, "end a text before this; may be given several times");
  verb.add_option("--seed", arguments.seed, "of the texts")->capture_default_str();
}

}  // namespace canvass
