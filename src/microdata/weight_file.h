#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace canvass {

// Weights of respondents in a file of their own, as `canvass weight` writes it: CSV with two
// columns, the first of which says whose they are: "record" the number of the record in the data
// file, counted from 1, or else the variable with the respondents' ids; the second is "weight".
inline constexpr const char* recordKey = "record";

struct RespondentWeight {
  std::string key;
  double weight = 0.0;
};

class WeightFile {
 public:
  // Throws Error naming file:line for a header that is not of this form, a key that appears twice,
  // and a weight that is negative or not a number.
  explicit WeightFile(const std::filesystem::path& path);

  const std::string& name() const { return name_; }
  const std::string& keyVariable() const { return keyVariable_; }
  bool isByRecord() const { return keyVariable_ == recordKey; }
  std::size_t size() const { return size_; }
  std::optional<double> find(const std::string& key) const;

 private:
  std::string name_;
  std::string keyVariable_;
  std::size_t size_ = 0;
  std::unordered_map<std::string, double> weights_;  // by key as written
  std::unordered_map<std::string, double> others_;   // by key as a code, if that is another text
};

// The text of such a file.
std::string weightFileText(const std::string& keyVariable,
                           const std::vector<RespondentWeight>& weights);

}  // namespace canvass
