#include "estimation/poststratification.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/error.h"
#include "base/list_text.h"
#include "estimation/sample_estimates.h"
#include "stats/share_estimates.h"

namespace canvass {
namespace {

using Attributes = std::map<std::string, std::string>;

struct Cell {
  std::size_t population = 0;
  double share = 0.0;  // of the target
};

struct Target {
  PoststratifiedTarget summary;
  std::vector<Cell> cells;
};

std::string textOf(const Attributes& attributes) {
  std::vector<std::string> values;
  for (const auto& [name, value] : attributes) values.push_back(value);
  return values.empty() ? "everyone" : fmt::format("{}", fmt::join(values, ", "));
}

std::optional<std::size_t> populationWith(const Survey& survey, const Attributes& attributes) {
  const auto found = std::ranges::find(survey.populations, attributes, &Population::attributes);
  if (found == survey.populations.end()) return std::nullopt;
  return static_cast<std::size_t>(found - survey.populations.begin());
}

Attributes only(const Attributes& attributes, const std::vector<std::string>& names) {
  Attributes chosen;
  for (const std::string& name : names) {
    const auto found = attributes.find(name);
    if (found == attributes.end()) {
      throw Error(fmt::format("the cells have no attribute \"{}\"", name), {},
                  "divide by attributes of the cells");
    }
    chosen.insert(*found);
  }
  return chosen;
}

Target newTarget(const Survey& survey, const Attributes& attributes) {
  const auto population = populationWith(survey, attributes);
  const std::string name = population ? survey.populations[*population].name : textOf(attributes);
  return {{population ? survey.populations[*population].id : name, name}, {}};
}

std::vector<Target> targetsOf(const Survey& survey, const std::vector<PopulationCell>& cells,
                              const std::vector<std::string>& by) {
  std::map<Attributes, Target> targets;
  std::vector<std::string> unknown;
  for (const PopulationCell& cell : cells) {
    if (cell.amount <= 0.0) continue;
    const auto population = populationWith(survey, cell.attributes);
    if (!population) {
      unknown.push_back(textOf(cell.attributes));
      continue;
    }
    const Attributes key = only(cell.attributes, by);
    auto& target = targets.try_emplace(key, newTarget(survey, key)).first->second;
    target.cells.push_back({*population, cell.amount});
  }
  if (!unknown.empty()) {
    throw Error(fmt::format("{} not a population of the survey: {}",
                            counted(unknown.size(), "cell"), listText(unknown)),
                survey.name, "import populations that are crossed by exactly these attributes");
  }
  std::vector<Target> list;
  for (auto& [key, target] : targets) {
    double sum = 0.0;
    for (const Cell& cell : target.cells) sum += cell.share;
    target.summary.cells = target.cells.size();
    target.summary.concentration = 0.0;
    for (Cell& cell : target.cells) {
      cell.share /= sum;
      target.summary.concentration += cell.share * cell.share;
    }
    list.push_back(std::move(target));
  }
  return list;
}

// Adds up errors of cells, option by option.
class ErrorSums {
 public:
  struct CellError {
    std::vector<double> error;     // predicted less observed, of each option
    std::vector<double> sampling;  // its variance by sampling
  };

  void add(const std::vector<CellError>& cells) {
    if (cells.size() < 2) return;
    const double count = static_cast<double>(cells.size());
    for (std::size_t k = 0; k < cells.front().error.size(); ++k) {
      double mean = 0.0;
      double sampling = 0.0;
      for (const CellError& cell : cells) {
        mean += cell.error[k] / count;
        sampling += cell.sampling[k] / count;
      }
      double within = 0.0;
      for (const CellError& cell : cells) {
        within += (cell.error[k] - mean) * (cell.error[k] - mean) / (count - 1.0);
      }
      common_ += mean * mean - within / count;
      own_ += within - sampling;
      ++options_;
    }
    items_ += cells.size();
    ++questions_;
  }

