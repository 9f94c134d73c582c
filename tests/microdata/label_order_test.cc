#include "microdata/draft/label_order.h"

#include "support/test_support.h"

namespace canvass {
namespace {

TEST(LabelOrder, IsSeenInWordsAndNumbers) {
  const std::vector<std::string> ordered[] = {
      {"Strongly agree", "Agree", "Disagree"},
      {"Every day", "Sometimes", "Never"},
      {"Tout à fait d'accord", "Plutôt d'accord", "Pas d'accord"},
      {"Muy de acuerdo", "De acuerdo", "En desacuerdo", "Muy en desacuerdo"},
      {"sehr gut", "gut", "schlecht"},
      {"Zdecydowanie tak", "Raczej tak", "Raczej nie"},
      {"Полностью согласен", "Скорее согласен", "Не согласен"},
      {"非常同意", "同意", "不同意"},
      {"18-24", "25-34", "35 and over"},
      {"Under 10", "10 to 20", "More than 20"}};
  for (const auto& labels : ordered) EXPECT_TRUE(looksOrdered(labels)) << labels.front();
  const std::vector<std::string> others[] = {{"Tea", "Coffee", "Most others"},
                                             {"Labour", "Conservative", "Liberal"},
                                             {"1", "2", "3"},
                                             {"Channel 1", "Channel 2", "Channel 3"},
                                             {"20 to 30", "5 to 9", "10 to 20"},
                                             {"Peru", "Chile"},
                                             {}};
  for (const auto& labels : others) {
    EXPECT_FALSE(looksOrdered(labels)) << (labels.empty() ? "" : labels.front());
  }
}

}  // namespace
}  // namespace canvass
