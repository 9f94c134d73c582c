#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace canvass {

// What is known of a population: how many belong to each value of an attribute, or to each cell of
// several crossed.

struct MarginCell {
  std::vector<std::string> values;  // of the margin's attributes, in their order
  double amount = 0.0;              // a count, or a share of 1 or of 100
  std::string where;                // "margins.csv:3"
};

struct Margin {
  std::vector<std::string> attributes;
  std::vector<MarginCell> cells;

  double sum() const;
  // "sex", "sex x age".
  std::string name() const;
};

// "sex: male", "sex x age: male, under 40".
std::string cellName(const Margin& margin, const MarginCell& cell);

struct Margins {
  std::string file;
  std::vector<Margin> margins;
  bool areCounts = false;  // else shares
};

// A CSV file with a column for each attribute and one called share, percent or count: a row is a
// cell of the margin of exactly the attributes that have a value in it. Or a TOML file:
//
//   unit = "percent"        # or "share", or "count"
//   [margins.sex]
//   male = 49.1
//   female = 50.9
//   [[cells]]               # of crossed attributes
//   sex = "male"
//   age = "under 40"
//   amount = 21.5
//
// Throws Error naming the location for everything else, for an amount that is negative or not a
// number, a cell that appears twice, and for shares of a margin that do not sum to 1 (100) but for
// rounding.
Margins readMargins(const std::filesystem::path& path);
Margins parseMarginsCsv(std::string_view text, const std::string& name);
Margins parseMarginsToml(std::string_view text, const std::string& name);

}  // namespace canvass
