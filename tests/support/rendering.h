#pragma once

#include <ctime>
#include <functional>
#include <string>

#include "base/json.h"

namespace canvass::test {

// A file of tests/prompt/golden, filled in by tools/oracle/chat_templates.py.
Json goldenFile(const std::string& name);

// A clock that stands at "2024-07-06T09:05:03".
std::function<std::tm()> clockAt(const std::string& moment);

// Python's answer in a golden case and canvass's: "output" with the text, or "error".
struct Outcome {
  bool refused = false;
  std::string text;     // empty where it was refused
  std::string message;  // of the refusal; not compared, Python words it differently

  bool operator==(const Outcome& other) const;
};
void PrintTo(const Outcome& outcome, std::ostream* out);

Outcome expectedOutcome(const Json& goldenCase);
// What `render` returns, or the message of the canvass::Error that it throws.
Outcome outcomeOf(const std::function<std::string()>& render);

}  // namespace canvass::test
