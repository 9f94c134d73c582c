#include "support/rendering.h"

#include <iomanip>
#include <nlohmann/json.hpp>
#include <ostream>
#include <sstream>
#include <stdexcept>

#include "base/error.h"
#include "base/file.h"
#include "support/test_support.h"

namespace canvass::test {

Json goldenFile(const std::string& name) {
  const auto path = sourceFolder() / "tests" / "prompt" / "golden" / name;
  return parseJson(readFile(path), path.string());
}

std::function<std::tm()> clockAt(const std::string& moment) {
  std::tm time{};
  std::istringstream text(moment);
  text >> std::get_time(&time, "%Y-%m-%dT%H:%M:%S");
  if (text.fail()) throw std::runtime_error("not a moment: " + moment);
  ::timegm(&time);  // fills in the days of the week and of the year
  return [time] { return time; };
}

bool Outcome::operator==(const Outcome& other) const {
  return refused == other.refused && text == other.text;
}

void PrintTo(const Outcome& outcome, std::ostream* out) {
  if (outcome.refused) {
    *out << "refused: " << outcome.message;
  } else {
    *out << testing::PrintToString(outcome.text);
  }
}

Outcome expectedOutcome(const Json& goldenCase) {
  const auto error = goldenCase.find("error");
  if (error != goldenCase.end()) return {true, "", error->get<std::string>()};
  return {false, goldenCase.at("output").get<std::string>(), ""};
}

Outcome outcomeOf(const std::function<std::string()>& render) {
  try {
    return {false, render(), ""};
  } catch (const Error& error) {
    return {true, "", error.what()};
  }
}

}  // namespace canvass::test
