#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "microdata/microdata_reader.h"

namespace canvass {

struct DraftOptions {
  // Whether a variable may be a question; none: every one may.
  std::function<bool(const std::string& variable)> mayBeQuestion;
  // Whether it may be anything at all.
  std::function<bool(const std::string& variable)> isDropped;
  bool hasWaves = false;      // the variable "wave" (microdata/choice/crosswalk.h) is an attribute
  bool listsOptions = false;  // even if they are the file's labels: other files have others
  std::map<std::string, std::string> topics;   // by variable
  std::map<std::string, std::string> wording;  // by variable, instead of its label
};

struct MappingDraft {
  std::string text;                // a TOML file
  std::vector<std::string> notes;  // what was guessed, counted by kind
};

// A first mapping for a file of respondents: every variable that looks like a question, attributes
// that usually make populations, weight, strata and cluster. What is guessed is marked "check" in a
// comment and counted in the notes, which also head the text; variables that are not used are
// listed at the end, each with the reason. The mapping works as is. Reads the whole file once.
// Throws Error if no variable looks like a question, nobody answered any, or the records of a long
// table contradict each other.
MappingDraft draftMapping(MicrodataReader& reader, const DraftOptions& options, Progress& progress);

}  // namespace canvass
