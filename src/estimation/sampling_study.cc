#include "estimation/sampling_study.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "base/random.h"
#include "estimation/quantiles.h"
#include "estimation/sample_estimates.h"
#include "predictions/prediction_match.h"
#include "stats/multinomial.h"

namespace canvass {
namespace {

double squaredDistance(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0.0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += (a[k] - b[k]) * (a[k] - b[k]);
  return sum;
}

// Adds up the figures of one kind of estimate.
class Tally {
 public:
  void add(const Distribution& truth, const Distribution& model, const ShareIntervals& estimate,
           const ShareIntervals& sample) {
    figures_.error += squaredDistance(truth, estimate.estimate);
    figures_.sampleError += squaredDistance(truth, sample.estimate);
    figures_.modelError += squaredDistance(truth, model);
    ++figures_.estimated;
    options_ += static_cast<double>(truth.size());
    surveyOptions_ += static_cast<double>(truth.size());
    surveyCovered_ += covered(truth, estimate);
    sampleCovered_ += covered(truth, sample);
  }

  void endSurvey() {
    if (surveyOptions_ == 0.0) return;
    const double coverage = surveyCovered_ / surveyOptions_;
    figures_.lowestCoverage = std::min(figures_.lowestCoverage, coverage);
    figures_.highestCoverage = std::max(figures_.highestCoverage, coverage);
    covered_ += surveyCovered_;
    surveyCovered_ = surveyOptions_ = 0.0;
  }

  EstimateFigures figures() const {
    EstimateFigures result = figures_;
    const double count = static_cast<double>(std::max<std::size_t>(1, result.estimated));
    result.error /= count;
    result.sampleError /= count;
    result.modelError /= count;
    result.coverage = covered_ / options_;
    result.sampleCoverage = sampleCovered_ / options_;
    return result;
  }

 private:
  static double covered(const Distribution& truth, const ShareIntervals& intervals) {
    double count = 0.0;
    for (std::size_t k = 0; k < truth.size(); ++k) {
      count += intervals.lower[k] <= truth[k] && truth[k] <= intervals.upper[k] ? 1.0 : 0.0;
    }
    return count;
  }

  EstimateFigures figures_;
  double options_ = 0.0;
  double covered_ = 0.0;
  double sampleCovered_ = 0.0;
  double surveyOptions_ = 0.0;
  double surveyCovered_ = 0.0;
};

struct Truth {
  Distribution shares;
  Distribution predicted;
  bool isWorst = false;
};

// What a question's populations answered and were predicted to.
using TrueQuestion = std::vector<Truth>;

std::vector<TrueQuestion> trueQuestions(const Survey& observed, const Predictions& predictions) {
  std::vector<TrueQuestion> questions(observed.questions.size());
  for (const MatchedItem& matched : matchPredictions(observed, predictions).matched) {
    const Item& item = observed.items[matched.item];
    questions[item.question].push_back({normalized(*item.observed, "observed"), matched.predicted});
  }
  std::erase_if(questions, [](const TrueQuestion& question) { return question.size() < 2; });
  if (questions.empty()) {
    throw Error("no question has predictions for two or more observed populations", {},
                "give predictions for whole questions");
  }
  return questions;
}

void markWorst(std::vector<TrueQuestion>& questions) {
  std::vector<double> errors;
  for (const TrueQuestion& question : questions) {
    for (const Truth& truth : question) {
      errors.push_back(squaredDistance(truth.shares, truth.predicted));
    }
  }
  const auto limit = errors.begin() + std::ssize(errors) * 9 / 10;
  std::ranges::nth_element(errors, limit);
  for (TrueQuestion& question : questions) {
    for (Truth& truth : question) {
      truth.isWorst = squaredDistance(truth.shares, truth.predicted) >= *limit;
    }
  }
}

// Clopper and Pearson's interval of each option: its coverage is at least 95% whatever the truth.
ShareIntervals exactIntervals(const SampledItem& item) {
  ShareIntervals result{item.shares, {}, {}};
  for (const double share : item.shares) {
    const double count = share * item.respondents;
    const double others = item.respondents - count;
    result.lower.push_back(count < 0.5 ? 0.0 : betaQuantile(count, others + 1.0, 0.025));
    result.upper.push_back(others < 0.5 ? 1.0 : betaQuantile(count + 1.0, others, 0.975));
  }
  return result;
}

Distribution meanOf(const TrueQuestion& question, Distribution Truth::*shares) {
  Distribution mean(question.front().shares.size(), 0.0);
  for (const Truth& truth : question) {
    for (std::size_t k = 0; k < mean.size(); ++k) mean[k] += (truth.*shares)[k];
  }
  return normalized(std::move(mean), "mean over populations");
}

struct DrawnItem {
  const Truth* truth;
  SampledItem sampled;
};

class Simulation {
 public:
  Simulation(const std::vector<TrueQuestion>& questions, const SamplingStudyOptions& options)
      : questions_(questions), options_(options), random_(options.seed, "sampling study") {}

