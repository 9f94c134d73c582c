#include "report/checklist/checklist.h"

#include <nlohmann/json.hpp>

#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const Json evaluationOfModel = Json::parse(R"({
  "model": "tiny.gguf", "metrics": {"js_similarity": 0.9}, "denominators": {"js_similarity": 12},
  "intervals": {"js_similarity": {"low": 0.85, "high": 0.95}},
  "baselines": {"uniform": {"metrics": {"js_similarity": 0.7}}},
  "interval_coverage": {"level": 0.9, "coverage": 0.875, "items": 8},
  "diagnostics": {
    "figures": [
      {"id": "dispersion_between", "finding": "below", "says": "flattened"},
      {"id": "gap_slope", "attribute": "sex", "finding": "above", "says": "stereotyped"},
      {"id": "error", "says": "of means"},
      {"id": "cutoff_difference", "finding": "as ideal", "value": 0.012, "says": "as well"}],
    "parity": [{"grouping": "sex", "difference": 0.05, "by_chance": 0.01,
                "groups": [{"name": "men"}, {"name": "women"}]}]}})");
const Json evaluationOfBaseline = Json::parse(R"({"model": "baseline:question_mean"})");
const Json evaluationWithoutMore = Json::parse(R"({"model": "tiny.gguf"})");

ChecklistEntry entryOf(const ChecklistSources& sources, const std::string& title) {
  for (const ChecklistSection& section : checklistOf(sources)) {
    for (const ChecklistEntry& entry : section.entries) {
      if (entry.title == title) return entry;
    }
  }
  ADD_FAILURE() << "no entry " << title;
  return {};
}

std::string knownOf(const ChecklistEntry& entry) {
  std::string text;
  for (const std::string& sentence : entry.known) text += sentence + "\n";
  return text;
}

TEST(Checklist, TakesFromTheSurveyWhatItKnows) {
  Survey survey = makeSurvey({makeQuestion("q1", 2)}, {"JP", "PE"});
  survey.source = "The tea board, 2024";
  survey.weighting = "unweighted";
  for (Population& one : survey.populations) one.date = one.id == "JP" ? "2024-02" : "2024-01";
  for (std::size_t p = 0; p < 2; ++p) {
    addItem(survey, 0, p, {0.5, 0.5});
    survey.items.back().respondents = p == 0 ? 1200 : 480;
  }
  const ChecklistSources sources{"1", &survey, {{"run", &evaluationOfModel, {}}}, {}};
  EXPECT_THAT(knownOf(entryOf(sources, "Sponsor and conductor")), HasSubstr("The tea board, 2024"));
  EXPECT_EQ(knownOf(entryOf(sources, "Dates of data collection")), "2024-01 to 2024-02.\n");
  EXPECT_EQ(knownOf(entryOf(sources, "Sample sizes and precision")),
            "n from 480 to 1,200 (2 of 2 items).\n");
  for (const char* title : {"Dates of data collection", "Sample sizes and precision", "Weighting",
                            "Measurement instruments"}) {
    EXPECT_EQ(entryOf(sources, title).missing, "") << title;
  }
  EXPECT_NE(entryOf(sources, "Sample").missing, "");
}

TEST(Checklist, AsksForWhatTheSurveyDoesNotKnow) {
  Survey survey = makeSurvey({makeQuestion("q1", 2)}, {"JP"});
  addItem(survey, 0, 0, {0.5, 0.5});
  const ChecklistSources sources{"1", &survey, {{"run", &evaluationOfModel, {}}}, {}};
  for (const char* title : {"Dates of data collection", "Sample sizes and precision", "Weighting",
                            "Sponsor and conductor"}) {
    EXPECT_TRUE(entryOf(sources, title).known.empty()) << title;
    EXPECT_NE(entryOf(sources, title).missing, "") << title;
  }
}

TEST(Checklist, TakesFromRunsWhatTheyKnow) {
  PredictionSource source;
  source.model = "tiny.gguf";
  source.templateName = "paper";
  source.precision = "bf16";
  const ChecklistSources sources{"1", nullptr, {{"tuned", &evaluationOfModel, source}}, {}};
  EXPECT_THAT(knownOf(entryOf(sources, "Configuration")), HasSubstr("precision bf16; first-token"));
  EXPECT_THAT(knownOf(entryOf(sources, "Prompts")), HasSubstr("template paper"));
  EXPECT_EQ(knownOf(entryOf(sources, "Validation against people")),
            "tuned: js_similarity 0.900 (0.850 to 0.950) over 12 items; uniform 0.700.\n");
  EXPECT_EQ(knownOf(entryOf(sources, "Known faults of the predictions")),
            "tuned: flattened; sex: stereotyped.\n");
  EXPECT_THAT(knownOf(entryOf(sources, "Differences between groups")),
              HasSubstr("best predicted men, worst women"));
  EXPECT_THAT(knownOf(entryOf(sources, "Uncertainty of single estimates")),
              HasSubstr("intervals of 90% held in 87.5% of 8 items"));
  EXPECT_THAT(knownOf(entryOf(sources, "Memorization")), HasSubstr("as well (+0.012)"));
  EXPECT_NE(entryOf(sources, "Training").missing, "");
}

TEST(Checklist, AsksForNoPromptOfABaseline) {
  const ChecklistSources sources{"1", nullptr, {{"mean", &evaluationOfBaseline, {}}}, {}};
  for (const char* title : {"Prompts", "Training", "Memorization", "Models and versions"}) {
    EXPECT_EQ(entryOf(sources, title).missing, "") << title;
    EXPECT_FALSE(entryOf(sources, title).known.empty()) << title;
  }
  EXPECT_THAT(knownOf(entryOf(sources, "Configuration")), HasSubstr("a simple predictor"));
}

TEST(Checklist, IsMarkdownWithBoxesAndJson) {
  const ChecklistSources sources{"1", nullptr, {{"a_b", &evaluationWithoutMore, {}}}, {}};
  const auto sections = checklistOf(sources);
  const std::string text = checklistMarkdown(sections, "Tea *and* more");
  EXPECT_THAT(text,
              AllOf(HasSubstr("# Tea \\*and\\* more: what was done"), HasSubstr("- [x] **Access**"),
                    HasSubstr("a\\_b: tiny.gguf."), HasSubstr("*To add: the survey, with")));
  const Json json = checklistJson(sections);
  EXPECT_EQ(json[0]["title"], "The survey");
  EXPECT_EQ(json[1]["entries"][3]["title"], "Access");
  EXPECT_EQ(json[1]["entries"][3]["missing"], "");
}

}  // namespace
}  // namespace canvass
