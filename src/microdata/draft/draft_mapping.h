#pragma once

#include <string>

#include "microdata/microdata_reader.h"

namespace canvass {

// A first mapping for a file of respondents, as the text of a TOML file: every variable that looks
// like a question, attributes that usually make populations, weight, strata and cluster. What is
// guessed is marked "check" in a comment; variables that are not used are listed at the end, each
// with the reason. The mapping works as is. Reads the whole file once. Throws Error if no variable
// looks like a question.
std::string draftMapping(MicrodataReader& reader, Progress& progress);

}  // namespace canvass
