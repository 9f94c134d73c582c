// A draft imports as it stands, whatever the file holds: random files of what tests can think of.
#include <random>

#include "base/error.h"
#include "microdata/made_up_file.h"

namespace canvass {
namespace {

using test::draftOf;
using test::importBy;
using test::MadeUpFile;

using Engine = std::mt19937;

std::size_t below(Engine& engine, std::size_t count) { return engine() % count; }

template <typename T>
const T& anyOf(Engine& engine, const std::vector<T>& all) {
  return all[below(engine, all.size())];
}

// Labels of all kinds, with repetitions and what TOML or a prompt could misread.
std::string anyLabel(Engine& engine) {
  static const std::vector<std::string> labels{"Yes",
                                               "No",
                                               "no",
                                               "Yes ",
                                               "Don't know",
                                               "DK",
                                               "NA",
                                               "Refused",
                                               "Not applicable",
                                               "Not sure",
                                               "Missing",
                                               "Agree",
                                               "Strongly agree",
                                               "Never",
                                               "1",
                                               "2",
                                               "01",
                                               "{country}",
                                               "a \"quoted\" one",
                                               "back\\slash",
                                               "two\nlines",
                                               "tab\there",
                                               std::string("bell\x07"),
                                               std::string("del\x7F"),
                                               "",
                                               " ",
                                               "Mentioned",
                                               "Not mentioned",
                                               "all respondents",
                                               "18 to 29",
                                               "Male",
                                               "Female",
                                               "Tea, or",
                                               "DK (Party)",
                                               "M\u00fcller",
                                               "不知道",
                                               "\u00A0",
                                               "# no comment",
                                               "]]",
                                               "5 to 9",
                                               "10 or more"};
  return anyOf(engine, labels);
}

std::string anyName(Engine& engine, std::size_t i) {
  static const std::vector<std::string> names{
      "id",      "sex", "gender", "country", "cntry", "age",  "region", "educ",
      "weight",  "wt",  "strata", "psu",     "year",  "date", "caseid", "B_COUNTRY",
      "pspwght", "q 1", "q\"2",   "q.3",     "Q-4",   "wave"};
  const std::string& name = anyOf(engine, names);
  return below(engine, 3) == 0 ? name + std::to_string(i) : "v" + std::to_string(i) + name;
}

std::string anyCode(Engine& engine) {
  static const std::vector<std::string> codes{"0",
                                              "1",
                                              "2",
                                              "3",
                                              "4",
                                              "5",
                                              "7",
                                              "8",
                                              "9",
                                              "-1",
                                              "-2",
                                              "-9",
                                              "98",
                                              "99",
                                              "0.5",
                                              "1e300",
                                              ".a",
                                              ".z",
                                              ".",
                                              "A",
                                              "DK",
                                              "NA",
                                              "north",
                                              "2024-01-05",
                                              "1999",
                                              "2004",
                                              "5.1.2024 10:30",
                                              std::string(400, 'x'),
                                              "del\x7F",
                                              "two\nlines",
                                              "\"",
                                              " ",
                                              "x y",
                                              "\u00fc"};
  return anyOf(engine, codes);
}

// One of some shapes of columns: labeled answers, numbers, texts, anything.
std::vector<std::string> poolOf(Engine& engine) {
  std::vector<std::string> pool;
  switch (below(engine, 6)) {
    case 0:
      return {"1", "2"};
    case 1:
      return {"1", "2", "3", "8", "9", ""};
    case 2:
      for (int i = 0; i < 150; ++i) pool.push_back(std::to_string(i));
      return pool;
    case 3:
      return {"1990", "1995", "2001", "2004"};
    case 4:
      return {"0.5", "1.5", "0.25"};
    default:
      for (std::size_t i = 0; i < 1 + below(engine, 8); ++i) pool.push_back(anyCode(engine));
      return pool;
  }
}

Variable anyVariable(Engine& engine, std::size_t i, const std::vector<std::string>& pool) {
  Variable variable;
  variable.name = anyName(engine, i);
  if (below(engine, 3) > 0) variable.label = anyLabel(engine);
  const bool isLabeled = below(engine, 3) > 0;
  for (const std::string& code : pool) {
    if (!isLabeled || code.empty() || pool.size() > 40) continue;
    variable.valueLabels.push_back({codeText(valueOf(code)), anyLabel(engine)});
    if (below(engine, 8) == 0) variable.valueLabels.push_back({code, anyLabel(engine)});
    if (below(engine, 8) == 0) break;
  }
  if (below(engine, 4) == 0) variable.missingRanges = {{8, 99}};
  if (below(engine, 20) == 0) variable.isFileWeight = true;
  const std::vector<Measure> measures{Measure::unknown, Measure::nominal, Measure::ordinal,
                                      Measure::scale};
  variable.measure = anyOf(engine, measures);
  return variable;
}

MadeUpFile anyFile(Engine& engine) {
  std::vector<Variable> variables;
  std::vector<std::vector<std::string>> pools;
  for (std::size_t i = 0; i < 1 + below(engine, 9); ++i) {
    pools.push_back(poolOf(engine));
    variables.push_back(anyVariable(engine, i, pools.back()));
    for (std::size_t k = 0; k < i; ++k) {
      if (variables[k].name == variables[i].name) variables[i].name += "_" + std::to_string(i);
    }
  }
  std::vector<std::vector<std::string>> records(below(engine, 4) == 0 ? below(engine, 5)
                                                                      : below(engine, 200));
  for (auto& record : records) {
    for (const auto& pool : pools) record.push_back(anyOf(engine, pool));
  }
  return {std::move(variables), std::move(records)};
}

TEST(DraftProperty, ImportsAsItStandsOrNamesTheReason) {
  std::size_t imported = 0;
  for (unsigned seed = 0; seed < 3000; ++seed) {
    Engine engine(seed);
    MadeUpFile file = anyFile(engine);
    std::string draft;
    try {
      draft = draftOf(file);
    } catch (const Error& error) {
      EXPECT_THAT(error.fault(), testing::AnyOf(testing::HasSubstr("looks like a question"),
                                                testing::HasSubstr("nobody answered")))
          << "seed " << seed;
      continue;
    }
    try {
      importBy(file, draft);
      ++imported;
    } catch (const Error& error) {
      ADD_FAILURE() << "seed " << seed << ": " << error.what() << "\n" << draft;
      return;
    }
  }
  EXPECT_GT(imported, 1000u);
}

}  // namespace
}  // namespace canvass
