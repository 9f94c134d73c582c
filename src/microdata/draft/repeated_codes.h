#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "microdata/draft/labeled_codes.h"

namespace canvass {

// Codes that a file gives the same words in many variables whose other options differ, as "99
// Refused" or a text NA in most columns: a convention of the file, not an answer.
class RepeatedCodes {
 public:
  void add(const std::vector<LabeledCode>& codes);
  bool isConvention(const LabeledCode& code) const;

 private:
  std::map<std::string, std::set<std::string>> contexts_;  // of a code and its words: what other
                                                           // options it stands with
};

}  // namespace canvass
