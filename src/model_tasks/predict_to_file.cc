#include "model_tasks/predict_to_file.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/file.h"
#include "base/list_text.h"
#include "survey/survey_file.h"

namespace canvass {
namespace {

// All that a prompt may say, without what was observed.
std::string wordsOf(const Survey& survey) {
  Survey words{"", "", survey.language, survey.questions, survey.populations, {}};
  for (Population& population : words.populations) population.sample.reset();
  return surveyToJsonl(words);
}

AnswerDependencies dependenciesOf(const ModelPredictor& predictor, const Survey& survey) {
  AnswerDependencies all = predictor.dependencies();
  all.emplace_back("words of the survey", sha256(wordsOf(survey)));
  all.emplace_back("version of canvass", CANVASS_VERSION);
  return all;
}

}  // namespace

PredictionRun predictToFile(const ModelPredictor& predictor, const Survey& survey,
                            const std::filesystem::path& output, Progress& progress) {
  PredictionRun run;
  run.source = predictor.source();
  PredictionJournal journal(run.source, dependenciesOf(predictor, survey), output);
  const auto missing = journal.missing(survey);
  run.items = survey.items.size();
  run.resumed = run.items - missing.size();
  if (run.resumed > 0) {
    progress.message(fmt::format("continuing after {} of an earlier run, kept in {}",
                                 counted(run.resumed, "prediction"), journal.path().string()));
  }
  const auto append = [&](const std::vector<Prediction>& made) { journal.append(made); };
  run.work = predictor.predictWithWork(selectItems(survey, missing), append, progress);
  if (journal.size() < run.items) {
    throw Error(fmt::format("stopped after {} of {}; they are kept", grouped(journal.size()),
                            counted(survey.items.size(), "item")),
                journal.path().string(), "run the same command again to continue");
  }
  journal.finish(survey);
  return run;
}

}  // namespace canvass
