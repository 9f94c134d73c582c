#include "report/terminal/terminal.h"

#include <regex>

#include "base/utf8.h"
#include "report/lines.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr TerminalStyle narrow{.width = 40};

Question threeOptions() {
  Question question = makeQuestion("q1", 3, "trust");
  question.text = "How far do you trust people whom you meet for the first time?";
  question.options[0].text = "Completely";
  question.options[1].text = "Not much, or it depends on who it is";
  question.options[2].text = "Never";
  return question;
}

const Population japan{"JP", "Japan", "someone from Japan", {}};

TEST(ItemBars, DrawObservedAndPredictedForEachOption) {
  EXPECT_EQ(itemBars(threeOptions(), japan, {0.5, 0.4, 0.1}, {0.25, 0.75, 0.0}, narrow),
            "How far do you trust people whom you\n"
            "meet for the first time?\n"
            "Japan\n"
            "\n"
            "  A  Completely     ████████       50.0%\n"
            "                    ▒▒▒▒           25.0%\n"
            "  B  Not much, or   ██████▍        40.0%\n"
            "     it depends on  ▒▒▒▒▒▒▒▒▒▒▒▒   75.0%\n"
            "     who it is\n"
            "  C  Never          █▋             10.0%\n"
            "                                    0.0%\n"
            "\n"
            "  ██ observed   ▒▒ predicted\n");
}

TEST(ItemBars, HaveAPlainForm) {
  EXPECT_EQ(predictionBars(makeQuestion("q", 2), japan, {1.0, 0.0}, {.width = 40, .ascii = true}),
            "Text of q\n"
            "Japan\n"
            "\n"
            "  A  Option A  #################  100.0%\n"
            "  B  Option B                       0.0%\n");
}

// A survey, predictions and baselines with long, wide and hostile texts.
struct TerminalExample {
  TerminalExample() {
    observed =
        makeSurvey({threeOptions(), makeQuestion("q2", 2, "", Scale::nominal)}, {"JP", "CN", "AD"});
    observed.populations[0].name = "日本国日本国日本国日本国日本国日本国日本国日本国";
    observed.questions[1].text =
        "请您说明以下各方面在您的生活中有多重要，\x1b[31m非常重要？请您说明以下各方面";
    observed.questions[1].options[0].text = "不太重要，但是有时候还是会考虑到这个方面的影响";
    for (std::size_t population : {0, 1, 2}) {
      const double share = 0.2 + 0.1 * static_cast<double>(population);
      addItem(observed, 0, population, {share, 0.6 - share, 0.4});
      if (population != 1) addItem(observed, 1, population, {share, 1 - share});
    }
    predictions = makePredictions(
        {makePrediction("q1", "JP", {0.2, 0.4, 0.4}), makePrediction("q1", "CN", {0.0, 0.6, 0.4}),
         makePrediction("q1", "AD", {0.4, 0.3, 0.3}), makePrediction("q2", "JP", {0.9, 0.1}),
         makePrediction("q2", "AD", {0.9, 0.2})});
    compared = evaluateWithBaselines(observed, predictions, &observed);
  }

  std::string everything(const TerminalStyle& style) const {
    const ItemScores& scores = compared.evaluation.items.back();
    const Item& item = observed.items[scores.item];
    return skippedSummary(compared.evaluation.skipped, 3, style) +
           bestAndWorstItems(observed, compared.evaluation, 2, style) +
           itemBars(observed.questionOf(item), observed.populationOf(item), *item.observed,
                    scores.predicted, style);
  }

  Survey observed;
  Predictions predictions;
  ComparedEvaluation compared;
};

TEST(Terminal, KeepsToItsWidthWithWideCharacters) {
  const TerminalExample example;
  for (std::size_t width = 40; width <= 130; ++width) {
    for (const bool ascii : {false, true}) {
      for (const std::string& line :
           linesOf(example.everything({.width = width, .ascii = ascii}))) {
        EXPECT_LE(displayWidth(line), width) << line;
      }
    }
  }
}

TEST(Terminal, TableKeepsToEightyColumns) {
  const TerminalExample example;
  for (const std::string& line :
       linesOf(headlineTable(columnsOf(example.compared, "runs/a-model-with-a-long-name")))) {
    EXPECT_LE(displayWidth(line), 80u) << line;
  }
}