  std::optional<CellErrors> finish() const {
    if (options_ == 0) return std::nullopt;
    const auto root = [&](double sum) {
      return std::sqrt(std::max(0.0, sum / static_cast<double>(options_)));
    };
    return CellErrors{items_, questions_, root(common_), root(own_)};
  }

 private:
  double common_ = 0.0;
  double own_ = 0.0;
  std::size_t options_ = 0;
  std::size_t items_ = 0;
  std::size_t questions_ = 0;
};

std::optional<ErrorSums::CellError> errorOf(const Item& item, const Distribution& predicted) {
  const auto respondents = effectiveRespondents(item);
  if (!item.observed || (!item.standardErrors && !respondents)) return std::nullopt;
  ErrorSums::CellError result;
  for (std::size_t k = 0; k < predicted.size(); ++k) {
    const double observed = (*item.observed)[k];
    const double error =
        item.standardErrors ? (*item.standardErrors)[k] : standardErrorOf(observed, *respondents);
    result.error.push_back(predicted[k] - observed);
    result.sampling.push_back(error * error);
  }
  return result;
}

class Poststratifier {
 public:
  Poststratifier(const Survey& survey, const Predictions& predictions, std::vector<Target> targets)
      : survey_(survey), index_(survey), table_(predictions, survey), targets_(std::move(targets)) {
    static_cast<PredictionSource&>(result_.predictions) = predictions;
  }

  Poststratification run() {
    for (const Target& target : targets_) {
      result_.targets.push_back(target.summary);
      for (std::size_t q = 0; q < survey_.questions.size(); ++q) estimate(target, q);
    }
    result_.errors = sums_.finish();
    return std::move(result_);
  }

 private:
  void estimate(const Target& target, std::size_t question) {
    const Question& asked = survey_.questions[question];
    const PredictedTable::Row& row = table_.ofQuestion(question);
    if (row.populations.empty()) return;
    Distribution shares(asked.options.size(), 0.0);
    std::vector<ErrorSums::CellError> errors;
    std::size_t missing = 0;
    for (const Cell& cell : target.cells) {
      const auto found = row.find(survey_.populations[cell.population].id);
      if (!found) {
        ++missing;
        continue;
      }
      const Distribution& predicted = row.predicted[*found];
      for (std::size_t k = 0; k < shares.size(); ++k) shares[k] += cell.share * predicted[k];
      const auto item = index_.item(question, cell.population);
      if (!item) continue;
      if (auto error = errorOf(survey_.items[*item], predicted))
        errors.push_back(std::move(*error));
    }
    sums_.add(errors);
    if (missing > 0) {
      result_.skipped.push_back({asked.id, target.summary.id,
                                 fmt::format("{} of {} without a prediction", missing,
                                             counted(target.cells.size(), "cell"))});
      return;
    }
    result_.predictions.predictions.push_back(
        {asked.id, target.summary.id, labelsOf(asked), std::move(shares), {}, {}});
  }

  const Survey& survey_;
  SurveyIndex index_;
  PredictedTable table_;
  std::vector<Target> targets_;
  ErrorSums sums_;
  Poststratification result_;
};

}  // namespace

double CellErrors::of(const PoststratifiedTarget& target) const {
  return std::sqrt(common * common + own * own * target.concentration);
}

Poststratification poststratify(const Survey& survey, const Predictions& predictions,
                                const std::vector<PopulationCell>& cells,
                                const std::vector<std::string>& by) {
  Poststratification result =
      Poststratifier(survey, predictions, targetsOf(survey, cells, by)).run();
  if (!result.predictions.predictions.empty()) return result;
  throw Error("no question has a prediction of every cell", {},
              result.skipped.empty()
                  ? "predict the survey's crossed populations"
                  : fmt::format("question {}, {}: {}", result.skipped.front().question,
                                result.skipped.front().population, result.skipped.front().reason));
}

}  // namespace canvass
