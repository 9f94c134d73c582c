// Predictions from what a model writes, and after it has thought in writing.
#include "engine/writing/written_predictions.h"

#include <cmath>
#include <map>
#include <stdexcept>

#include "engine/scoring/encoded_prompt.h"
#include "engine/scoring/scorer.h"
#include "engine/small_world.h"
#include "engine/writing/thoughts.h"
#include "evaluation/evaluation.h"

namespace canvass {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class WrittenPredictions : public ::testing::Test {
 protected:
  std::vector<Prediction> predict(const WrittenPredictOptions& options) {
    std::vector<Prediction> all;
    const auto sink = [&](const std::vector<Prediction>& made) {
      all.insert(all.end(), made.begin(), made.end());
    };
    const auto keep = [&](const WrittenRecord& record) { records.push_back(record); };
    work = predictInWriting(sink, keep, model, survey, options, noProgress());
    return all;
  }

  Predictions predictFirst(const std::string& templateName = "paper") const {
    return canvass::predict(model, survey, {findTemplate(templateName)}, noProgress());
  }

  static const Prediction& find(const Predictions& all, const Prediction& wanted) {
    for (const Prediction& one : all.predictions) {
      if (one.question == wanted.question && one.population == wanted.population) return one;
    }
    throw std::out_of_range("not predicted");
  }

  Survey survey = test::smallSurvey();
  const test::SmallModel folder{survey, 10.0};
  LanguageModel model = folder.load();
  std::vector<WrittenRecord> records;
  WrittenPredictWork work;
};

TEST_F(WrittenPredictions, CountTheOptionsThatTextsChoose) {
  const auto predictions = predict(
      {findTemplate("paper"), {.sampling = {2.0, 1.0}, .samples = 300, .maxTokens = 1, .seed = 5}});
  ASSERT_THAT(predictions, SizeIs(survey.items.size()));
  ASSERT_THAT(records, SizeIs(300 * survey.items.size()));
  std::map<std::pair<std::string, std::string>, std::map<std::string, double>> read;
  for (const WrittenRecord& record : records)
    read[{record.question, record.population}][record.read] += 1;
  std::size_t chosen = 0;
  for (const Prediction& prediction : predictions) {
    auto& counts = read[{prediction.question, prediction.population}];
    ASSERT_TRUE(prediction.sampled);
    EXPECT_EQ(
        prediction.sampled->chosen + prediction.sampled->refused + prediction.sampled->unmatched,
        300u);
    EXPECT_EQ(prediction.sampled->unmatched, static_cast<std::size_t>(counts["none"]));
    chosen += prediction.sampled->chosen;
    if (prediction.sampled->chosen == 0) {
      EXPECT_EQ(prediction.failure, "none of 300 texts chose an option");
      EXPECT_THAT(prediction.probabilities, IsEmpty());
      continue;
    }
    for (std::size_t k = 0; k < prediction.labels.size(); ++k) {
      EXPECT_DOUBLE_EQ(
          prediction.probabilities[k],
          counts[prediction.labels[k]] / static_cast<double>(prediction.sampled->chosen));
    }
  }
  EXPECT_GT(chosen, 0u);
  EXPECT_EQ(work.byKind[0] + work.byKind[2], chosen);
}

// One token of text is an option's label as often as the first token's distribution says.
TEST_F(WrittenPredictions, OfOneTokenAgreeWithTheFirstToken) {
  constexpr std::size_t samples = 4000;
  survey = selectItems(survey, {0, 1});
  const auto written = predict({findTemplate("paper"), {.samples = samples, .maxTokens = 1}});
  const Predictions read = predictFirst();
  for (std::size_t i = 0; i < written.size(); ++i) {
    const Prediction& first = find(read, written[i]);
    const auto chosen = static_cast<double>(written[i].sampled->chosen);
    EXPECT_NEAR(chosen / samples, *first.optionMass, 0.04);
    if (chosen < 100) continue;
    for (std::size_t k = 0; k < first.probabilities.size(); ++k) {
      const double p = first.probabilities[k];
      EXPECT_NEAR(written[i].probabilities[k], p, 4.5 * std::sqrt(p * (1.0 - p) / chosen) + 0.01);
    }
  }
}

TEST_F(WrittenPredictions, AnItemWithoutPercentagesSaysWhy) {
  const auto predictions = predict({findTemplate("verbalised"), {.maxTokens = 8}});
  ASSERT_THAT(predictions, SizeIs(survey.items.size()));
  EXPECT_EQ(work.failed, survey.items.size());
  Predictions all;
  all.predictions = predictions;
  const Evaluation evaluation = evaluate(survey, all);
  EXPECT_THAT(evaluation.items, IsEmpty());
  ASSERT_THAT(evaluation.skipped, SizeIs(survey.items.size()));
  EXPECT_THAT(evaluation.skipped[0].reason,
              HasSubstr("the model gave no answer: no percentage for A"));
}

TEST_F(WrittenPredictions, SayHowTheyWereRead) {
  EXPECT_EQ(
      readingOf({findTemplate("paper"),
                 {.sampling = {0.7, 0.9}, .samples = 20, .maxTokens = 32, .seed = 3}}),
      "20 texts of up to 32 tokens at temperature 0.7, top-p 0.9, seed 3, read for the options "
      "they choose");
  EXPECT_EQ(readingOf({findTemplate("verbalised"), {.sampling = {0.0, 1.0}, .maxTokens = 200}}),
            "a text of up to 200 tokens at temperature 0, read for its percentages");
}

// The first token after the thoughts is read as that of a prompt in which they stand.
TEST_F(WrittenPredictions, ThoughtsStandInThePromptThatIsRead) {
  const Predictions thought = predictFirst("reasoning");
  std::vector<Prompt> prompts = renderItems(survey, findTemplate("reasoning"));
  const std::vector<Prompt> before = prompts;
  ASSERT_TRUE(writeThoughts(prompts, model, survey, {.sampling = {0.0, 1.0}}, noProgress()));
  for (std::size_t i = 0; i < prompts.size(); ++i) {
    const std::size_t turn = prompts[i].thoughts->turn;
    EXPECT_TRUE(prompts[i].turns[turn].content.starts_with(before[i].turns[turn].content));
    EXPECT_GT(prompts[i].turns[turn].content.size(), before[i].turns[turn].content.size());
    prompts[i].turns[turn].content = before[i].turns[turn].content;
    EXPECT_EQ(prompts[i].turns, before[i].turns);
  }
  EXPECT_THAT(thought.reading, HasSubstr("after thoughts"));
  EXPECT_EQ(thought.predictions.size(), survey.items.size());
  EXPECT_NE(thought.predictions[0].probabilities,
            predictFirst("paper").predictions[0].probabilities);
  EXPECT_EQ(thought.predictions[3].probabilities,
            predictFirst("reasoning").predictions[3].probabilities);
}

}  // namespace
}  // namespace canvass
