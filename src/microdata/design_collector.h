#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "microdata/import_plan.h"
#include "microdata/microdata_reader.h"
#include "microdata/weight_file.h"
#include "stats/share_estimates.h"

namespace canvass {

// What one respondent's record says of the sample's design.
struct RespondentDesign {
  struct Stage {
    std::optional<std::uint32_t> stratum;
    std::optional<std::uint32_t> cluster;
    std::optional<double> populationSize;

    bool operator==(const Stage&) const = default;
  };

  double weight = 1.0;
  std::string key;            // the respondent's id; empty if the mapping names none
  std::vector<Stage> stages;  // the first one first
  std::vector<double> replicates;
};

// Takes the design of a sample from records of one or several files.
class DesignCollector {
 public:
  // What cannot be used of a record, with what to do; returns if bad records are skipped.
  using Reject = std::function<void(const std::string& reason, const std::string& remedy)>;

  // Refers to the mapping, which must outlive it. Reads the mapping's file of weights.
  DesignCollector(const Mapping& mapping, Reject reject);

  // Refers to the reader until the next file. Throws Error for several files if the weights are
  // found by the number of the record, and for replicates of another number.
  void startFile(const DesignColumns& columns, const MicrodataReader& reader);
  // Nothing if the respondent is left out. Throws Error at the reader's location for an id, stratum
  // or cluster that is missing, and for a population size or replicate weight that is not a number.
  std::optional<RespondentDesign> of(const RespondentRecord& record);
  void add(const RespondentDesign& respondent);
  // "weight" if a later record of a respondent says another one; empty if it agrees.
  std::string differenceFrom(std::size_t respondent, const RespondentDesign& later) const;

  const SampleDesign& design() const { return design_; }
  // Of each respondent, if the mapping names a variable.
  const std::vector<std::string>& keys() const { return keys_; }
  // Weights that belong to nobody.
  std::vector<std::string> notes() const;

 private:
  using Ids = std::unordered_map<std::string, std::uint32_t>;

  std::optional<double> weightOf(const RespondentRecord& record, const std::string& key) const;
  std::optional<double> weightFromFile(const RespondentRecord& record,
                                       const std::string& key) const;
  RespondentDesign::Stage stageOf(const StageColumns& columns, const RespondentRecord& record,
                                  std::uint32_t above, std::size_t stage);
  std::uint32_t idOf(const Value& value, const char* what, std::uint32_t within, Ids& ids) const;
  double numberOf(const Value& value, const char* what) const;

  const Mapping& mapping_;
  Reject reject_;
  std::optional<WeightFile> weightFile_;
  DesignColumns columns_;
  const MicrodataReader* reader_ = nullptr;
  std::size_t files_ = 0;
  std::vector<Ids> strata_;    // by stage
  std::vector<Ids> clusters_;  // by stage
  SampleDesign design_;
  std::shared_ptr<ReplicateWeights> replicates_;
  std::vector<std::string> keys_;
};

}  // namespace canvass
