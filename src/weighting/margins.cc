#include "weighting/margins.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "base/error.h"
#include "base/file.h"
#include "base/utf8.h"
#include "microdata/csv/csv_records.h"
#include "microdata/mapping_table.h"
#include "microdata/variable.h"

namespace canvass {
namespace {

constexpr std::array<std::string_view, 3> units = {"share", "percent", "count"};
// How far from 1 the shares of a margin may sum: what rounding to whole percents explains.
constexpr double roundingTolerance = 0.02;

using Labels = std::vector<std::pair<std::string, std::string>>;  // attribute, value

class MarginsBuilder {
 public:
  MarginsBuilder(std::string file, std::string_view unit) {
    margins_.file = std::move(file);
    margins_.areCounts = unit == "count";
    whole_ = unit == "percent" ? 100.0 : 1.0;
  }

  void add(const Labels& labels, double amount, const std::string& where) {
    if (labels.empty()) throw Error("the cell has no value of any attribute", where);
    if (!std::isfinite(amount) || amount < 0.0) {
      throw Error(fmt::format("the amount {} is negative or not finite", amount), where);
    }
    MarginCell cell{{}, amount / (margins_.areCounts ? 1.0 : whole_), where};
    std::vector<std::string> attributes;
    for (const auto& [attribute, value] : labels) {
      attributes.push_back(attribute);
      cell.values.push_back(value);
    }
    Margin& margin = marginOf(attributes);
    for (const MarginCell& earlier : margin.cells) {
      if (earlier.values != cell.values) continue;
      throw Error(
          fmt::format("the cell {} is already at {}", cellName(margin, cell), earlier.where),
          where);
    }
    margin.cells.push_back(std::move(cell));
  }

  Margins finish() {
    if (margins_.margins.empty()) throw Error("there is no margin in the file", margins_.file);
    for (const Margin& margin : margins_.margins) check(margin);
    return std::move(margins_);
  }

 private:
  Margin& marginOf(const std::vector<std::string>& attributes) {
    const auto found = std::ranges::find(margins_.margins, attributes, &Margin::attributes);
    if (found != margins_.margins.end()) return *found;
    return margins_.margins.emplace_back(Margin{attributes, {}});
  }

  void check(const Margin& margin) const {
    const double sum = margin.sum();
    if (margins_.areCounts ? sum > 0.0 : std::abs(sum - 1.0) <= roundingTolerance) return;
    throw Error(fmt::format("the amounts of {} sum to {:.6g}{}", margin.name(), sum * whole_,
                            margins_.areCounts ? "" : fmt::format(" instead of {}", whole_)),
                margins_.file,
                margins_.areCounts ? "" : "list all values, or call the amounts counts");
  }

  Margins margins_;
  double whole_ = 1.0;
};

std::string unitOf(const std::vector<std::string>& header, const std::string& where) {
  for (const std::string_view unit : units) {
    if (std::ranges::find(header, unit) != header.end()) return std::string(unit);
  }
  throw Error("no column is called share, percent or count", where,
              "name the column of the amounts so");
}

double amountOf(std::string_view text, const std::string& where) {
  const Value value = valueOf(text);
  if (value.kind == Value::Kind::number) return value.number;
  throw Error(fmt::format("the amount \"{}\" is not a number", text), where);
}

void addTables(const MappingTable& root, MarginsBuilder& builder) {
  if (const auto margins = root.table("margins", "[margins]")) {
    for (const std::string& attribute : margins->keys()) {
      const MappingTable one = *margins->table(attribute, "the margin");
      for (const std::string& value : one.keys()) {
        builder.add({{attribute, value}}, *one.number(value), one.placeOf(value));
      }
    }
  }
  for (const MappingTable& cell : root.tables("cells", "the cell")) {
    Labels labels;
    for (const std::string& key : cell.keys()) {
      if (key != "amount") labels.emplace_back(key, cell.text(key));
    }
    std::ranges::sort(labels);
    const auto amount = cell.number("amount");
    if (!amount) throw Error("the cell has no amount", cell.where());
    builder.add(labels, *amount, cell.where());
  }
}

}  // namespace

double Margin::sum() const {
  double total = 0.0;
  for (const MarginCell& cell : cells) total += cell.amount;
  return total;
}

std::string Margin::name() const { return fmt::format("{}", fmt::join(attributes, " x ")); }

std::string cellName(const Margin& margin, const MarginCell& cell) {
  return fmt::format("{}: {}", margin.name(), fmt::join(cell.values, ", "));
}

Margins readMargins(const std::filesystem::path& path) {
  const std::string text = readFile(path);
  return path.extension() == ".toml" ? parseMarginsToml(text, path.string())
                                     : parseMarginsCsv(text, path.string());
}

Margins parseMarginsCsv(std::string_view text, const std::string& name) {
  requireUtf8(text, name);
  CsvRecords records(text, detectSeparator(text, name), name);
  std::vector<std::string_view> fields;
  if (!records.next(fields)) throw Error("the file is empty", name);
  const std::vector<std::string> header(fields.begin(), fields.end());
  const std::string unit = unitOf(header, records.place());
  MarginsBuilder builder(name, unit);
  while (records.next(fields)) {
    if (fields.size() != header.size()) {
      throw Error(fmt::format("the line has {} fields instead of {}", fields.size(), header.size()),
                  records.place());
    }
    Labels labels;
    double amount = 0.0;
    for (std::size_t f = 0; f < fields.size(); ++f) {
      if (header[f] == unit) {
        amount = amountOf(fields[f], records.place());
      } else if (!fields[f].empty()) {
        labels.emplace_back(header[f], fields[f]);
      }
    }
    builder.add(labels, amount, records.place());
  }
  return builder.finish();
}

Margins parseMarginsToml(std::string_view text, const std::string& name) {
  const toml::table table = parseToml(text, name);
  const MappingTable root(table, name, "the file of margins");
  root.rejectUnknownKeys({"unit", "margins", "cells"});
  const std::string unit = root.text("unit");
  if (std::ranges::find(units, unit) == units.end()) {
    root.fail("unit", "unit must be \"share\", \"percent\" or \"count\"");
  }
  MarginsBuilder builder(name, unit);
  addTables(root, builder);
  return builder.finish();
}

}  // namespace canvass
