#include <algorithm>
#include <map>

#include "diagnostics/diagnostics.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;

// Japan, its women and its men, and the women and men of two further countries, whose wholes were
// not asked.
class Groups : public testing::Test {
 protected:
  Groups() : survey(makeSurvey({makeQuestion("q1", 2), makeQuestion("q2", 2)}, {})) {
    add("jp", {{"country", "Japan"}}, 100, {0.5, 0.5}, {0.6, 0.4});
    add("jp-f", {{"country", "Japan"}, {"sex", "female"}}, 60, {0.6, 0.4}, {0.5, 0.5});
    add("jp-m", {{"country", "Japan"}, {"sex", "male"}}, 40, {0.4, 0.6}, {0.4, 0.6});
    add("pe-f", {{"country", "Peru"}, {"sex", "female"}}, 60, {0.7, 0.3}, {0.9, 0.1});
    add("pe-m", {{"country", "Peru"}, {"sex", "male"}}, 40, {0.5, 0.5}, {0.5, 0.5});
  }

  void add(const std::string& id, std::map<std::string, std::string> attributes, double people,
           Distribution observed, Distribution predicted) {
    survey.populations.push_back({id, id, id, std::move(attributes)});
    for (std::size_t question = 0; question < 2; ++question) {
      items.push_back({survey.items.size(), predicted});
      addItem(survey, question, survey.populations.size() - 1, observed);
      survey.items.back().respondents = people;
    }
  }

  const Diagnostic* figure(std::string_view id, const std::string& group = {}) {
    diagnostics = diagnosticsOf(survey, items);
    const auto found = std::ranges::find_if(diagnostics.figures, [&](const Diagnostic& one) {
      return one.kind->id == id && one.group == group;
    });
    return found == diagnostics.figures.end() ? nullptr : &*found;
  }

  Survey survey;
  std::vector<MatchedItem> items;
  Diagnostics diagnostics;
};

TEST_F(Groups, MixToTheWhole) {
  const Diagnostic* crossing = figure("crossing");
  ASSERT_TRUE(crossing);
  // 0.6 x 0.5 + 0.4 x 0.4 = 0.46, where 0.6 is predicted; observed 0.52 where the whole says 0.5.
  EXPECT_NEAR(*crossing->figure.value, 0.14, 1e-12);
  EXPECT_NEAR(*crossing->figure.reference, 0.02, 1e-12);
  EXPECT_EQ(crossing->figure.count, 2u);
}

TEST_F(Groups, AreNotMixedWhereSomeAreMissing) {
  for (Item& item : survey.items) {
    if (survey.populationOf(item).id == "jp-m") item.respondents = 10;
  }
  EXPECT_FALSE(figure("crossing"));
}

TEST_F(Groups, HaveGapsByEachAttributeThatGroupsThem) {
  // Women less men are 0.15 apart from the mean of both in q1 and q2, men as far below.
  const Diagnostic* sex = figure("gap_slope", "sex");
  ASSERT_TRUE(sex);
  const double observed = (0.65 - 0.45) / 2;
  const double predicted = (0.7 - 0.45) / 2;
  EXPECT_NEAR(*sex->figure.uncorrected, predicted / observed, 1e-12);
  EXPECT_GT(*sex->figure.value, *sex->figure.uncorrected);
  EXPECT_EQ(sex->figure.count, 8u);
  EXPECT_TRUE(figure("gap_slope", "country"));
  EXPECT_FALSE(figure("gap_slope", "age"));
}

// A figure on pairs of populations counts none who share respondents.
TEST_F(Groups, AreNotComparedWithTheWhole) {
  for (Item& item : survey.items) item.respondents.reset();
  // Of the ten pairs of each question two share respondents, and one is predicted alike.
  EXPECT_EQ(figure("sign_errors")->figure.count, 2u * (10 - 2 - 1));
}

