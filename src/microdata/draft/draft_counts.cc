#include "microdata/draft/draft_counts.h"

#include <fmt/format.h>

#include "base/list_text.h"

namespace canvass {

void DraftCounts::add(const DraftedQuestion& question) {
  ++questions;
  doubtful += question.doubtful;
  for (const NonAnswer& one : question.nonAnswers) {
    ++(one.kind == MissingKind::dontKnow  ? dontKnow
       : one.kind == MissingKind::refused ? refused
                                          : notAsked);
    if (!one.isKindKnown) ++ofUnknownKind;
  }
}

std::vector<std::string> DraftCounts::notes() const {
  std::vector<std::string> notes;
  notes.push_back(fmt::format(
      "{}{}, {}, whose scales are guessed by their labels", counted(questions, "question"),
      batteries == 0 ? "" : fmt::format(" ({} in multi-select sets)", batteries),
      counted(attributes, "attribute")));
  if (dontKnow + refused + notAsked > 0) {
    notes.push_back(
        fmt::format("{} taken for no answer: {} don't know, {} refused, {} not asked{}",
                    counted(dontKnow + refused + notAsked, "code"), dontKnow, refused, notAsked,
                    ofUnknownKind == 0
                        ? ""
                        : fmt::format(" ({} of them of a kind that no words say)", ofUnknownKind)));
  }
  if (doubtful > 0) {
    notes.push_back(fmt::format("{} kept as an answer, though the label sounds like none",
                                counted(doubtful, "code")));
  }
  return notes;
}

}  // namespace canvass
