#include "microdata/weight_file.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/file.h"
#include "microdata/csv/csv_records.h"
#include "microdata/variable.h"
#include "text/csv_field.h"

namespace canvass {
namespace {

constexpr std::string_view weightColumn = "weight";

}  // namespace

WeightFile::WeightFile(const std::filesystem::path& path) : name_(path.string()) {
  const std::string text = readFile(path);
  CsvRecords records(text, ',', name_);
  std::vector<std::string_view> fields;
  if (!records.next(fields) || fields.size() != 2 || fields[1] != weightColumn) {
    throw Error("this is not a file of weights: its header is not an id and \"weight\"", name_,
                "write the file with canvass weight");
  }
  keyVariable_ = fields[0];
  while (records.next(fields)) {
    if (fields.size() != 2) {
      throw Error(fmt::format("the line has {} fields instead of 2", fields.size()),
                  records.place());
    }
    const Value weight = valueOf(fields[1]);
    if (weight.kind != Value::Kind::number || weight.number < 0.0) {
      throw Error(fmt::format("the weight \"{}\" is negative or not a number", fields[1]),
                  records.place());
    }
    const std::string key(fields[0]);
    if (!weights_.emplace(key, weight.number).second) {
      throw Error(fmt::format("\"{}\" appears twice", key), records.place());
    }
    ++size_;
    // A number may be written in another way than in the data: "007".
    const std::string code = codeText(valueOf(fields[0]));
    if (code != key) others_.emplace(code, weight.number);
  }
}

std::optional<double> WeightFile::find(const std::string& key) const {
  if (const auto found = weights_.find(key); found != weights_.end()) return found->second;
  const auto found = others_.find(key);
  return found == others_.end() ? std::nullopt : std::optional(found->second);
}

std::string weightFileText(const std::string& keyVariable,
                           const std::vector<RespondentWeight>& weights) {
  std::string text = fmt::format("{},{}\n", csvField(keyVariable), weightColumn);
  for (const RespondentWeight& one : weights) {
    text += fmt::format("{},{}\n", csvField(one.key), one.weight);
  }
  return text;
}

}  // namespace canvass
