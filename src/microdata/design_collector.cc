#include "microdata/design_collector.h"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <utility>

#include "base/error.h"
#include "base/list_text.h"
#include "microdata/value_text.h"

namespace canvass {
namespace {

// So that sums of weights and of their squares stay far from overflow.
constexpr double maxWeight = 1e100;

std::filesystem::path besideMapping(const Mapping& mapping, const std::string& file) {
  return std::filesystem::path(mapping.file).parent_path() / file;
}

template <typename T>
void pushIfGiven(const std::optional<T>& value, std::vector<T>& values) {
  if (value) values.push_back(*value);
}

}  // namespace

DesignCollector::DesignCollector(const Mapping& mapping, Reject reject)
    : mapping_(mapping), reject_(std::move(reject)) {
  const MappedDesign& design = mapping.design;
  strata_.resize(design.lower.size() + 1);
  clusters_.resize(design.lower.size() + 1);
  design_.lowerStages.resize(design.lower.size());
  if (design.weightFile.name.empty()) return;
  weightFile_.emplace(besideMapping(mapping, design.weightFile.name));
  const bool isWide = std::holds_alternative<WideTable>(mapping.table);
  if (weightFile_->isByRecord() ? isWide : weightFile_->keyVariable() == design.id.name) return;
  throw Error(fmt::format("the weights of {} belong to ids of the variable \"{}\"",
                          weightFile_->name(), weightFile_->keyVariable()),
              design.weightFile.where,
              fmt::format("write id = \"{}\" into [design]", weightFile_->keyVariable()));
}

void DesignCollector::startFile(const DesignColumns& columns, const MicrodataReader& reader) {
  columns_ = columns;
  reader_ = &reader;
  ++files_;
  if (files_ > 1 && weightFile_ && weightFile_->isByRecord()) {
    throw Error("weights by the number of the record belong to one file", weightFile_->name(),
                "name the respondents' ids: id = \"...\" in [design], and weigh the files again");
  }
  if (!mapping_.design.replicates) return;
  const MappedReplicates& mapped = *mapping_.design.replicates;
  if (!replicates_) {
    replicates_ = std::make_shared<ReplicateWeights>();
    replicates_->weights.resize(columns.replicates.size());
    replicates_->center = mapped.center;
    replicates_->degrees = mapped.degrees;
    try {
      replicates_->factors =
          replicateFactors(mapped.method, columns.replicates.size(), mapped.scales);
    } catch (const Error& error) {
      throw error.at(mapped.where);
    }
    design_.replicates = replicates_;
  }
  if (replicates_->weights.size() == columns.replicates.size()) return;
  throw Error(fmt::format("the file has {} replicate weights, earlier ones have {}",
                          columns.replicates.size(), replicates_->weights.size()),
              reader.fileName());
}

std::optional<RespondentDesign> DesignCollector::of(const RespondentRecord& record) {
  RespondentDesign respondent;
  if (columns_.id) {
    const Value& id = record.values[*columns_.id];
    if (id.kind == Value::Kind::missing) {
      throw Error("the respondent's id is missing", reader_->place(), "correct the file");
    }
    respondent.key = codeText(id);
  }
  const auto weight = weightOf(record, respondent.key);
  if (!weight) return std::nullopt;
  respondent.weight = *weight;
  respondent.stages.push_back(stageOf(columns_.first, record, 0, 0));
  for (const StageColumns& lower : columns_.lower) {
    const auto above = respondent.stages.back().cluster;
    respondent.stages.push_back(
        stageOf(lower, record, above.value_or(0), respondent.stages.size()));
  }
  for (const std::size_t column : columns_.replicates) {
    respondent.replicates.push_back(numberOf(record.values[column], "replicate weight"));
  }
  return respondent;
}

void DesignCollector::add(const RespondentDesign& respondent) {
  design_.weights.push_back(respondent.weight);
  if (columns_.id) keys_.push_back(respondent.key);
  const RespondentDesign::Stage& first = respondent.stages.front();
  pushIfGiven(first.stratum, design_.strata);
  pushIfGiven(first.cluster, design_.clusters);
  pushIfGiven(first.populationSize, design_.populationSize);
  for (std::size_t s = 0; s < design_.lowerStages.size(); ++s) {
    const RespondentDesign::Stage& stage = respondent.stages[s + 1];
    pushIfGiven(stage.stratum, design_.lowerStages[s].strata);
    pushIfGiven(stage.cluster, design_.lowerStages[s].clusters);
    pushIfGiven(stage.populationSize, design_.lowerStages[s].populationSize);
  }
  for (std::size_t r = 0; r < respondent.replicates.size(); ++r) {
    replicates_->weights[r].push_back(respondent.replicates[r]);
  }
}

std::string DesignCollector::differenceFrom(std::size_t respondent,
                                            const RespondentDesign& later) const {
  const RespondentDesign::Stage& stage = later.stages.front();
  if (later.weight != design_.weights[respondent]) return "weight";
  if (stage.stratum && *stage.stratum != design_.strata[respondent]) return "stratum";
  if (stage.cluster && *stage.cluster != design_.clusters[respondent]) return "cluster";
  return {};
}

// Nothing if it is invalid and bad records are skipped.
std::optional<double> DesignCollector::weightOf(const RespondentRecord& record,
                                                const std::string& key) const {
  if (weightFile_) return weightFromFile(record, key);
  if (!columns_.weight) return 1.0;
  const Value& value = record.values[*columns_.weight];
  const bool isNumber = value.kind == Value::Kind::number;
  if (isNumber && value.number >= 0.0 && value.number <= maxWeight) return value.number;
  const std::string fault = isNumber && value.number < 0.0 ? "negative: " + codeText(value)
                            : isNumber                     ? "too large: " + codeText(value)
                            : value.text.empty()           ? "missing"
                                                           : describe(value) + ", not a number";
  const bool hasComma = !isNumber && value.text.find(',') != std::string_view::npos;
  reject_("the weight is " + fault,
          hasComma
              ? "if the file writes decimal commas, say so in the mapping: [file] decimal = \",\""
              : "correct the weight, or import with bad records skipped");
  return std::nullopt;
}

std::optional<double> DesignCollector::weightFromFile(const RespondentRecord& record,
                                                      const std::string& key) const {
  const std::string name = weightFile_->isByRecord() ? std::to_string(record.number) : key;
  const auto weight = weightFile_->find(name);
  if (weight && *weight <= maxWeight) return weight;
  reject_(fmt::format("{} has no weight for {} \"{}\"", weightFile_->name(),
                      weightFile_->keyVariable(), name),
          "weigh this file, or import with bad records skipped");
  return std::nullopt;
}

// `above`: the unit of the stage above, or 0.
RespondentDesign::Stage DesignCollector::stageOf(const StageColumns& columns,
                                                 const RespondentRecord& record,
                                                 std::uint32_t above, std::size_t stage) {
  RespondentDesign::Stage result;
  std::uint32_t within = above;
  if (columns.strata) {
    within = idOf(record.values[*columns.strata], "stratum", above, strata_[stage]);
    result.stratum = within;
  }
  if (columns.cluster) {
    result.cluster = idOf(record.values[*columns.cluster], "cluster", within, clusters_[stage]);
  }
  if (columns.populationSize) {
    result.populationSize = numberOf(record.values[*columns.populationSize], "population size");
  }
  return result;
}

// `within`: the scope in which the id is unique, so that clusters numbered anew in each stratum
// stay apart.
std::uint32_t DesignCollector::idOf(const Value& value, const char* what, std::uint32_t within,
                                    Ids& ids) const {
  if (value.kind == Value::Kind::missing) {
    throw Error(fmt::format("the {} is missing", what), reader_->place(),
                "without it no standard error can be estimated: correct the file, or remove it "
                "from [design]");
  }
  const std::string key = fmt::format("{}/{}/{}", files_, within, codeText(value));
  return ids.emplace(key, static_cast<std::uint32_t>(ids.size())).first->second;
}

double DesignCollector::numberOf(const Value& value, const char* what) const {
  if (value.kind == Value::Kind::number && std::abs(value.number) <= maxWeight) return value.number;
  throw Error(fmt::format("the {} is {}", what,
                          value.kind == Value::Kind::missing ? "missing" : describe(value)),
              reader_->place(), "correct the file, or remove it from [design]");
}

std::vector<std::string> DesignCollector::notes() const {
  if (!weightFile_ || weightFile_->size() <= design_.weights.size()) return {};
  return {fmt::format("{} of {} belong to no respondent",
                      counted(weightFile_->size() - design_.weights.size(), "weight"),
                      weightFile_->name())};
}

}  // namespace canvass
