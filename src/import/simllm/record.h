#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "survey/survey.h"

namespace canvass::simllm {

// One record of the format, read and matched but with its shares as they are in the file.
struct Record {
  std::string_view language;
  Question question;
  Population population;
  std::vector<double> shares;            // in the options' order
  std::vector<std::string> unknownKeys;  // keys that the format does not have
};

// What a record says about itself before it is known to be valid, so that messages can name it.
struct RecordPreview {
  std::string id;    // empty if there is none
  double sum = 0.0;  // of its shares, 0 if they are not numbers
};

RecordPreview previewRecord(std::string_view text);

// Reads one record; throws Error, without a location, for every fault in it.
Record parseRecord(std::string_view text);

}  // namespace canvass::simllm
