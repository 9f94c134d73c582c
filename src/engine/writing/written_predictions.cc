#include "engine/writing/written_predictions.h"

#include <fmt/format.h>

#include <utility>

#include "asking/percentages.h"
#include "engine/scoring/encoded_prompt.h"

namespace canvass {
namespace {

// Makes an item's prediction of its texts.
class TextReader {
 public:
  TextReader(const Survey& survey, const std::vector<Prompt>& prompts, bool percentages,
             const WrittenRecordSink& records, WrittenPredictWork& work)
      : survey_(survey),
        prompts_(prompts),
        percentages_(percentages),
        records_(records),
        work_(work) {}

  Prediction predictionOf(std::size_t item, const std::vector<WrittenText>& texts) const {
    Prediction prediction = predictionFor(survey_, survey_.items[item]);
    if (percentages_) {
      readPercentagesInto(prediction, item, texts.front());
    } else {
      readAnswersInto(prediction, item, texts);
    }
    work_.failed += !prediction.failure.empty();
    return prediction;
  }

 private:
  void record(const Prediction& prediction, std::size_t sample, const WrittenText& text,
              std::string read) const {
    if (!records_) return;
    records_({prediction.question, prediction.population, sample, text.text, std::move(read)});
  }

  void readPercentagesInto(Prediction& prediction, std::size_t item,
                           const WrittenText& text) const {
    WrittenDistribution written = readPercentages(text.text, prompts_[item].labels);
    record(prediction, 0, text, written.fault.empty() ? "percentages" : written.fault);
    prediction.probabilities = std::move(written.shares);
    prediction.failure = std::move(written.fault);
  }

  void readAnswersInto(Prediction& prediction, std::size_t item,
                       const std::vector<WrittenText>& texts) const {
    Question shown = survey_.questionOf(survey_.items[item]);
    for (std::size_t k = 0; k < shown.options.size(); ++k) {
      shown.options[k].label = prompts_[item].labels[k];
    }
    std::vector<double> counts(shown.options.size(), 0.0);
    SampledAnswers sampled;
    for (std::size_t sample = 0; sample < texts.size(); ++sample) {
      const WrittenAnswer answer = readWrittenAnswer(texts[sample].text, shown);
      ++work_.byKind[static_cast<std::size_t>(answer.kind)];
      const bool chosen = answer.kind == AnswerKind::label || answer.kind == AnswerKind::text;
      if (chosen) {
        ++sampled.chosen;
        counts[answer.option] += 1.0;
      } else {
        ++(answer.kind == AnswerKind::refusal ? sampled.refused : sampled.unmatched);
      }
      record(prediction, sample, texts[sample],
             chosen ? prediction.labels[answer.option] : answerKindName(answer.kind));
    }
    prediction.sampled = sampled;
    if (sampled.chosen == 0) {
      prediction.failure = fmt::format("none of {} texts chose an option", texts.size());
      return;
    }
    for (double& count : counts) count /= static_cast<double>(sampled.chosen);
    prediction.probabilities = std::move(counts);
  }

  const Survey& survey_;
  const std::vector<Prompt>& prompts_;
  bool percentages_;
  const WrittenRecordSink& records_;
  WrittenPredictWork& work_;
};

bool readsPercentages(const WrittenPredictOptions& options) {
  return options.asking.reading() == Reading::percentages;
}

}  // namespace

WrittenPredictWork predictInWriting(const PredictionSink& sink, const WrittenRecordSink& records,
                                    const LanguageModel& model, const Survey& survey,
                                    const WrittenPredictOptions& options, Progress& progress) {
  const bool percentages = readsPercentages(options);
  const auto prompts = renderItems(survey, options.asking, options.evidence);
  checkWritesNothing(options.asking, prompts);
  const PromptEncoder encoder(model);
  std::vector<WritingTask> tasks;
  for (std::size_t i = 0; i < prompts.size(); ++i) {
    const Question& question = survey.questionOf(survey.items[i]);
    const Population& population = survey.populationOf(survey.items[i]);
    tasks.push_back(
        {encoder.tokensOf(prompts[i], question, population), placeOf(question, population)});
  }
  WritingOptions writing = options.writing;
  if (percentages) writing.samples = 1;
  WrittenPredictWork work;
  const TextReader reader(survey, prompts, percentages, records, work);
  const auto take = [&](std::size_t item, const std::vector<WrittenText>& texts) {
    sink({reader.predictionOf(item, texts)});
  };
  work.writing = writeTexts(take, model, tasks, writing, progress);
  return work;
}

PredictionSource sourceOf(const LanguageModel& model, const WrittenPredictOptions& options) {
  return {model.name, model.adapterName, options.asking.name(), precisionOf(model),
          readingOf(options)};
}

std::string readingOf(const WrittenPredictOptions& options) {
  const WritingOptions& writing = options.writing;
  const bool percentages = readsPercentages(options);
  std::string text =
      percentages ? fmt::format("a text of up to {} tokens", writing.maxTokens)
                  : fmt::format("{} texts of up to {} tokens", writing.samples, writing.maxTokens);
  text += fmt::format(" at temperature {:g}", writing.sampling.temperature);
  if (writing.sampling.topP < 1.0) text += fmt::format(", top-p {:g}", writing.sampling.topP);
  if (writing.sampling.temperature > 0.0) text += fmt::format(", seed {}", writing.seed);
  return text + (percentages ? ", read for its percentages" : ", read for the options they choose");
}

}  // namespace canvass
