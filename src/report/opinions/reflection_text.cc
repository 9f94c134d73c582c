#include "report/opinions/reflection_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/terminal/plain_table.h"

namespace canvass {
namespace {

constexpr std::size_t maxRows = 20;  // without --all
constexpr std::size_t firstRows = 10;
constexpr std::size_t lastRows = 5;
constexpr std::size_t figuresWidth = 60;  // of the columns next to the names in the widest table
constexpr std::size_t minFirstColumn = 20;

using Row = std::vector<std::string>;

std::string number(double value) {
  return std::isfinite(value) ? fmt::format("{:.3f}", value) : "";
}

std::string withInterval(double value, const std::optional<Interval>& interval) {
  if (!std::isfinite(value)) return "";
  return interval ? fmt::format("{:.3f} ({:.3f} to {:.3f})", value, interval->low, interval->high)
                  : number(value);
}

std::string withInterval(const QuestionMean& mean) {
  return withInterval(mean.mean, mean.interval);
}

std::string withInterval(const std::optional<QuestionRatio>& ratio) {
  return ratio ? withInterval(ratio->value, ratio->interval) : "none";
}

// "-0.012", marked if chance may explain it.
std::string signedMean(const QuestionMean& mean, const TerminalStyle& style) {
  if (!std::isfinite(mean.mean)) return "";
  const bool noise = !mean.interval || mean.interval->contains(0.0);
  return fmt::format("{:+.3f}", mean.mean) + std::string(noise ? sign("≈", "~", style) : " ");
}

std::size_t namesWidth(const TerminalStyle& style) {
  return std::max(usableWidth(style), figuresWidth + minFirstColumn) - figuresWidth;
}

std::string nameOf(const Survey& survey, std::size_t population, const TerminalStyle& style) {
  return shortened(survey.populations[population].name, namesWidth(style), style);
}

// The table's rows below its header, without those in the middle of many.
std::string shortTable(std::vector<Row> rows, bool all, const TerminalStyle& style) {
  const std::size_t populations = rows.size() - 1;
  if (all || populations <= maxRows) return plainTable(rows, style);
  const std::size_t hidden = populations - firstRows - lastRows;
  Row between(rows.front().size());
  between.front() = fmt::format("{} more (--all)", grouped(hidden));
  const auto first = rows.begin() + 1 + static_cast<std::ptrdiff_t>(firstRows);
  rows.erase(first, first + static_cast<std::ptrdiff_t>(hidden));
  rows.insert(rows.begin() + 1 + static_cast<std::ptrdiff_t>(firstRows), std::move(between));
  return plainTable(rows, style);
}

std::string similarityText(const Survey& survey, const Reflection& reflection, bool all,
                           const TerminalStyle& style) {
  std::vector<Row> rows = {
      {"similar to", "1 - JS distance", "others", "minus others", "uniform", "items"}};
  for (const PopulationSimilarity& one : reflection.similar) {
    rows.push_back({nameOf(survey, one.population, style), withInterval(one.similarity),
                    number(one.othersMean.mean), signedMean(one.difference, style),
                    number(one.uniform.mean), grouped(one.similarity.questions)});
  }
  return shortTable(std::move(rows), all, style) +
         paragraph(
             "others: the score of a model that answers with the mean of the other populations; "
             "minus others: by how much this model scores higher.",
             style);
}

std::string representationText(const Survey& survey, const Reflection& reflection, bool all,
                               const TerminalStyle& style) {
  const Representation& representation = reflection.representation;
  std::string text = "\n";
  if (representation.nominalQuestions > 0) {
    text += paragraph(fmt::format("{} left out of what follows: their options have no order.",
                                  counted(representation.nominalQuestions, "nominal question")),
                      style);
  }
  if (representation.populations.empty()) return text;
  const bool steered = !reflection.steered.empty();
  Row header = {"represented", "1 - WD/(N-1)"};
  if (steered) header.insert(header.end(), {"steered", "gain"});
  header.emplace_back("items");
  std::vector<Row> rows = {header};
  for (const PopulationRepresentation& one : representation.populations) {
    Row row = {nameOf(survey, one.population, style), withInterval(one.representativeness)};
    if (steered) {
      row.push_back(number(one.steerability.mean));
      row.push_back(signedMean(one.gain, style));
    }
    row.push_back(grouped(one.representativeness.questions));
    rows.push_back(row);
  }
  text += shortTable(std::move(rows), all, style);
  text += fmt::format("Everyone: {}\n", withInterval(representation.whole));
  if (steered) {
    text += paragraph(
        "steered: named, the best of the runs for each question; gain: over the default for the "
        "same questions.",
        style);
  }
  return text;
}

std::string consistencyText(const Survey& survey, const Consistency& one,
                            const TerminalStyle& style) {
  std::string text = fmt::format(
      "Consistency{}: {} is best represented over all topics, and in {} of {} topics ({}); {} "
      "compete.",
      one.kind.empty() ? "" : " of " + one.kind, survey.populations[one.best].name,
      std::lround(one.share * static_cast<double>(one.topics.size())), one.topics.size(),
      percent(one.share), counted(one.populations, "population"));
  for (const Consistency::Topic& topic : one.topics) {
    if (topic.best == one.best) continue;
    text += fmt::format(" {}: {}.", topic.topic, survey.populations[topic.best].name);
  }
  return paragraph(text, style);
}

Row sensitivityRow(const std::string& name, const Sensitivity& one, const TerminalStyle& style) {
  return {shortened(name, namesWidth(style), style), withInterval(one.ratio),
          withInterval(one.correlation), grouped(one.questions)};
}

std::string sensitivityText(const GroupSensitivity& run, const TerminalStyle& style) {
  std::vector<Row> rows = {{"named: " + run.run, "variance ratio", "correlation", "questions"}};
  rows.push_back(sensitivityRow("all", run.overall, style));
  if (run.byTopic.size() > 1) {
    for (const TopicSensitivity& topic : run.byTopic) {
      rows.push_back(sensitivityRow(topic.topic, topic.sensitivity, style));
    }
  }
  std::string text = "\n" + plainTable(rows, style);
  const Sensitivity& all = run.overall;
  if (all.correlationCeiling) {
    text +=
        paragraph(fmt::format("The true shares would correlate at {:.3f} with the observed ones.",
                              *all.correlationCeiling),
                  style);
  }
  return text;
}

std::string noiseText(const Sensitivity& one, const TerminalStyle& style) {
  if (one.sizedItems == one.items) return "";
  return paragraph(fmt::format("{} of {} have no sample size: their sampling noise counts as "
                               "differences between people.",
                               grouped(one.items - one.sizedItems), counted(one.items, "item")),
                   style);
}

std::string skippedText(const Reflection& reflection, const TerminalStyle& style) {
  std::string text;
  const auto add = [&](const std::string& name, const std::vector<Skipped>& skipped) {
    if (skipped.empty()) return;
    const Skipped& one = skipped.front();
    text += paragraph(
        fmt::format("{}: {} not used, the first question {}, population {}: {}", name,
                    counted(skipped.size(), "item"), one.question, one.population, one.reason),
        style);
  };
  add("default", reflection.answers.skipped);
  for (const SteeredAnswers& run : reflection.steered) add(run.name, run.skipped);
  return text.empty() ? text : "\n" + text;
}

std::string headText(const Survey& survey, const Reflection& reflection,
                     const TerminalStyle& style) {
  const DefaultAnswers& answers = reflection.answers;
  std::string text =
      fmt::format("{}, no population named: answers to {} of {}.", answers.model,
                  grouped(answers.questions), counted(survey.questions.size(), "question"));
  if (answers.differing > 0) {
    text += fmt::format(
        " Those to {} differ between populations by up to {:.3f} (total variation): they were "
        "sampled, and their mean is used. Make sure that no population was named.",
        grouped(answers.differing), answers.furthest);
  }
  return paragraph(text, style) + "\n";
}

std::string nearestText(const Survey& survey, const CulturalMap& map) {
  const MapPoint& model = *map.unsteered;
  std::vector<const MapPoint*> near;
  for (const MapPoint& point : map.people) near.push_back(&point);
  const auto distance = [&](const MapPoint* point) {
    return std::hypot(point->secular - model.secular, point->selfExpression - model.selfExpression);
  };
  std::ranges::stable_sort(
      near, [&](const MapPoint* a, const MapPoint* b) { return distance(a) < distance(b); });
  near.resize(std::min<std::size_t>(near.size(), 3));
  std::string text = fmt::format("The model: {:+.2f} self-expression, {:+.2f} secular; nearest are",
                                 model.selfExpression, model.secular);
  for (const MapPoint* point : near) {
    text += fmt::format("{} {} ({:.2f})", point == near.front() ? "" : ",",
                        survey.populations[point->population].name, distance(point));
  }
  return text + ".";
}

std::string modelText(const Survey& survey, const CulturalMap& map, const TerminalStyle& style) {
  std::string text =
      map.unsteered ? nearestText(survey, map)
                    : "The model has no point: it has no answers for " + map.unsteeredMissing + ".";
  if (map.unsteered && !map.unsteered->complete) {
    text += " Estimated without " + map.unsteeredMissing + ".";
  }
  for (const CulturalMap::Steered& run : map.steered) {
    const auto distance = meanDistanceFromPeople(map, run);
    const auto unsteered = unsteeredDistanceFromPeople(map, run);
    if (!distance) continue;
    text += fmt::format(" {}: {:.2f} on average from the {} named", run.run, *distance,
                        counted(run.points.size(), "population"));
    text += unsteered ? fmt::format(", {:.2f} without naming them.", *unsteered) : ".";
  }
  return paragraph(text, style);
}

}  // namespace

std::string culturalMapText(const Survey& survey, const CulturalMap& map,
                            const TerminalStyle& style) {
  std::vector<Row> rows = {{"cultural map", "self-expression", "secular"}};
  for (const MapIndicator& one : map.indicators) {
    rows.push_back({std::string(valueIndicators()[one.indicator].name),
                    fmt::format("{:+.2f}", one.onSelfExpression),
                    fmt::format("{:+.2f}", one.onSecular)});
  }
  std::string text = "\n" + plainTable(rows, style);
  std::string missing;
  for (const CulturalMap::Missing& one : map.missing) {
    missing += fmt::format("{} {} ({})", missing.empty() ? "" : ",",
                           valueIndicators()[one.indicator].name, one.reason);
  }
  if (!missing.empty()) {
    text += paragraph(fmt::format("Loadings of {} of the ten indicators; missing:{}.",
                                  map.indicators.size(), missing),
                      style);
  }
  const auto estimated =
      static_cast<std::size_t>(std::ranges::count(map.people, false, &MapPoint::complete));
  if (estimated + map.leftOut.size() > 0) {
    text += paragraph(
        fmt::format("{} define the map; {} have one or more indicators missing and are positioned "
                    "by the others; {} have too many missing and are left out.",
                    counted(map.people.size() - estimated, "population"), estimated,
                    map.leftOut.size()),
        style);
  }
  return text + modelText(survey, map, style);
}

std::string reflectionText(const Survey& survey, const Reflection& reflection, bool all,
                           const TerminalStyle& style) {
  std::string text = headText(survey, reflection, style);
  text += similarityText(survey, reflection, all, style);
  text += representationText(survey, reflection, all, style);
  for (const Consistency& one : reflection.representation.consistencies) {
    text += consistencyText(survey, one, style);
  }
  for (const GroupSensitivity& run : reflection.sensitivities) text += sensitivityText(run, style);
  if (!reflection.sensitivities.empty()) {
    text += noiseText(reflection.sensitivities.front().overall, style);
    text += paragraph(
        "variance ratio: the variance of shares between populations, predicted over observed; 1: "
        "populations differ as much as in reality, 0: the population is ignored. correlation: of "
        "predicted with observed deviations from the question's mean.",
        style);
  }
  if (reflection.map) text += culturalMapText(survey, *reflection.map, style);
  return text + skippedText(reflection, style);
}

}  // namespace canvass
