#include "microdata/draft/design_draft.h"

#include <algorithm>

#include "microdata/draft/weight_candidates.h"
#include "microdata/made_up_file.h"

namespace canvass {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Variable named(const std::string& name, const std::string& label = {}) {
  Variable variable;
  variable.name = name;
  variable.label = label;
  return variable;
}

ObservedCodes valuesOf(const std::vector<double>& numbers) {
  ObservedCodes observed;
  for (const double number : numbers) observe({Value::Kind::number, number, {}}, observed);
  return observed;
}

DesignDraft designOf(const std::vector<Variable>& variables) {
  return draftDesign(variables,
                     std::vector<ObservedCodes>(variables.size(), valuesOf({0.5, 1.0, 1.5, 0.25})));
}

TEST(DesignDraft, FindsWeightsByNameOrWholeLabel) {
  for (const Variable& one :
       {named("W_WEIGHT"), named("wt"), named("WEIGHT_W43"), named("finalwt"),
        named("v9", "Post-stratification weight"), named("v9", "Design weight"),
        named("v9", "Q99. Weight"), named("x", "Coefficient de pondération"),
        named("x", "Factor de expansión"), named("x", "Gewichtungsfaktor"), named("PONDERADOR"),
        named("x", "весовой коэффициент"), named("x", "Population size weight (with dweight)")}) {
    EXPECT_EQ(designOf({one}).weight, one.name) << one.label;
  }
}

TEST(DesignDraft, DoesNotTakeWhatPeopleWeighForAWeight) {
  for (const Variable& one :
       {named("weight_kg"), named("weight", "Body weight in kg"), named("weight", "Weight (lbs)"),
        named("bw", "Birth weight"), named("q1", "How worried are you about your weight?"),
        named("q2", "Are you trying to lose weight?"), named("peso", "Peso (kg)"),
        named("sex", "Sex"), named("awt", "")}) {
    const DesignDraft design = designOf({one});
    EXPECT_EQ(design.weight, "") << one.name;
    EXPECT_THAT(design.toml, HasSubstr("every respondent counts equally"));
    EXPECT_THAT(design.notes, testing::ElementsAre("no weight found: unweighted"));
  }
}

TEST(DesignDraft, DoubtsValuesThatNoWeightHas) {
  Variable rated = named("weight", "Weight");
  rated.valueLabels = {{"1", "Too thin"}, {"2", "About right"}, {"3", "Too heavy"}};
  const std::pair<Variable, std::vector<double>> cases[] = {
      {named("weight"), {62, 75, 81, 110}},     // kilograms
      {named("weight"), {110, 180, 210, 150}},  // pounds
      {named("wt"), {0, 1, 1, 0}},
      {rated, {1, 2, 3, 2}}};
  for (const auto& [variable, values] : cases) {
    const DesignDraft design = draftDesign({variable}, {valuesOf(values)});
    EXPECT_EQ(design.weight, "") << design.toml;
    EXPECT_THAT(design.toml, HasSubstr("not taken for a survey weight"));
  }
  // Weights that add up to the people of a country.
  EXPECT_EQ(draftDesign({named("weight")}, {valuesOf({120, 4000, 800, 2500})}).weight, "weight");
}

TEST(DesignDraft, ShowsWhatOnlyItsNameCallsAWeight) {
  std::vector<double> many;
  for (int i = 0; i < 200; ++i) many.push_back(0.5 + 0.01 * i);
  for (const char* name : {"WTSAF2YR", "PERWT", "hhwgt", "BIRTHWT"}) {
    const DesignDraft design = draftDesign({named(name)}, {valuesOf(many)});
    EXPECT_EQ(design.weight, "") << name;
    EXPECT_THAT(design.toml, HasSubstr("only its name is like a weight's")) << name;
  }
  EXPECT_THAT(draftDesign({named("Q7WT")}, {valuesOf({1, 2, 3})}).toml,
              Not(HasSubstr("only its name")));
}

TEST(DesignDraft, ShowsEveryCandidateWithItsFigures) {
  const DesignDraft design =
      draftDesign({named("dweight", "Design weight"), named("pspwght", "Post weight")},
                  {valuesOf({1, 1, 1, 1}), valuesOf({0.5, 1.5, 0.5, 1.5})});
  EXPECT_THAT(design.toml, HasSubstr("mean 1, 1 to 1, design effect 1\n"));
  EXPECT_THAT(design.toml, HasSubstr("mean 1, 0.5 to 1.5, design effect 1.25\n"));
  EXPECT_THAT(design.toml, HasSubstr("# or: weight = "));
}

TEST(DesignDraft, FollowsTheInstitutesAdvice) {
  struct Case {
    std::vector<const char*> names;
    const char* weight;
  };
  for (const auto& [names, weight] :
       {Case{{"essround", "idno", "cntry", "dweight", "pspwght", "pweight", "anweight"},
             "anweight"},
        Case{{"essround", "idno", "cntry", "dweight", "pspwght", "pweight"}, "pspwght"},
        Case{{"wtssall", "wtssps", "vstrat", "vpsu"}, "wtssps"},
        Case{{"RESPNO", "combinwt", "withinwt"}, "withinwt"},
        Case{{"B_COUNTRY", "PWGHT", "W_WEIGHT"}, "W_WEIGHT"},
        Case{{"estratopri", "upm", "weight1500", "wt"}, "wt"},
        Case{{"SDMVPSU", "WTINT2YR", "WTMEC2YR"}, "WTMEC2YR"}}) {
    std::vector<Variable> variables;
    for (const char* name : names) variables.push_back(named(name));
    const DesignDraft design = designOf(variables);
    EXPECT_EQ(design.weight, weight);
    EXPECT_THAT(design.toml, HasSubstr("which advises: "));
  }
}

TEST(DesignDraft, PrefersTheFilesOwnWeight) {
  Variable own = named("w7", "");
  own.isFileWeight = true;
  EXPECT_EQ(designOf({named("weight"), own}).weight, "w7");
}

TEST(DesignDraft, SaysWhyAVariableIsNotUsable) {
  ObservedCodes texts = valuesOf({1, 2});
  observe({Value::Kind::text, 0.0, "x"}, texts);
  ObservedCodes missing = valuesOf({1, 2});
  observe({Value::Kind::missing, 0.0, ".a"}, missing);
  const std::pair<ObservedCodes, const char*> cases[] = {
      {valuesOf({-1, 1}), "some values are negative"},
      {valuesOf({0, 0}), "all values are 0"},
      {valuesOf({1e200, 1}), "some values are too large"},
      {texts, "some values are texts"},
      {missing, "some values are missing"},
      {{}, "it has no values"}};
  for (const auto& [observed, reason] : cases) {
    const DesignDraft design = draftDesign({named("wt")}, {observed});
    EXPECT_EQ(design.weight, "");
    EXPECT_THAT(design.toml, HasSubstr(std::string("#   not usable: ") + reason));
  }
}

TEST(DesignDraft, TakesStrataAndClustersWithoutMissingValues) {
  ObservedCodes missing = valuesOf({1, 2});
  observe({}, missing);
  const DesignDraft design = draftDesign({named("VSTRAT"), named("vpsu"), named("cluster")},
                                         {valuesOf({1, 2}), missing, valuesOf({1, 2})});
  EXPECT_THAT(design.toml, HasSubstr("\nstrata = \"VSTRAT\""));
  EXPECT_THAT(design.toml, HasSubstr("# or: cluster = \"vpsu\""));
  EXPECT_THAT(design.toml, HasSubstr("\ncluster = \"cluster\""));
}

}  // namespace
}  // namespace canvass
