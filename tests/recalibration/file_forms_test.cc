// docs/file-forms.md names every key of the files that canvass writes and reads back, and no other.
#include <map>
#include <regex>
#include <set>

#include "base/file.h"
#include "predictions/prediction_fields.h"
#include "recalibration/calibrator_file.h"
#include "support/test_support.h"
#include "survey/survey_fields.h"

namespace canvass {
namespace {

using Keys = std::set<std::string>;

template <typename Record>
Keys keysOf(Fields<Record> fields, std::span<const std::string_view> others = {}) {
  Keys keys(others.begin(), others.end());
  for (const auto& field : fields) EXPECT_TRUE(keys.insert(field.key).second) << field.key;
  return keys;
}

struct DocumentedKeys {
  std::map<std::string, Keys> byLine;              // "header", "question"
  std::map<std::string, std::string> description;  // of a key
};

// The table below the heading: | line | key | what |, the first cell empty for the line above.
DocumentedKeys documented(const std::string& heading) {
  const std::string text = readFile(test::sourceFolder() / "docs" / "file-forms.md");
  const std::size_t start = text.find("\n## " + heading + "\n");
  EXPECT_NE(start, std::string::npos) << heading;
  const std::string section = text.substr(start, text.find("\n## ", start + 1) - start);
  const std::regex row(R"(\n\| *([\w ]*?) *\| ([\w, ]+) \| ([^\n]*) \|(?=\n))");
  DocumentedKeys found;
  std::string line;
  for (std::sregex_iterator match(section.begin(), section.end(), row), end; match != end;
       ++match) {
    if ((*match)[1] == "line") continue;
    if ((*match)[1].length() > 0) line = (*match)[1];
    const std::string names = (*match)[2];
    const std::regex word(R"(\w+)");
    for (std::sregex_iterator name(names.begin(), names.end(), word); name != end; ++name) {
      EXPECT_TRUE(found.byLine[line].insert(name->str()).second) << name->str();
      found.description[name->str()] = (*match)[3];
    }
  }
  return found;
}

// The words in code style that are keys, not values: those without quotation marks.
Keys keysIn(const std::string& description) {
  const std::regex code("`([a-z_]+)`");
  Keys keys;
  for (std::sregex_iterator match(description.begin(), description.end(), code), end; match != end;
       ++match) {
    keys.insert((*match)[1]);
  }
  return keys;
}

TEST(FileForms, OfSurveysAreDocumented) {
  const DocumentedKeys found = documented("survey.jsonl");
  const std::map<std::string, Keys> expected = {
      {"header", keysOf(surveyHeaderFields(), headerKeys)},
      {"question", keysOf(questionFields())},
      {"population", keysOf(populationFields())},
      {"item", keysOf(itemFields())}};
  EXPECT_EQ(found.byLine, expected);
  EXPECT_EQ(keysIn(found.description.at("options")), keysOf(optionFields()));
}

TEST(FileForms, OfPredictionsAreDocumented) {
  const DocumentedKeys found = documented("predictions.jsonl");
  const std::map<std::string, Keys> expected = {{"header", keysOf(sourceFields(), headerKeys)},
                                                {"prediction", keysOf(predictionFields())}};
  EXPECT_EQ(found.byLine, expected);
  EXPECT_EQ(keysIn(found.description.at("sampled")), keysOf(sampledFields()));
  EXPECT_EQ(keysIn(found.description.at("intervals")), keysOf(intervalFields()));
  Keys combination = keysOf(pooledFields());
  combination.merge(keysOf(pooledInputFields()));
  Keys named = keysIn(found.description.at("combination"));
  EXPECT_EQ(named, combination);
}

TEST(FileForms, OfCalibratorsAreDocumented) {
  const std::map<std::string, Keys> expected = {
      {"calibrator", keysOf(calibratorFields(), headerKeys)}};
  EXPECT_EQ(documented("calibrator.json").byLine, expected);
}

}  // namespace
}  // namespace canvass