  void run() {
    std::vector<DrawnItem> drawn;
    for (const TrueQuestion& question : questions_) interview(question, drawn);
    shrinkAll(drawn);
    for (Tally* tally : {&shrunk_, &worst_, &rectified_}) tally->endSurvey();
    ++simulations_;
  }

  SamplingStudy study() const {
    const double count = static_cast<double>(simulations_);
    return {shrunk_.figures(), worst_.figures(),      rectified_.figures(),
            saved_ / count,    savedByModel_ / count, weight_ / weights_};
  }

 private:
  SampledItem draw(const Truth& truth) {
    std::vector<std::uint64_t> counts(truth.shares.size());
    drawSample(truth.shares, options_.respondents, random_, counts);
    return {normalized(Distribution(counts.begin(), counts.end()), "sample"),
            static_cast<double>(options_.respondents), truth.predicted};
  }

  void interview(const TrueQuestion& question, std::vector<DrawnItem>& drawn) {
    std::vector<std::size_t> order(question.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    random_.shuffle(order);
    order.resize(std::min(order.size(), options_.populations));
    std::vector<InterviewedPopulation> interviewed;
    for (const std::size_t population : order) {
      drawn.push_back({&question[population], draw(question[population])});
      const SampledItem& sampled = drawn.back().sampled;
      interviewed.push_back({population, sampled.shares, sampled.respondents});
    }
    std::vector<Distribution> predicted;
    for (const Truth& truth : question) predicted.push_back(truth.predicted);
    const RectifiedMean mean = rectifyMean(predicted, interviewed);
    rectified_.add(meanOf(question, &Truth::shares), meanOf(question, &Truth::predicted), mean.mean,
                   mean.sample);
    weight_ += mean.weight;
    weights_ += 1.0;
  }

  void shrinkAll(const std::vector<DrawnItem>& drawn) {
    std::vector<SampledItem> sampled;
    for (const DrawnItem& item : drawn) sampled.push_back(item.sampled);
    const PriorFit fit = fitPriors(sampled);
    saved_ += fit.interviewsSaved;
    savedByModel_ += fit.savedByModel();
    for (const DrawnItem& item : drawn) {
      const ShareIntervals estimate = shrink(item.sampled, fit.prior);
      const ShareIntervals alone = exactIntervals(item.sampled);
      shrunk_.add(item.truth->shares, item.truth->predicted, estimate, alone);
      if (item.truth->isWorst) {
        worst_.add(item.truth->shares, item.truth->predicted, estimate, alone);
      }
    }
  }

  const std::vector<TrueQuestion>& questions_;
  const SamplingStudyOptions& options_;
  RandomStream random_;
  Tally shrunk_;
  Tally worst_;
  Tally rectified_;
  double saved_ = 0.0;
  double savedByModel_ = 0.0;
  double weight_ = 0.0;
  double weights_ = 0.0;
  std::size_t simulations_ = 0;
};

}  // namespace

SamplingStudy simulateSampling(const Survey& observed, const Predictions& predictions,
                               const SamplingStudyOptions& options,
                               const std::function<void(std::size_t)>& step) {
  std::vector<TrueQuestion> questions = trueQuestions(observed, predictions);
  markWorst(questions);
  Simulation simulation(questions, options);
  for (std::size_t i = 0; i < options.simulations; ++i) {
    simulation.run();
    if (step) step(i + 1);
  }
  return simulation.study();
}

}  // namespace canvass
