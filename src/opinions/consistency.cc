#include "opinions/consistency.h"

#include <algorithm>
#include <string>

#include "evaluation/evaluation.h"

namespace canvass {
namespace {

constexpr double tie = 1e-12;

std::string kindOf(const Population& population) {
  std::string kind;
  for (const auto& [name, value] : population.attributes) {
    kind += (kind.empty() ? "" : " x ") + name;
  }
  return kind;
}

struct Sum {
  double total = 0.0;
  double count = 0.0;
};

// Sums by [topic][population], topics in the order of the survey's questions.
struct Topical {
  std::vector<std::string> topics;
  std::vector<std::vector<Sum>> sums;

  double mean(std::size_t topic, std::size_t population) const {
    return sums[topic][population].total / sums[topic][population].count;
  }
  bool inEvery(std::size_t population) const {
    return std::ranges::all_of(
        sums, [population](const std::vector<Sum>& topic) { return topic[population].count > 0; });
  }
  double meanOverTopics(std::size_t population) const {
    double sum = 0.0;
    for (std::size_t topic = 0; topic < topics.size(); ++topic) sum += mean(topic, population);
    return sum / static_cast<double>(topics.size());
  }
};

Topical byTopic(const Survey& survey, std::span<const TopicalAlignment> alignments) {
  Topical result;
  for (const TopicalAlignment& one : alignments) {
    const std::string& topic = survey.questions[one.question].topic;
    const std::string name = topic.empty() ? noTopic : topic;
    const auto place =
        static_cast<std::size_t>(std::ranges::find(result.topics, name) - result.topics.begin());
    if (place == result.topics.size()) {
      result.topics.push_back(name);
      result.sums.emplace_back(survey.populations.size());
    }
    Sum& sum = result.sums[place][one.population];
    sum.total += one.alignment;
    sum.count += 1.0;
  }
  return result;
}

// The first of those with the highest figure.
template <typename Figure>
std::size_t bestOf(const std::vector<std::size_t>& populations, Figure figure) {
  std::size_t best = populations.front();
  for (const std::size_t one : populations) {
    if (figure(one) > figure(best) + tie) best = one;
  }
  return best;
}

Consistency consistencyOf(const Topical& topical, const std::string& kind,
                          const std::vector<std::size_t>& populations) {
  Consistency result;
  result.kind = kind;
  result.populations = populations.size();
  result.best = bestOf(populations, [&](std::size_t one) { return topical.meanOverTopics(one); });
  std::size_t agreeing = 0;
  for (std::size_t topic = 0; topic < topical.topics.size(); ++topic) {
    const auto figure = [&](std::size_t one) { return topical.mean(topic, one); };
    std::size_t best = bestOf(populations, figure);
    if (figure(result.best) >= figure(best) - tie) best = result.best;
    agreeing += best == result.best;
    result.topics.push_back({topical.topics[topic], best, figure(best)});
  }
  result.share = static_cast<double>(agreeing) / static_cast<double>(topical.topics.size());
  return result;
}

}  // namespace

std::vector<Consistency> consistenciesOf(const Survey& survey,
                                         std::span<const TopicalAlignment> alignments) {
  const Topical topical = byTopic(survey, alignments);
  std::vector<Consistency> result;
  if (topical.topics.size() < 2) return result;
  std::vector<std::string> kinds;
  std::vector<std::vector<std::size_t>> populations;
  for (std::size_t p = 0; p < survey.populations.size(); ++p) {
    if (!topical.inEvery(p)) continue;
    const std::string kind = kindOf(survey.populations[p]);
    const auto place = static_cast<std::size_t>(std::ranges::find(kinds, kind) - kinds.begin());
    if (place == kinds.size()) {
      kinds.push_back(kind);
      populations.emplace_back();
    }
    populations[place].push_back(p);
  }
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    if (populations[k].size() >= 2) {
      result.push_back(consistencyOf(topical, kinds[k], populations[k]));
    }
  }
  return result;
}

}  // namespace canvass
