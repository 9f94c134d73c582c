#include "microdata/table_shape.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "base/error.h"
#include "microdata/phrase.h"

namespace canvass {
namespace {

MappedVariable column(const MappingTable& table, const char* key) {
  return {table.textOr(key, key), table.placeOf(key)};
}

MappedVariable columnThatMayBeMissing(const MappingTable& table, const char* key) {
  return {table.textOr(key, key), table.placeOf(key), !table.has(key)};
}

LongTable parseLong(const MappingTable& table) {
  table.rejectUnknownKeys({"shape", "respondent", "question", "answer"});
  return {column(table, "respondent"), column(table, "question"), column(table, "answer")};
}

// One of the keys share, percent and count, each of which is a column; without any, "share".
void parseShare(const MappingTable& table, AggregatedTable& aggregated) {
  constexpr std::array units{std::pair{"share", ShareUnit::proportion},
                             std::pair{"percent", ShareUnit::percent},
                             std::pair{"count", ShareUnit::count}};
  aggregated.share = {"share", table.where()};
  const char* found = nullptr;
  for (const auto& [key, unit] : units) {
    if (!table.has(key)) continue;
    if (found != nullptr) {
      table.fail(key, fmt::format("{} names both \"{}\" and \"{}\"", table.title(), found, key),
                 "name the one column to take the shares from");
    }
    found = key;
    aggregated.share = column(table, key);
    aggregated.unit = unit;
  }
}

AggregatedTable parseAggregated(const MappingTable& table) {
  table.rejectUnknownKeys({"shape", "question", "option", "share", "percent", "count", "value", "n",
                           "n_eff", "se", "population", "phrase", "all", "scale"});
  AggregatedTable aggregated;
  aggregated.where = table.where();
  aggregated.question = column(table, "question");
  aggregated.option = column(table, "option");
  parseShare(table, aggregated);
  aggregated.value = columnThatMayBeMissing(table, "value");
  aggregated.respondents = columnThatMayBeMissing(table, "n");
  aggregated.effectiveSampleSize = columnThatMayBeMissing(table, "n_eff");
  if (aggregated.unit != ShareUnit::count) {
    aggregated.standardError = columnThatMayBeMissing(table, "se");
  } else if (table.has("se")) {
    table.fail("se", "standard errors are of shares, but the table has counts",
               "leave \"se\" out, or name the column of the shares");
  }
  aggregated.population = column(table, "population");
  if (table.has("phrase")) {
    aggregated.phrase = table.text("phrase");
    const std::string where = table.placeOf("phrase");
    Phrase(aggregated.phrase, {"population"}, where).requireAll({"population"}, where);
  }
  aggregated.undivided = table.codes("all").codes;
  if (table.has("scale")) {
    aggregated.scale = parseScale(table.text("scale"), table.placeOf("scale"));
  }
  return aggregated;
}

}  // namespace

void parseTableShape(const MappingTable& root, Mapping& mapping) {
  const auto table = root.table("table", "[table]");
  if (!table) return;
  const std::string shape = table->text("shape");
  if (shape == "wide") {
    table->rejectUnknownKeys({"shape"});
  } else if (shape == "long") {
    mapping.table = parseLong(*table);
  } else if (shape == "aggregated") {
    mapping.table = parseAggregated(*table);
  } else {
    table->fail("shape", fmt::format("there is no shape \"{}\"", shape),
                "a row is a respondent (\"wide\"), one answer (\"long\"), or an option's share "
                "(\"aggregated\")");
  }
}

void checkTableShape(const MappingTable& root, const Mapping& mapping) {
  if (!std::holds_alternative<AggregatedTable>(mapping.table)) return;
  for (const char* key : {"design", "multi_select"}) {
    if (!root.has(key)) continue;
    root.fail(key, fmt::format("an aggregated table has no use for \"{}\"", key),
              "it is for files of respondents: remove it");
  }
  const auto table = root.table("table", "[table]");
  const bool hasGroupings = !mapping.groupings.empty();
  for (const char* key : {"population", "phrase"}) {
    if (!hasGroupings || !table->has(key)) continue;
    table->fail(
        key,
        fmt::format(
            "\"{}\" is for a column of populations, but [[populations]] makes them from attributes",
            key),
        "remove one of the two");
  }
}

}  // namespace canvass
