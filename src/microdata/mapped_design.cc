#include "microdata/mapped_design.h"

#include <fmt/format.h>

#include <algorithm>

#include "microdata/mapping_table.h"

namespace canvass {
namespace {

// A name, or a list of them, one for each stage; "" in a list: the stage has none.
std::vector<std::string> stageNames(const MappingTable& table, const char* key) {
  if (!table.has(key)) return {};
  if (table.isText(key)) return {table.text(key)};
  return table.texts(key);
}

std::vector<MappedStage> parseStages(const MappingTable& table) {
  const std::vector<std::string> strata = stageNames(table, "strata");
  const std::vector<std::string> clusters = stageNames(table, "cluster");
  const std::vector<std::string> sizes = stageNames(table, "fpc");
  std::vector<MappedStage> stages(
      std::max({std::size_t{1}, strata.size(), clusters.size(), sizes.size()}));
  const auto place = [&](const std::vector<std::string>& names, const char* key,
                         MappedVariable MappedStage::*part) {
    for (std::size_t s = 0; s < names.size(); ++s) {
      stages[s].*part = {names[s], table.placeOf(key)};
    }
  };
  place(strata, "strata", &MappedStage::strata);
  place(clusters, "cluster", &MappedStage::cluster);
  place(sizes, "fpc", &MappedStage::populationSize);
  for (std::size_t s = 0; s + 1 < stages.size(); ++s) {
    if (!stages[s].populationSize.name.empty()) continue;
    table.fail(
        table.has("fpc") ? "fpc" : "cluster",
        fmt::format("stage {} of the sample has no fpc, and without it stage {} adds nothing "
                    "to a variance",
                    s + 1, s + 2),
        "write fpc = [\"...\", \"...\"], or the primary sampling unit alone");
  }
  return stages;
}

ReplicateScales parseScales(const MappingTable& table, ReplicateMethod method) {
  ReplicateScales scales;
  if (table.has("rho") && method != ReplicateMethod::fay) {
    table.fail("rho", "rho belongs to method = \"fay\"");
  }
  if (method == ReplicateMethod::fay && !table.has("rho")) {
    table.fail("method", "fay needs rho, the factor of the smaller weights", "write rho = 0.5");
  }
  scales.rho = table.number("rho").value_or(0.0);
  scales.scale = table.number("scale");
  if (table.has("rscales")) scales.ofReplicates = table.numbers("rscales");
  return scales;
}

MappedReplicates parseReplicates(const MappingTable& table) {
  table.rejectUnknownKeys({"weights", "method", "rho", "scale", "rscales", "center", "degrees"});
  MappedReplicates replicates;
  replicates.where = table.where();
  replicates.weights = table.isText("weights") ? std::vector<std::string>{table.text("weights")}
                                               : table.texts("weights");
  const std::string method = table.text("method");
  const auto known = replicateMethod(method);
  if (!known) {
    table.fail("method", fmt::format("there is no method \"{}\"", method),
               "the methods are brr, fay, jk1, jk2, jkn, bootstrap and sdr");
  }
  replicates.method = *known;
  replicates.scales = parseScales(table, *known);
  const std::string center = table.textOr("center", "estimate");
  if (center != "estimate" && center != "mean") {
    table.fail("center", "center must be \"estimate\" or \"mean\"");
  }
  replicates.center = center == "mean" ? ReplicateCenter::mean : ReplicateCenter::estimate;
  replicates.degrees = table.number("degrees").value_or(0.0);
  if (replicates.degrees < 0.0) table.fail("degrees", "degrees of freedom are at least 1");
  return replicates;
}

}  // namespace

MappedDesign parseDesign(const MappingTable& table) {
  table.rejectUnknownKeys(
      {"weight", "weight_file", "id", "strata", "cluster", "fpc", "replicates"});
  MappedDesign design;
  design.weight = {table.textOr("weight", ""), table.placeOf("weight")};
  design.weightFile = {table.textOr("weight_file", ""), table.placeOf("weight_file")};
  design.id = {table.textOr("id", ""), table.placeOf("id")};
  const std::vector<MappedStage> stages = parseStages(table);
  design.first = stages.front();
  design.lower.assign(stages.begin() + 1, stages.end());
  if (const auto replicates = table.table("replicates", "replicates")) {
    design.replicates = parseReplicates(*replicates);
  }
  return design;
}

}  // namespace canvass
