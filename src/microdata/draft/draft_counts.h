#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "microdata/draft/drafted_question.h"

namespace canvass {

// How many guesses of which kind a draft makes.
struct DraftCounts {
  std::size_t questions = 0;
  std::size_t attributes = 0;
  std::size_t batteries = 0;
  std::size_t dontKnow = 0;  // codes, each of one question
  std::size_t refused = 0;
  std::size_t notAsked = 0;
  std::size_t ofUnknownKind = 0;  // of those not asked
  std::size_t doubtful = 0;       // answers whose label sounds like none

  void add(const DraftedQuestion& question);
  std::vector<std::string> notes() const;
};

}  // namespace canvass