TEST(Terminal, ColorChangesNothingButTheColor) {
  const TerminalExample example;
  const auto all = [&](const TerminalStyle& style) {
    return example.everything(style) + headlineTable(columnsOf(example.compared), style);
  };
  const std::string colored = printed(all({.color = true}), {.color = true});
  EXPECT_NE(colored, all({}));
  EXPECT_EQ(std::regex_replace(colored, std::regex("\x1b\\[[0-9;]*m"), ""), all({}));
}

TEST(Terminal, TextsOfASurveyCannotControlTheTerminal) {
  EXPECT_THAT(TerminalExample().everything({}), Not(HasSubstr("\x1b")));
}

TEST(Terminal, PlainTableIsAscii) {
  for (const char byte : headlineTable(columnsOf(TerminalExample().compared), {.ascii = true})) {
    EXPECT_GE(byte, 0);
  }
}

// An evaluation of `items` items whose every mean is `mean`.
Evaluation evaluationOf(const std::string& model, std::size_t items, double mean) {
  Evaluation evaluation;
  evaluation.model = model;
  evaluation.metrics.items = items;
  evaluation.metrics.means.assign(itemMetrics().size(), {mean, items, 0});
  return evaluation;
}

std::string lineWith(const std::string& text, const std::string& part) {
  for (const std::string& line : linesOf(text)) {
    if (line.find(part) != std::string::npos) return line;
  }
  return "no line with " + part;
}

TEST(HeadlineTable, HasARowForEveryMetricAndMarksTheBest) {
  const Evaluation high = evaluationOf("high", 1234, 0.9);
  const Evaluation low = evaluationOf("low", 1234, 0.25);
  const std::string table = headlineTable({{"model one", &high}, {"low", &low}});
  for (const ItemMetric& metric : itemMetrics()) {
    const bool higher = metric.better == Better::higher;
    const std::string row = lineWith(table, std::string(metric.title));
    EXPECT_THAT(row, HasSubstr(higher ? "0.900*" : "0.900 "));
    EXPECT_THAT(row, HasSubstr(higher ? "0.250 " : "0.250*"));
    EXPECT_THAT(row, HasSubstr(higher ? "↑" : "↓"));
    EXPECT_THAT(row, HasSubstr("1,234"));
  }
  EXPECT_THAT(table, HasSubstr("model one"));
}

TEST(HeadlineTable, MarksEveryColumnThatIsBestAndNoneWhereAllAreTheSame) {
  const Evaluation one = evaluationOf("one", 5, 0.7001);
  const Evaluation two = evaluationOf("two", 5, 0.7002);
  const Evaluation three = evaluationOf("three", 5, 0.5);
  EXPECT_THAT(lineWith(headlineTable({{"1", &one}, {"2", &two}, {"3", &three}}), "JS sim"),
              testing::ContainsRegex("0.700\\* +0.700\\* +0.500"));
  EXPECT_THAT(lineWith(headlineTable({{"1", &one}, {"2", &two}}), "JS sim"), Not(HasSubstr("*")));
  EXPECT_THAT(lineWith(headlineTable({{"1", &one}}), "JS sim"), Not(HasSubstr("*")));
}

TEST(HeadlineTable, ComparesNothingOverOtherItems) {
  const Evaluation model = evaluationOf("model", 10, 0.5);
  const Evaluation fewer = evaluationOf("fewer", 9, 0.9);
  const std::string table = headlineTable({{"model", &model}, {"fewer", &fewer}});
  EXPECT_THAT(lineWith(table, "JS similarity"), HasSubstr("0.900†"));
  EXPECT_THAT(table, HasSubstr("† fewer: 9 items, not 10; not compared.\n"));
}