struct ParityCase {
  const char* name;
  double worst;  // what the second group is predicted for 0.5
  bool isBeyondChance;
};

class ParityOfGroups : public testing::TestWithParam<ParityCase> {};

TEST_P(ParityOfGroups, IsJudgedBesideWhatChanceMakes) {
  Survey survey = makeSurvey({}, {"A", "B", "C"});
  std::vector<MatchedItem> items;
  for (std::size_t q = 0; q < 30; ++q) {
    survey.questions.push_back(makeQuestion("q" + std::to_string(q), 2));
    for (std::size_t c = 0; c < 3; ++c) {
      if (c == 2 && q >= 5) continue;
      // Questions are unequally hard for both.
      const double hard = 0.01 * static_cast<double>((7 * q + 3 * c) % 11);
      const double predicted = c == 1 ? GetParam().worst : 0.5;
      items.push_back({survey.items.size(), {predicted + hard, 1.0 - predicted - hard}});
      addItem(survey, q, c, {0.5, 0.5});
    }
  }
  const Diagnostics diagnostics = diagnosticsOf(survey, items);
  ASSERT_EQ(diagnostics.parities.size(), 1u);
  const Parity& parity = diagnostics.parities.front();
  EXPECT_EQ(parity.grouping, "population");
  ASSERT_EQ(parity.groups.size(), 2u);
  ASSERT_EQ(parity.small.size(), 1u);
  EXPECT_EQ(parity.small.front().name, "Name of C");
  EXPECT_EQ(parity.difference > 3 * parity.byChance, GetParam().isBeyondChance);
  if (GetParam().isBeyondChance) {
    EXPECT_EQ(parity.groups.back().name, "Name of B");
  }
}

INSTANTIATE_TEST_SUITE_P(Diagnostics, ParityOfGroups,
                         testing::Values(ParityCase{"equal", 0.5, false},
                                         ParityCase{"unequal", 0.7, true}),
                         [](const auto& one) { return one.param.name; });

struct AlikeCase {
  const char* name;
  double difference;  // predicted, between populations that are 0.4 apart
  bool isTold;
};

class AlikePredictions : public testing::TestWithParam<AlikeCase> {};

// What is left where all populations are predicted alike is rounding, or the trace of a mean that a
// population is left out of.
TEST_P(AlikePredictions, HaveNoDifferencesToJudge) {
  Survey survey = makeSurvey({}, {"A", "B", "C", "D", "E", "F"});
  std::vector<MatchedItem> items;
  for (std::size_t q = 0; q < 6; ++q) {
    survey.questions.push_back(makeQuestion("q" + std::to_string(q), 2));
    for (std::size_t c = 0; c < 6; ++c) {
      const double place = static_cast<double>((c + q * c) % 6) / 5.0 - 0.5;
      const double predicted = 0.5 + GetParam().difference * place;
      items.push_back({survey.items.size(), {predicted, 1.0 - predicted}});
      addItem(survey, q, c, {0.5 + 0.4 * place, 0.5 - 0.4 * place});
    }
  }
  std::map<std::string, DiagnosticFigure> figures;
  for (const Diagnostic& one : diagnosticsOf(survey, items).figures) {
    figures[std::string(one.kind->id)] = one.figure;
  }
  for (const char* id : {"deviation_slope", "deviation_correlation", "sign_errors", "exaggeration",
                         "association_strength", "structure"}) {
    EXPECT_EQ(figures.at(id).value.has_value(), GetParam().isTold) << id;
  }
  EXPECT_NEAR(*figures.at("dispersion_between").value,
              GetParam().difference * GetParam().difference / 0.16, 1e-9);
}

INSTANTIATE_TEST_SUITE_P(Diagnostics, AlikePredictions,
                         testing::Values(AlikeCase{"exactly", 0.0, false},
                                         AlikeCase{"nearly", -0.01, false},
                                         AlikeCase{"not", 0.2, true}),
                         [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace canvass
