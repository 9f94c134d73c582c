#include "designs/population_names.h"

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "designs/country_names.h"
#include "support/test_support.h"

namespace canvass {
namespace {

TEST(CountryKey, IsEqualForAllNamesOfACountry) {
  const std::pair<const char*, const char*> same[] = {
      {"Czechia", "Czech Rep."},
      {"South Korea", "Republic of Korea"},
      {"S. Korea", "Korea, Republic of"},
      {"Macao SAR", "Macau SAR"},
      {"Türkiye", "turkey"},
      {"Britain", "Great Britain"},
      {"Bolivia (Non-national sample)", "Bolivia"},
      {"Viet Nam", "Vietnam"},
  };
  for (const auto& [first, second] : same)
    EXPECT_EQ(countryKey(first), countryKey(second)) << first;
}

TEST(CountryKey, KnowsEveryNameOfTheDataFile) {
  const std::string text = readFile(test::sourceFolder() / "data" / "countries.json");
  ASSERT_EQ(countryNamesJson(), text);
  const Json countries = parseJson(text, "countries.json");
  std::map<std::u32string, std::string> codes;
  for (const auto& [code, names] : countries.items()) {
    const auto key = countryKey(names.front().get<std::string>());
    EXPECT_TRUE(codes.emplace(key, code).second) << code << " shares a name with " << codes[key];
    for (const Json& name : names) EXPECT_EQ(countryKey(name.get<std::string>()), key) << name;
  }
  EXPECT_GE(codes.size(), 40u);
}

TEST(CountryKey, TellsCountriesApart) {
  const std::pair<const char*, const char*> different[] = {
      {"Niger", "Nigeria"},
      {"Great Britain", "Northern Ireland"},
      {"Georgia (country)", "Georgia"},
      {"(A sample)", ""},
      {"Japan, women", "Japan"},
      {"Macao SAR", "Hong Kong SAR"},
  };
  for (const auto& [first, second] : different) {
    EXPECT_NE(countryKey(first), countryKey(second)) << first;
  }
}

TEST(MatchPopulations, GoesByIdOrByTheNameOfTheCountry) {
  Survey first;
  first.populations = {{"cz", "Czechia", "", {}}, {"jp-f", "Japan, women", "", {}}};
  Survey second;
  second.populations = {{"jp-f", "Women in Japan", "", {}},
                        {"203", "Czech Rep.", "", {}},
                        {"jp", "Japan", "", {}},
                        {"cz", "Bohemia", "", {}}};
  const std::vector<std::pair<std::size_t, std::size_t>> expected = {{0, 1}, {0, 3}, {1, 0}};
  EXPECT_EQ(matchPopulations(first, second), expected);
}

TEST(CountryOf, IsTheAttributeOrTheName) {
  EXPECT_EQ(countryOf({"jp-f", "Japan, women", "", {{"country", "Japan"}}}), "Japan");
  EXPECT_EQ(countryOf({"jp", "Japan", "", {}}), "Japan");
  EXPECT_EQ(countryOf({"jp", "", "", {}}), "jp");
}

}  // namespace
}  // namespace canvass
