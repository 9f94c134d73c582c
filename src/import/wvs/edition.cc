#include "import/wvs/edition.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/error.h"

namespace canvass::wvs {
namespace {

// The number of "Q164" after its letter.
std::optional<int> numberAfter(char letter, std::string_view name) {
  int number = 0;
  if (name.size() < 2 || name.front() != letter) return std::nullopt;
  const char* end = name.data() + name.size();
  const auto [read, error] = std::from_chars(name.data() + 1, end, number);
  if (error != std::errc() || read != end) return std::nullopt;
  return number;
}

constexpr int lastOpinionOfWave7 = 259;  // from Q260 on the questionnaire asks who the person is

bool isQuestionOfWave7(std::string_view name) {
  const auto number = numberAfter('Q', name);
  return number && *number >= 1 && *number <= lastOpinionOfWave7;
}

constexpr int firstOfWaves5And6 = 4;  // V1 to V3 are wave, country and respondent
constexpr int firstFactOfWave5 = 235;

bool isQuestionOfWaves5And6(std::string_view name) {
  const auto number = numberAfter('V', name);
  return number && *number >= firstOfWaves5And6 && *number < firstFactOfWave5;
}

// The joint file uses the names of the survey's dictionary: a letter for the subject and three
// digits, with a suffix for variants. X and Y are facts and indices.
bool isQuestionOfJointFile(std::string_view name) {
  const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
  return name.size() >= 4 && name.front() >= 'A' && name.front() <= 'H' &&
         std::all_of(name.begin() + 1, name.begin() + 4, isDigit);
}

const std::array<Edition, 3> editions{{
    {"wave 7", {"B_COUNTRY", "B_COUNTRY_ALPHA"}, {"W_WEIGHT"}, false, isQuestionOfWave7},
    {"joint EVS/WVS", {"cntry", "cntry_AN"}, {"gwght", "gweight"}, false, isQuestionOfJointFile},
    {"waves 5 and 6", {"V2", "V2A"}, {"V258", "V259"}, true, isQuestionOfWaves5And6},
}};

}  // namespace

const Variable* findVariable(const std::vector<Variable>& variables,
                             const std::vector<std::string_view>& names) {
  for (const std::string_view name : names) {
    const auto found = std::find_if(variables.begin(), variables.end(),
                                    [name](const Variable& one) { return one.name == name; });
    if (found != variables.end()) return &*found;
  }
  return nullptr;
}

const Edition& findEdition(const std::vector<Variable>& variables, const std::string& file) {
  std::vector<std::string> known;
  for (const Edition& edition : editions) {
    if (findVariable(variables, edition.countryVariables) != nullptr) return edition;
    known.push_back(fmt::format("{} ({})", edition.countryVariables.front(), edition.name));
  }
  throw Error("there is no country column", file,
              fmt::format("the file should have one of {}; for another file write a mapping: "
                          "canvass import csv",
                          fmt::join(known, ", ")));
}

}  // namespace canvass::wvs
