#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace canvass {

// Something that could not be used, all cases of it as one.
struct UnusableValue {
  std::string file;
  std::size_t record = 0;  // the first, counted from 1
  std::string subject;     // the question's id; empty for a whole record
  std::string reason;
};

// What was left out, cases of one subject and reason counted together.
class UnusableValues {
 public:
  // `unit`: what is counted, in the plural: "respondents".
  explicit UnusableValues(std::string unit) : unit_(std::move(unit)) {}

  void add(UnusableValue one);
  // By subject and reason; the reason says how many cases there are, where there are several.
  std::vector<UnusableValue> list() const;

 private:
  struct Cases {
    UnusableValue first;
    std::size_t count = 0;
  };

  std::string unit_;
  std::map<std::pair<std::string, std::string>, Cases> cases_;
};

}  // namespace canvass
