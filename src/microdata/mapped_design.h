#pragma once

#include <optional>
#include <string>
#include <vector>

#include "stats/replicate_weights.h"

namespace canvass {

// A column that a mapping names.
struct MappedVariable {
  std::string name;  // empty: there is none
  std::string where;
  bool mayBeMissing = false;  // not named by the mapping: used if the file has it
};

// One stage of sampling (stats/sample_design.h).
struct MappedStage {
  MappedVariable strata;
  MappedVariable cluster;         // empty: each respondent
  MappedVariable populationSize;  // key fpc
};

struct MappedReplicates {
  // Variables; "W*" is all that begin and end so, "W1-W80" the first to the last in the file.
  std::vector<std::string> weights;
  ReplicateMethod method = ReplicateMethod::brr;
  ReplicateScales scales;
  ReplicateCenter center = ReplicateCenter::estimate;
  double degrees = 0.0;  // of freedom; 0: counted
  std::string where;
};

// The table [design].
struct MappedDesign {
  MappedVariable weight;
  MappedVariable weightFile;  // if given, used instead: a file's path, as in the mapping
  MappedVariable id;          // of a respondent, by which the file's weights are found
  MappedStage first;
  std::vector<MappedStage> lower;
  std::optional<MappedReplicates> replicates;
};

class MappingTable;

// Throws Error as readMapping does.
MappedDesign parseDesign(const MappingTable& table);

}  // namespace canvass
