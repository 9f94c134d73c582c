#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "microdata/import_plan.h"
#include "microdata/microdata_reader.h"

namespace canvass {

// The populations of an aggregated table: the values of its column, or of the attributes by which a
// row is divided. A row is of the grouping that divides by exactly those of the mapping's
// attributes that have a value in it.
class SharePopulations {
 public:
  // Refers to both, which must outlive it. Throws Error if two groupings divide by the same
  // attributes.
  SharePopulations(const Mapping& mapping, const AggregatedTable& table);

  // The population's index; nothing if no grouping divides as the row does: the row is then
  // counted. Throws Error, without a location, if the row has no population or a value that is not
  // one of an attribute's. `plan`: of the current file; open attributes take up new values.
  std::optional<std::size_t> find(const RespondentRecord& record, ImportPlan& plan,
                                  const MicrodataReader& reader);

  const std::vector<Population>& all() const { return populations_; }
  // The minimum number of answers for an item of the population; 0: any.
  std::size_t minimumOf(std::size_t population) const { return minima_[population]; }
  // Notes for the user.
  std::vector<std::string> notes() const;

 private:
  std::size_t add(Population population, std::size_t minimum);
  std::optional<std::size_t> byColumn(const AggregatedColumns& columns,
                                      const RespondentRecord& record);
  bool isUndivided(const Value& value) const;

  const AggregatedTable& table_;
  std::vector<Population> populations_;
  std::vector<std::size_t> minima_;
  std::map<std::vector<std::string>, std::size_t>
      indices_;  // by the attributes' values, "" for all
  std::map<std::vector<bool>, const MappedGrouping*> groupings_;  // by the attributes that divide
  std::map<std::string, std::size_t> unused_;
};

}  // namespace canvass
