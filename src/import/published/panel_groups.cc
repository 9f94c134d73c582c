#include "import/published/panel_groups.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace canvass {
namespace {

constexpr std::string_view anyone = "someone in the United States";

constexpr std::array groups{
    PanelGroup{"CREGION", "Northeast", "lives in the Northeast"},
    PanelGroup{"CREGION", "Midwest", "lives in the Midwest"},
    PanelGroup{"CREGION", "South", "lives in the South"},
    PanelGroup{"CREGION", "West", "lives in the West"},
    PanelGroup{"AGE", "18-29", "is 18 to 29 years old"},
    PanelGroup{"AGE", "30-49", "is 30 to 49 years old"},
    PanelGroup{"AGE", "50-64", "is 50 to 64 years old"},
    PanelGroup{"AGE", "65+", "is 65 years old or older"},
    PanelGroup{"SEX", "Male", "is male"},
    PanelGroup{"SEX", "Female", "is female"},
    PanelGroup{"EDUCATION", "Less than high school", "did not finish high school"},
    PanelGroup{"EDUCATION", "High school graduate",
               "finished high school but did not go to college"},
    PanelGroup{"EDUCATION", "Some college, no degree", "went to college but has no degree"},
    PanelGroup{"EDUCATION", "Associate's degree", "has an associate's degree"},
    PanelGroup{"EDUCATION", "College graduate/some postgrad",
               "is a college graduate, perhaps with some postgraduate study"},
    PanelGroup{"EDUCATION", "Postgraduate", "has a postgraduate degree"},
    PanelGroup{"CITIZEN", "Yes", "is a US citizen"},
    PanelGroup{"CITIZEN", "No", "is not a US citizen"},
    PanelGroup{"CITIZEN", "a US Citizen", "is a US citizen"},
    PanelGroup{"CITIZEN", "a Non-US Citizen", "is not a US citizen"},
    PanelGroup{"MARITAL", "Married", "is married"},
    PanelGroup{"MARITAL", "Living with a partner", "lives with a partner"},
    PanelGroup{"MARITAL", "Divorced", "is divorced"},
    PanelGroup{"MARITAL", "Separated", "is separated"},
    PanelGroup{"MARITAL", "Widowed", "is widowed"},
    PanelGroup{"MARITAL", "Never been married", "has never been married"},
    PanelGroup{"MARITAL", "Unmarried and have never been married", "has never been married"},
    PanelGroup{"RELIG", "Protestant", "is Protestant"},
    PanelGroup{"RELIG", "Roman Catholic", "is Roman Catholic"},
    PanelGroup{"RELIG", "Mormon", "is Mormon"},
    PanelGroup{"RELIG", "Orthodox", "is an Orthodox Christian"},
    PanelGroup{"RELIG", "Jewish", "is Jewish"},
    PanelGroup{"RELIG", "Muslim", "is Muslim"},
    PanelGroup{"RELIG", "Buddhist", "is Buddhist"},
    PanelGroup{"RELIG", "Hindu", "is Hindu"},
    PanelGroup{"RELIG", "Atheist", "is an atheist"},
    PanelGroup{"RELIG", "Agnostic", "is an agnostic"},
    PanelGroup{"RELIG", "Other", "has a religion other than the large ones"},
    PanelGroup{"RELIG", "Nothing in particular", "has no religion in particular"},
    PanelGroup{"RELIGATTEND", "More than once a week",
               "attends religious services more than once a week"},
    PanelGroup{"RELIGATTEND", "Once a week", "attends religious services once a week"},
    PanelGroup{"RELIGATTEND", "Once or twice a month",
               "attends religious services once or twice a month"},
    PanelGroup{"RELIGATTEND", "A few times a year",
               "attends religious services a few times a year"},
    PanelGroup{"RELIGATTEND", "Seldom", "seldom attends religious services"},
    PanelGroup{"RELIGATTEND", "Never", "never attends religious services"},
    PanelGroup{"POLPARTY", "Republican", "is a Republican"},
    PanelGroup{"POLPARTY", "Democrat", "is a Democrat"},
    PanelGroup{"POLPARTY", "Independent", "is a political independent"},
    PanelGroup{"POLPARTY", "Other", "is neither a Republican, a Democrat nor an independent"},
    PanelGroup{"POLPARTY", "Something else",
               "is neither a Republican, a Democrat nor an independent"},
    PanelGroup{"INCOME", "Less than $30,000", "has a yearly family income of less than $30,000"},
    PanelGroup{"INCOME", "$30,000-$50,000", "has a yearly family income of $30,000 to $50,000"},
    PanelGroup{"INCOME", "$50,000-$75,000", "has a yearly family income of $50,000 to $75,000"},
    PanelGroup{"INCOME", "$75,000-$100,000", "has a yearly family income of $75,000 to $100,000"},
    PanelGroup{"INCOME", "$100,000 or more", "has a yearly family income of $100,000 or more"},
    PanelGroup{"POLIDEOLOGY", "Very conservative", "is politically very conservative"},
    PanelGroup{"POLIDEOLOGY", "Conservative", "is politically conservative"},
    PanelGroup{"POLIDEOLOGY", "Moderate", "is politically moderate"},
    PanelGroup{"POLIDEOLOGY", "Liberal", "is politically liberal"},
    PanelGroup{"POLIDEOLOGY", "Very liberal", "is politically very liberal"},
    PanelGroup{"RACE", "White", "is White"},
    PanelGroup{"RACE", "Black", "is Black"},
    PanelGroup{"RACE", "Asian", "is Asian"},
    PanelGroup{"RACE", "Hispanic", "is Hispanic"},
    PanelGroup{"RACE", "Other", "is of a race other than White, Black, Asian or Hispanic"},
};

constexpr std::string_view countryAttribute = "country";

}  // namespace

std::span<const PanelGroup> panelGroups() { return groups; }

std::string panelGroupWords(std::string_view attribute, std::string_view group) {
  const auto found =
      std::find_if(groups.begin(), groups.end(), [attribute, group](const PanelGroup& one) {
        return one.attribute == attribute && one.group == group;
      });
  if (found != groups.end()) return std::string(found->words);
  return fmt::format("belongs to the group \"{}\" ({})", group, attribute);
}

Population panelPopulation(std::vector<AttributeValue> values) {
  std::sort(values.begin(), values.end(), [](const AttributeValue& a, const AttributeValue& b) {
    return a.attribute < b.attribute;
  });
  Population population;
  std::vector<std::string> names;
  std::vector<std::string> words;
  std::string whom(anyone);
  for (const auto& [attribute, value] : values) {
    names.push_back(fmt::format("{} = {}", attribute, value));
    population.attributes[attribute] = value;
    if (attribute == countryAttribute) {
      whom = fmt::format("someone from {}", value);
    } else {
      words.push_back(panelGroupWords(attribute, value));
    }
  }
  population.id = fmt::format("{}", fmt::join(names, ", "));
  population.name = population.id;
  population.phrase =
      words.empty() ? whom : fmt::format("{} who {}", whom, fmt::join(words, " and "));
  return population;
}

Population wholePanel() { return {"United States", "United States", std::string(anyone), {}}; }

}  // namespace canvass
