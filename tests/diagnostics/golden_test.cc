#include <map>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "diagnostics/diagnostics.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;

// A survey of three scales with predictions, and the figures that tools/oracle/diagnostics.py
// finds.
struct Golden {
  Golden()
      : json(parseJson(readFile(sourceFolder() / "tests/diagnostics/golden_diagnostics.json"),
                       "golden_diagnostics.json")) {
    std::map<std::string, std::size_t> questions;
    for (const Json& one : json["questions"]) {
      questions[one["id"]] = survey.questions.size();
      survey.questions.push_back(makeQuestion(one["id"], one["options"], "",
                                              parseScale(one["scale"].get<std::string>(), "")));
      for (std::size_t k = 0; k < one["values"].size(); ++k) {
        survey.questions.back().options[k].value = one["values"][k];
      }
    }
    std::map<std::string, std::size_t> populations;
    for (const Json& one : json["populations"]) {
      populations[one["id"]] = survey.populations.size();
      survey.populations.push_back(
          {one["id"], one["id"], one["id"], {{"region", one["region"]}, {"place", one["id"]}}});
    }
    for (const Json& one : json["items"]) {
      items.push_back({survey.items.size(), one["predicted"]});
      addItem(survey, questions[one["question"]], populations[one["population"]], one["observed"]);
      if (!one["size"].is_null()) survey.items.back().effectiveSampleSize = one["size"];
    }
  }

  Json json;
  Survey survey = makeSurvey({}, {});
  std::vector<MatchedItem> items;
};

TEST(DiagnosticsGolden, AgreeWithAnIndependentImplementation) {
  const Golden golden;
  std::map<std::string, DiagnosticFigure> found;
  for (const Diagnostic& one : diagnosticsOf(golden.survey, golden.items).figures) {
    found[std::string(one.kind->id)] = one.figure;
  }
  for (const Json& expected : golden.json["figures"]) {
    const DiagnosticFigure& figure = found.at(expected["id"]);
    ASSERT_TRUE(figure.value) << expected["id"];
    EXPECT_NEAR(*figure.value, expected["value"].get<double>(), 1e-9) << expected["id"];
    EXPECT_EQ(figure.uncorrected.has_value(), !expected["uncorrected"].is_null()) << expected["id"];
    if (figure.uncorrected) {
      EXPECT_NEAR(*figure.uncorrected, expected["uncorrected"].get<double>(), 1e-9)
          << expected["id"];
    }
    ASSERT_TRUE(figure.interval) << expected["id"];
    EXPECT_LE(figure.interval->low, *figure.value) << expected["id"];
    EXPECT_GE(figure.interval->high, *figure.value) << expected["id"];
  }
  // All kinds but those that need groups of a whole, waves or dates.
  EXPECT_EQ(found.size(), golden.json["figures"].size());
  EXPECT_EQ(found.size() + 5, diagnosticKinds().size());
}

TEST(DiagnosticsGolden, DoNotDependOnTheOrderOfItems) {
  Golden golden;
  const Diagnostics forwards = diagnosticsOf(golden.survey, golden.items);
  std::ranges::reverse(golden.items);
  const Diagnostics backwards = diagnosticsOf(golden.survey, golden.items);
  for (std::size_t i = 0; i < forwards.figures.size(); ++i) {
    EXPECT_NEAR(*forwards.figures[i].figure.value, *backwards.figures[i].figure.value, 1e-9)
        << forwards.figures[i].kind->id;
  }
}

// Turning scales round changes no figure but the line of levels.
TEST(DiagnosticsGolden, DoNotDependOnTheDirectionOfScales) {
  Golden golden;
  const Diagnostics before = diagnosticsOf(golden.survey, golden.items);
  for (Question& question : golden.survey.questions) {
    for (Option& option : question.options) {
      if (option.value) option.value = -*option.value;
    }
  }
  for (std::size_t i = 0; i < golden.items.size(); ++i) {
    Item& item = golden.survey.items[i];
    if (golden.survey.questionOf(item).scale != Scale::ordinal) continue;
    std::ranges::reverse(*item.observed);
    std::ranges::reverse(golden.items[i].predicted);
  }
  const Diagnostics after = diagnosticsOf(golden.survey, golden.items);
  for (std::size_t i = 0; i < before.figures.size(); ++i) {
    const std::string_view id = before.figures[i].kind->id;
    if (id.starts_with("level")) continue;
    EXPECT_NEAR(*before.figures[i].figure.value, *after.figures[i].figure.value, 1e-9) << id;
  }
}

}  // namespace
}  // namespace canvass
