#include "asking/evidence.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "survey/item_set.h"

namespace canvass {
namespace {

// The observed answers of the training survey except those that are to be predicted.
Survey answersToShow(const Survey& training, const Survey& toPredict) {
  Survey allowed = withoutItemsOf(training, toPredict);
  std::erase_if(allowed.items, [](const Item& item) { return !item.observed; });
  return allowed;
}

std::vector<std::string> questionTexts(const Survey& survey) {
  std::vector<std::string> texts;
  for (const Question& question : survey.questions) texts.push_back(question.text);
  return texts;
}

// Half of the share of attributes in which they agree: less than the similarity that is usually
// found between any two populations with answers in common.
double attributeSimilarity(const Population& a, const Population& b) {
  std::size_t equal = 0;
  for (const auto& [name, value] : a.attributes) {
    const auto other = b.attributes.find(name);
    equal += other != b.attributes.end() && other->second == value;
  }
  const std::size_t all = a.attributes.size() + b.attributes.size() - equal;
  return all == 0 ? 0.0 : 0.5 * static_cast<double>(equal) / static_cast<double>(all);
}

}  // namespace

EvidenceSource::EvidenceSource(const Survey& training, const Survey& toPredict,
                               std::shared_ptr<const TextEmbedder> embedder)
    : allowed_(answersToShow(training, toPredict)),
      table_(allowed_),
      embedder_(std::move(embedder)),
      texts_(similarityTo(questionTexts(allowed_), embedder_.get())) {}

const std::vector<double>& EvidenceSource::questionSimilarities(const Question& question) const {
  const std::lock_guard lock(mutex_);
  const auto found = byQuestion_.find(question.id);
  if (found != byQuestion_.end()) return found->second;
  return byQuestion_.emplace(question.id, texts_->to(question.text)).first->second;
}

const std::vector<double>& EvidenceSource::populationSimilarities(
    const Population& population) const {
  const std::lock_guard lock(mutex_);
  const auto found = byPopulation_.find(population.id);
  if (found != byPopulation_.end()) return found->second;
  return byPopulation_.emplace(population.id, similaritiesTo(population)).first->second;
}

std::vector<double> EvidenceSource::similaritiesTo(const Population& population) const {
  const auto target = table_.population(population);
  std::optional<AnswerSimilarity> similarity;
  if (target) similarity.emplace(table_, *target);
  std::vector<double> similarities;
  for (std::size_t other = 0; other < allowed_.populations.size(); ++other) {
    std::optional<double> measured;
    if (target) measured = other == *target ? 1.0 : similarity->overall(other);
    similarities.push_back(
        measured.value_or(attributeSimilarity(population, allowed_.populations[other])));
  }
  return similarities;
}

std::vector<Evidence> EvidenceSource::forItem(const Question& question,
                                              const Population& population,
                                              std::size_t count) const {
  const auto& questions = questionSimilarities(question);
  const auto& populations = populationSimilarities(population);
  struct Fit {
    double value;
    std::size_t item;
  };
  std::vector<Fit> fits;
  fits.reserve(allowed_.items.size());
  for (std::size_t i = 0; i < allowed_.items.size(); ++i) {
    const Item& item = allowed_.items[i];
    fits.push_back({questions[item.question] * populations[item.population], i});
  }
  const std::size_t wanted = std::min(count, fits.size());
  std::partial_sort(fits.begin(), fits.begin() + static_cast<std::ptrdiff_t>(wanted), fits.end(),
                    [](const Fit& a, const Fit& b) {
                      return a.value != b.value ? a.value > b.value : a.item < b.item;
                    });
  std::vector<Evidence> chosen;
  for (std::size_t i = wanted; i-- > 0;) {
    const Item& item = allowed_.items[fits[i].item];
    chosen.push_back({&allowed_.questionOf(item), &allowed_.populationOf(item), &*item.observed});
  }
  return chosen;
}

}  // namespace canvass