TEST(HeadlineTable, SaysWhatIsInfiniteAndWhatIsUnknown) {
  Evaluation model = evaluationOf("model", 10, 0.5);
  model.metrics.means[metricIndex("kl")] = {std::numeric_limits<double>::infinity(), 10, 2};
  model.metrics.means[metricIndex("emd")] = {0.0, 0, 0};
  const Evaluation other = evaluationOf("other", 10, 0.6);
  const std::string table = headlineTable({{"model", &model}, {"other", &other}}, {.width = 100});
  EXPECT_THAT(lineWith(table, "KL divergence "), HasSubstr("∞"));
  EXPECT_THAT(lineWith(table, "KL divergence "), HasSubstr("0.600*"));
  EXPECT_THAT(lineWith(table, "Earth"), HasSubstr("–"));
  EXPECT_THAT(table,
              HasSubstr("model, KL divergence: infinite for 2 of 10 items, because an option "
                        "that was chosen is predicted 0.\n"));
}

TEST(HeadlineTable, HasColumnsForAModelAndItsBaselines) {
  const TerminalExample example;
  const auto columns = columnsOf(example.compared);
  ASSERT_EQ(columns.size(), 4u);
  EXPECT_EQ(columns[0].title, "model");
  EXPECT_EQ(columns[1].title, "uniform");
  EXPECT_EQ(columns[3].title, "nearest");
  EXPECT_EQ(columnsOf(example.compared, "mine")[0].title, "mine");
}

TEST(HeadlineTable, CeilingIsNeverTheBest) {
  const Evaluation model = evaluationOf("model", 10, 0.5);
  const Evaluation other = evaluationOf("other", 10, 0.4);
  Evaluation ceiling = evaluationOf("noise ceiling", 10, 0.9);
  ceiling.metrics.means[metricIndex("kl")] = {std::numeric_limits<double>::infinity(), 10, 10};
  const std::string table = headlineTable(
      {{"model", &model}, {"other", &other}, {"ceiling", &ceiling, true}}, {.width = 100});
  EXPECT_THAT(lineWith(table, "JS similarity"), testing::ContainsRegex("0.500\\* +0.400 +0.900 "));
  EXPECT_THAT(table, HasSubstr("ceiling: what samples as large as the survey's would score.\n"));
  EXPECT_THAT(table,
              HasSubstr("ceiling, KL divergence: infinite for 10 of 10 items, because a sample "
                        "can miss an option"));
}

TEST(HeadlineTable, CeilingStandsLast) {
  TerminalExample example;
  example.compared.ceiling =
      noiseCeiling(example.observed, example.compared.evaluation, {.respondents = 100});
  const auto columns = columnsOf(example.compared);
  ASSERT_EQ(columns.size(), 5u);
  EXPECT_EQ(columns.back().title, "ceiling");
  EXPECT_TRUE(columns.back().isCeiling);
  EXPECT_THAT(groupTable(columns, Grouping::population), HasSubstr("ceiling"));
}

TEST(SampleComparison, SaysWhatRealSamplesReach) {
  using Kind = EquivalentSampleSize::Kind;
  ComparedEvaluation compared;
  EXPECT_EQ(sampleComparison("mine", compared), "");
  compared.equivalents.resize(itemMetrics().size());
  EXPECT_EQ(sampleComparison("mine", compared), "");
  const std::pair<EquivalentSampleSize, const char*> sizes[] = {
      {{Kind::found, 1.44, 10, {}}, "as good as simple random samples of 1.4 respondents"},
      {{Kind::found, 1234.4, 10, {}}, "as good as simple random samples of 1,234 respondents"},
      {{Kind::fewer, 1, 10, {}}, "not as good as asking a single respondent"},
      {{Kind::more, 5000, 10, {}},
       "better than simple random samples of 5,000 respondents, the largest size tried"},
      {{Kind::undefined, 0, 0, "no item"}, "no equivalent sample size (no item)"},
  };
  for (const auto& [size, words] : sizes) {
    compared.equivalents[0] = size;
    EXPECT_EQ(sampleComparison("mine", compared, "js_similarity", {.width = 200}),
              "mine, JS similarity: " + std::string(words) + ".\n");
  }
  compared.ceiling.emplace();
  compared.ceiling->ceiling = evaluationOf("noise ceiling", 1500, 0.9);
  compared.ceiling->sources = {1000, 480, 20};
  compared.ceiling->achieved.assign(itemMetrics().size(), 0.75);
  compared.ceiling->achieved[metricIndex("tvd")] = std::nullopt;
  EXPECT_THAT(sampleComparison("mine", compared, "js_similarity", {.width = 200}),
              HasSubstr("; 75.0% of the way from uniform to the noise ceiling (1,500 items; sample "
                        "sizes: n_eff of 1,000, n of 480, assumed of 20).\n"));
  compared.ceiling->sources = {0, 1500, 0};
  EXPECT_THAT(sampleComparison("mine", compared, "js_similarity", {.width = 200}),
              HasSubstr("(1,500 items; sample sizes: n)"));
  EXPECT_THAT(sampleComparison("mine", compared, "tvd", {.width = 200}),
              HasSubstr("mine, Total variation: the noise ceiling is no better than uniform"));
}

