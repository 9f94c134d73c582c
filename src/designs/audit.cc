#include "designs/audit.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/error.h"
#include "designs/population_names.h"
#include "survey/shared_respondents.h"

namespace canvass {
namespace {

using IndexPair = std::pair<std::size_t, std::size_t>;
using Overlaps = std::vector<Overlap>;

// If texts are in two languages, an id is all that two questions can share.
std::vector<QuestionMatch> matchIds(const Survey& first, const Survey& second) {
  const SurveyIndex index(second);
  std::vector<QuestionMatch> matches;
  for (std::size_t i = 0; i < first.questions.size(); ++i) {
    if (const auto same = index.question(first.questions[i].id)) matches.push_back({i, *same});
  }
  return matches;
}

OverlapKind kindOf(const QuestionMatch& match, bool sameId) {
  switch (match.kind) {
    case MatchKind::sameText:
      return sameId ? OverlapKind::question : OverlapKind::renamed;
    case MatchKind::nearDuplicate:
      return OverlapKind::nearDuplicate;
    case MatchKind::sameBattery:
      return OverlapKind::battery;
  }
  throw Error("a question match has an unknown kind");
}

Overlap questionOverlap(OverlapKind kind, const Question& first, const Question& second,
                        double similarity) {
  return {kind, first.id, second.id, similarity, first.text, second.text};
}

void addQuestions(const Survey& first, const Survey& second,
                  const std::vector<QuestionMatch>& matches, Overlaps& overlaps) {
  for (const QuestionMatch& match : matches) {
    const Question& a = first.questions[match.first];
    const Question& b = second.questions[match.second];
    overlaps.push_back(questionOverlap(kindOf(match, a.id == b.id), a, b, match.similarity));
  }
}

void addReusedIds(const Survey& first, const Survey& second,
                  const std::vector<QuestionMatch>& matches, Overlaps& overlaps) {
  std::set<IndexPair> alike;
  for (const QuestionMatch& match : matches) alike.emplace(match.first, match.second);
  for (const QuestionMatch& match : matchIds(first, second)) {
    if (alike.contains({match.first, match.second})) continue;
    overlaps.push_back(questionOverlap(OverlapKind::reusedId, first.questions[match.first],
                                       second.questions[match.second], 0.0));
  }
}

void addPopulations(const Survey& first, const Survey& second,
                    const std::vector<IndexPair>& matches, Overlaps& overlaps) {
  for (const auto& [i, j] : matches) {
    const Population& a = first.populations[i];
    const Population& b = second.populations[j];
    overlaps.push_back({OverlapKind::population, a.id, b.id, 1.0, a.name, b.name});
  }
}

std::string itemName(const Survey& survey, const Item& item) {
  return survey.questionOf(item).id + ", " + survey.populationOf(item).id;
}

// `questions` and `populations`: for each of the first part, those of the second that are the same.
void addItems(const Survey& first, const Survey& second,
              const std::multimap<std::size_t, std::size_t>& questions,
              const std::multimap<std::size_t, std::size_t>& populations, Overlaps& overlaps) {
  const SurveyIndex index(second);
  for (const Item& item : first.items) {
    const auto [question, lastQuestion] = questions.equal_range(item.question);
    const auto [population, lastPopulation] = populations.equal_range(item.population);
    for (auto q = question; q != lastQuestion; ++q) {
      for (auto p = population; p != lastPopulation; ++p) {
        const auto same = index.item(q->second, p->second);
        if (!same) continue;
        overlaps.push_back({OverlapKind::item, itemName(first, item),
                            itemName(second, second.items[*same]), 1.0, first.questionOf(item).text,
                            second.questions[q->second].text});
      }
    }
  }
}

// Items of one question that are not of the same population but share respondents.
void addRespondents(const Survey& first, const Survey& second, Overlaps& overlaps) {
  for (const auto& [i, j] : pairsSharingRespondents(first, second)) {
    const Population& a = first.populationOf(first.items[i]);
    const Population& b = second.populationOf(second.items[j]);
    if (a.id == b.id) continue;
    overlaps.push_back({OverlapKind::respondents, itemName(first, first.items[i]),
                        itemName(second, second.items[j]), 1.0, a.name, b.name});
  }
}

PartPair auditPair(const Part& first, const Part& second, double similarity) {
  const Survey& a = first.survey;
  const Survey& b = second.survey;
  PartPair pair{first.name, second.name, {}, a.language == b.language};
  const auto questions = pair.textsCompared ? matchQuestions(a, b, similarity) : matchIds(a, b);
  const auto populations = matchPopulations(a, b);
  std::multimap<std::size_t, std::size_t> sameQuestions;
  for (const QuestionMatch& match : questions) {
    if (match.kind == MatchKind::sameText) sameQuestions.emplace(match.first, match.second);
  }
  addItems(a, b, sameQuestions, {populations.begin(), populations.end()}, pair.overlaps);
  addQuestions(a, b, questions, pair.overlaps);
  if (pair.textsCompared) addReusedIds(a, b, questions, pair.overlaps);
  addRespondents(a, b, pair.overlaps);
  addPopulations(a, b, populations, pair.overlaps);
  std::ranges::stable_sort(pair.overlaps, [](const Overlap& x, const Overlap& y) {
    return x.kind != y.kind ? x.kind < y.kind : x.similarity > y.similarity;
  });
  return pair;
}

}  // namespace

const char* overlapName(OverlapKind kind) {
  switch (kind) {
    case OverlapKind::item:
      return "items";
    case OverlapKind::question:
      return "questions";
    case OverlapKind::renamed:
      return "renamed";
    case OverlapKind::nearDuplicate:
      return "near-duplicates";
    case OverlapKind::battery:
      return "batteries";
    case OverlapKind::reusedId:
      return "reused-ids";
    case OverlapKind::respondents:
      return "respondents";
    case OverlapKind::population:
      return "populations";
  }
  throw Error("an overlap has an unknown kind");
}

const std::vector<OverlapKind>& overlapKinds() {
  static const std::vector<OverlapKind> kinds = {
      OverlapKind::item,          OverlapKind::question,  OverlapKind::renamed,
      OverlapKind::nearDuplicate, OverlapKind::battery,   OverlapKind::reusedId,
      OverlapKind::respondents,   OverlapKind::population};
  return kinds;
}

std::vector<PartPair> auditParts(const std::vector<Part>& parts, double similarity) {
  if (parts.size() < 2) {
    throw Error("there is only one part", {}, "give two or more parts to compare");
  }
  std::vector<PartPair> pairs;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (std::size_t j = i + 1; j < parts.size(); ++j) {
      pairs.push_back(auditPair(parts[i], parts[j], similarity));
    }
  }
  return pairs;
}

std::size_t countOverlaps(const PartPair& pair, OverlapKind kind) {
  return static_cast<std::size_t>(std::ranges::count(pair.overlaps, kind, &Overlap::kind));
}

}  // namespace canvass
