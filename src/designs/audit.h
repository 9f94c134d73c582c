#pragma once

#include <string>
#include <vector>

#include "designs/parts.h"
#include "designs/question_matches.h"

namespace canvass {

// What two parts of a design may have in common.
enum class OverlapKind {
  item,           // the same question, by its text, of the same population
  question,       // one id and one text
  renamed,        // one text under two ids
  nearDuplicate,  // texts that are very similar
  battery,        // texts that are similar except for what they ask about
  reusedId,       // one id for texts that are not even similar
  respondents,    // the same question, by its id, of respondents who are in both: two populations
                  // of which one contains or overlaps with the other
  population,     // the same id, or the same country or name
};

struct Overlap {
  OverlapKind kind = OverlapKind::item;
  std::string first;   // id in the first part; of items "question, population"
  std::string second;  // id in the second part
  double similarity = 1.0;
  std::string firstText = {};  // the question's words, or the population's name
  std::string secondText = {};
};

struct PartPair {
  std::string first;  // names of the parts
  std::string second;
  std::vector<Overlap> overlaps;  // kind by kind, most similar first
  bool textsCompared = true;      // false if the parts are in two languages
};

// "items", "questions", "renamed", "near-duplicates", "batteries", "reused-ids",
// "respondents", "populations".
const char* overlapName(OverlapKind kind);
const std::vector<OverlapKind>& overlapKinds();

// Every pair of parts in their order, with all that they have in common. The texts of parts in two
// languages are not compared: there only equal ids count as the same question.
// Throws Error for fewer than two parts or a similarity out of range.
std::vector<PartPair> auditParts(const std::vector<Part>& parts,
                                 double similarity = usualSimilarity);

// The number of overlaps of a kind that a pair of parts has.
std::size_t countOverlaps(const PartPair& pair, OverlapKind kind);

}  // namespace canvass