TEST(SkippedSummary, CountsByReasonAndShowsExamples) {
  EXPECT_EQ(skippedSummary({}), "");
  const std::vector<Skipped> skipped = {{"q1", "JP", "no prediction"},
                                        {"q2", "JP", "no prediction"},
                                        {"q3", "AD", "predicted 2 times"},
                                        {"q4", "JP", "no prediction"}};
  EXPECT_EQ(skippedSummary(skipped, 2),
            "4 skipped, in no figure\n"
            "  3 × no prediction\n"
            "      q1, JP\n"
            "      q2, JP\n"
            "      and 1 more\n"
            "  1 × predicted 2 times\n"
            "      q3, AD\n");
}

TEST(BestAndWorstItems, AreListedByTheMetric) {
  Survey survey = makeSurvey({makeQuestion("q1", 2), makeQuestion("q2", 2)}, {"JP", "AD"});
  addItem(survey, 0, 0, {0.5, 0.5});
  addItem(survey, 0, 1, {0.5, 0.5});
  addItem(survey, 1, 0, {0.5, 0.5});
  const Evaluation evaluation =
      evaluate(survey, makePredictions({makePrediction("q1", "JP", {0.6, 0.4}),
                                        makePrediction("q1", "AD", {0.5, 0.5}),
                                        makePrediction("q2", "JP", {0.9, 0.1})}));
  EXPECT_EQ(bestAndWorstItems(survey, evaluation, 2, {}, "tvd"),
            "Best 2 of 3 items by Total variation\n"
            "  0.000  Name of AD  Text of q1\n"
            "  0.100  Name of JP  Text of q1\n"
            "\n"
            "Worst 2 of 3 items by Total variation\n"
            "  0.400  Name of JP  Text of q2\n"
            "  0.100  Name of JP  Text of q1\n");
  EXPECT_THAT(bestAndWorstItems(survey, evaluation, 9), HasSubstr("Worst 3 of 3 items by JS"));
  EXPECT_THAT(errorOf([&] { bestAndWorstItems(survey, evaluation, 1, {}, "tdv"); }),
              HasSubstr("\"tdv\" is not a metric"));
}

// A column of intervals or of marks, the same for every metric.
TEST(Terminal, TableShowsTheIntervalAndWhatChanceMayExplain) {
  const Evaluation high = evaluationOf("model", 5, 0.75);
  const Evaluation low = evaluationOf("low", 5, 0.5);
  const Evaluation same = evaluationOf("same", 5, 0.74);
  std::vector<TableColumn> columns{{"model", &high}, {"low", &low}, {"same", &same}};
  Uncertainty uncertainty;
  uncertainty.metrics.assign(itemMetrics().size(), Interval{0.7, 0.8});
  const auto from = [](const char* name, const Interval& interval) {
    return Differences{name, {itemMetrics().size(), PairedDifference{0.1, 5, interval}}};
  };
  uncertainty.fromRuns = {from("low", {0.2, 0.3}), from("same", {-0.01, 0.03})};
  markNoise(columns, uncertainty);
  const std::string table = headlineTable(columns);
  EXPECT_THAT(lineWith(table, "JS sim"),
              AllOf(HasSubstr("0.750*"), HasSubstr("0.500 "), HasSubstr("0.740≈")));
  EXPECT_THAT(table, HasSubstr("              (0.700–0.800)\n"));
  EXPECT_THAT(table, HasSubstr("In parentheses: 95% interval of model."));
  for (const char byte : headlineTable(columns, {.ascii = true})) EXPECT_GE(byte, 0);
}

}  // namespace
}  // namespace canvass
