#include "confidence/auxiliary_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>
#include <utility>

#include "base/error.h"
#include "base/list_text.h"
#include "base/random.h"
#include "confidence/meaning_features.h"
#include "confidence/word_features.h"
#include "stats/metrics.h"
#include "text/text_similarity.h"

namespace canvass {
namespace {

using Row = AnswerFeatures::Row;

constexpr std::size_t minItems = 20;
constexpr std::size_t maxColumns = 300;
constexpr std::size_t folds = 5;
constexpr double ridges[] = {0.3, 1.0, 3.0, 10.0, 30.0, 100.0};

std::vector<AnswerText> textsOf(const Survey& survey, const std::vector<MatchedItem>& matched) {
  std::vector<AnswerText> texts;
  for (const MatchedItem& one : matched) {
    const Item& item = survey.items[one.item];
    texts.push_back(answerText(survey.questionOf(item), survey.populationOf(item), one.predicted));
  }
  return texts;
}

std::unique_ptr<const AnswerFeatures> featuresOf(const std::vector<AnswerText>& texts,
                                                 std::shared_ptr<const TextEmbedder> encoder,
                                                 std::vector<Row>& rows) {
  if (encoder) return std::make_unique<MeaningFeatures>(texts, std::move(encoder), rows);
  auto words = std::make_unique<WordFeatures>(texts, maxColumns);
  rows = words->rows(texts);
  return words;
}

std::vector<double> distancesOf(const Survey& survey, const std::vector<MatchedItem>& matched) {
  std::vector<double> distances;
  for (const MatchedItem& one : matched) {
    distances.push_back(1.0 - jsSimilarity(*survey.items[one.item].observed, one.predicted));
  }
  return distances;
}

// Of an even number, the lower of the middle two: at least half are at most this.
double medianOf(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// By question, the share of trusted answers among items with similar questions.
std::vector<double> sharesAmongSimilar(const Survey& survey,
                                       const std::vector<MatchedItem>& matched,
                                       const std::vector<double>& outcomes,
                                       const TextEmbedder* encoder) {
  std::vector<double> sums(survey.questions.size(), 0.0), counts(survey.questions.size(), 0.0);
  for (std::size_t i = 0; i < matched.size(); ++i) {
    const std::size_t question = survey.items[matched[i].item].question;
    sums[question] += outcomes[i];
    counts[question] += 1.0;
  }
  std::vector<std::string> texts;
  for (const Question& question : survey.questions) texts.push_back(question.text);
  const auto similarity = similarityTo(texts, encoder);
  std::vector<double> shares;
  for (std::size_t q = 0; q < texts.size(); ++q) {
    std::vector<double> weights = similarity->to(texts[q]);
    weights[q] = 1.0;
    double sum = 0.0, count = 0.0;
    for (std::size_t other = 0; other < weights.size(); ++other) {
      sum += weights[other] * weights[other] * sums[other];
      count += weights[other] * weights[other] * counts[other];
    }
    shares.push_back(count > 0.0 ? sum / count : 0.0);
  }
  return shares;
}

// Which fold each item is in: whole questions, dealt out in a random order.
std::vector<std::size_t> foldsOf(const Survey& survey, const std::vector<MatchedItem>& matched,
                                 std::uint64_t seed) {
  std::vector<std::size_t> questions;
  for (const MatchedItem& one : matched) questions.push_back(survey.items[one.item].question);
  std::sort(questions.begin(), questions.end());
  questions.erase(std::unique(questions.begin(), questions.end()), questions.end());
  if (questions.size() < folds) {
    throw Error(
        fmt::format("only {} with predictions and answers", counted(questions.size(), "question")),
        "", fmt::format("learn from at least {}", folds));
  }
  RandomStream random(seed, "folds of questions");
  random.shuffle(questions);
  std::map<std::size_t, std::size_t> foldOf;
  for (std::size_t i = 0; i < questions.size(); ++i) foldOf[questions[i]] = i % folds;
  std::vector<std::size_t> result;
  for (const MatchedItem& one : matched) {
    result.push_back(foldOf[survey.items[one.item].question]);
  }
  return result;
}

// The cross-entropy of outcomes when each fold is predicted from the others.
double validated(const std::vector<Row>& rows, const std::vector<double>& targets,
                 const std::vector<double>& outcomes, const std::vector<std::size_t>& foldOf,
                 std::size_t columns, double ridge) {
  double sum = 0.0;
  for (std::size_t fold = 0; fold < folds; ++fold) {
    std::vector<Row> others;
    std::vector<double> otherTargets;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (foldOf[i] == fold) continue;
      others.push_back(rows[i]);
      otherTargets.push_back(targets[i]);
    }
    const LogisticModel model = fitLogistic(others, otherTargets, columns, ridge);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (foldOf[i] != fold) continue;
      const double p = model.probability(rows[i]);
      sum -= outcomes[i] * std::log(p) + (1.0 - outcomes[i]) * std::log1p(-p);
    }
  }
  return sum;
}

Matching matched(const Survey& observed, const Predictions& predictions) {
  Matching matching = matchPredictions(observed, predictions);
  if (matching.matched.size() < minItems) {
    throw Error(fmt::format("only {} with both a prediction and people's answers",
                            counted(matching.matched.size(), "item")),
                "", fmt::format("learn from at least {}", minItems));
  }
  return matching;
}

}  // namespace

AuxiliaryModel::AuxiliaryModel(const Survey& observed, const Predictions& predictions,
                               std::uint64_t seed, std::shared_ptr<const TextEmbedder> encoder,
                               Progress& progress)
    : AuxiliaryModel(observed, matched(observed, predictions), seed, std::move(encoder), progress) {
}

AuxiliaryModel::AuxiliaryModel(const Survey& observed, Matching matching, std::uint64_t seed,
                               std::shared_ptr<const TextEmbedder> encoder, Progress& progress)
    : skipped_(std::move(matching.skipped)), items_(matching.matched.size()) {
  const std::vector<AnswerText> texts = textsOf(observed, matching.matched);
  std::vector<Row> rows;
  features_ = featuresOf(texts, encoder, rows);
  const std::vector<double> distances = distancesOf(observed, matching.matched);
  threshold_ = medianOf(distances);
  std::vector<double> outcomes;
  for (const double distance : distances) outcomes.push_back(distance <= threshold_ ? 1.0 : 0.0);
  const auto shares = sharesAmongSimilar(observed, matching.matched, outcomes, encoder.get());
  std::vector<double> targets;
  for (const MatchedItem& one : matching.matched) {
    targets.push_back(shares[observed.items[one.item].question]);
  }
  const auto foldOf = foldsOf(observed, matching.matched, seed);
  double lowest = std::numeric_limits<double>::infinity();
  std::size_t tried = 0;
  for (const double ridge : ridges) {
    progress.update(tried++, std::size(ridges), "");
    if (progress.stopRequested()) throw Error("stopped while learning; nothing was written");
    const double error = validated(rows, targets, outcomes, foldOf, features_->columns(), ridge);
    if (error >= lowest) continue;
    lowest = error;
    ridge_ = ridge;
  }
  progress.update(tried, std::size(ridges), "");
  model_ = fitLogistic(rows, targets, features_->columns(), ridge_);
}

std::vector<double> AuxiliaryModel::confidencesIn(const std::vector<AnswerText>& answers) const {
  std::vector<double> confidences;
  for (const Row& row : features_->rows(answers)) confidences.push_back(model_.probability(row));
  return confidences;
}

}  // namespace canvass
