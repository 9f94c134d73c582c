#include "microdata/draft/demographics.h"

#include "support/test_support.h"

namespace canvass {
namespace {

TEST(Demographics, AreFoundByWholeNamesAndLabels) {
  using enum Demographic;
  struct Case {
    const char* name;
    const char* label;
    Demographic demographic;
  };
  for (const auto& [name, label, demographic] :
       {Case{"B_COUNTRY", "", country},
        Case{"gndr", "", sex},
        Case{"v3", "Sex of respondent", sex},
        Case{"Q101", "Q101. Gender of respondent", sex},
        Case{"q101", "Q101: Respondent's gender", sex},
        Case{"d11", "D11 - AGE EXACT", age},
        Case{"Q1", "Q1. Age", age},
        Case{"sd1", "Respondent age", age},
        Case{"P45", "Sexo", sex},
        Case{"S1", "Sexo del entrevistado", sex},
        Case{"F1", "Geschlecht", sex},
        Case{"F2", "Geschlecht des Befragten", sex},
        Case{"rs1", "Âge", age},
        Case{"a1", "AGE", age},
        Case{"Q2", "Пол респондента", sex},
        Case{"Q2", "ПОЛ", sex},
        Case{"Q3", "Возраст", age},
        Case{"r", "Région", region},
        Case{"r", "Bundesland", region},
        Case{"p", "País", country},
        Case{"c", "Ülke", country},
        Case{"x", "Cinsiyet", sex},
        Case{"x", "الجنس", sex},
        Case{"x", "性别", sex},
        Case{"x", "Wykształcenie", education},
        Case{"x", "Nivel de estudios", education},
        Case{"x", "3) Educational attainment", education}}) {
    EXPECT_EQ(guessDemographic(name, label), demographic) << name << ", " << label;
  }
}

TEST(Demographics, AreNotWordsOfLongerLabels) {
  for (const auto& [name, label] :
       {std::pair{"sexism", "Is sex a taboo?"}, std::pair{"q1", "Sex education in schools"},
        std::pair{"q2", "Age at first marriage"}, std::pair{"q3", "Proud of country"},
        std::pair{"q4", "Age of spouse"}, std::pair{"q5", "Region should have more powers"},
        std::pair{"q6", "Gender equality"}, std::pair{"q7", "The state should own firms"},
        std::pair{"q8", "Sex of child"}, std::pair{"Q262", "Do you like tea?"},
        std::pair{"", ""}}) {
    EXPECT_EQ(guessDemographic(name, label), std::nullopt) << label;
  }
}

}  // namespace
}  // namespace canvass
