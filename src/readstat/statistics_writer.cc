#include "readstat/statistics_writer.h"

#include <fmt/format.h>
#include <readstat.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/error.h"
#include "base/json.h"

namespace canvass {
namespace {

using StatisticsWriter = std::unique_ptr<readstat_writer_t, decltype(&readstat_writer_free)>;

void require(readstat_error_t error, const char* what) {
  if (error == READSTAT_OK) return;
  throw Error(fmt::format("{} ({})", what, readstat_error_message(error)));
}

ssize_t append(const void* data, std::size_t size, void* bytes) {
  static_cast<std::string*>(bytes)->append(static_cast<const char*>(data), size);
  return static_cast<ssize_t>(size);
}

readstat_label_set_t* labelsOf(readstat_writer_t* writer, const Json& variable) {
  if (variable.at("labels").empty()) return nullptr;
  // Stata takes names of 32 letters at most for sets, as for variables.
  const auto name = variable.at("name").get<std::string>();
  readstat_label_set_t* set = readstat_add_label_set(writer, READSTAT_TYPE_DOUBLE, name.c_str());
  double code = 0.0;
  for (const Json& label : variable.at("labels")) {
    readstat_label_double_value(set, ++code, label.get<std::string>().c_str());
  }
  return set;
}

readstat_variable_t* addVariable(readstat_writer_t* writer, const Json& variable, bool isStata) {
  const auto width = variable.at("width").get<std::size_t>();
  readstat_variable_t* added =
      readstat_add_variable(writer, variable.at("name").get<std::string>().c_str(),
                            width > 0 ? READSTAT_TYPE_STRING : READSTAT_TYPE_DOUBLE, width);
  readstat_variable_set_label(added, variable.at("label").get<std::string>().c_str());
  readstat_variable_set_measure(added, variable.at("nominal").get<bool>() ? READSTAT_MEASURE_NOMINAL
                                                                          : READSTAT_MEASURE_SCALE);
  if (width > 0) return added;
  const int decimals = variable.at("decimals").get<int>();
  const std::string format =
      fmt::format("{}.{}{}", isStata ? "%9" : "F9", decimals, isStata ? "f" : "");
  readstat_variable_set_format(added, format.c_str());
  readstat_variable_set_label_set(added, labelsOf(writer, variable));
  return added;
}

void insert(readstat_writer_t* writer, const readstat_variable_t* variable, const Json& cell) {
  if (cell.is_number()) {
    require(readstat_insert_double_value(writer, variable, cell.get<double>()), "a number");
  } else if (cell.is_string()) {
    const auto& text = cell.get_ref<const std::string&>();
    require(readstat_insert_string_value(writer, variable, text.c_str()), "a text");
  } else {
    require(readstat_insert_missing_value(writer, variable), "a missing value");
  }
}

void begin(readstat_writer_t* writer, bool isStata, std::string& bytes, std::size_t records) {
  const auto count = static_cast<long>(records);
  if (isStata) {
    require(readstat_begin_writing_dta(writer, &bytes, count), "the head of the file");
    return;
  }
  require(readstat_writer_set_compression(writer, READSTAT_COMPRESS_ROWS), "compression");
  require(readstat_begin_writing_sav(writer, &bytes, count), "the head of the file");
}

}  // namespace

std::string statisticsFile(std::string_view json, const std::string& format) {
  const bool isStata = format == "dta";
  if (!isStata && format != "sav") throw Error(fmt::format("there is no format {}", format));
  const Json content = parseJson(std::string(json), "standard input");
  std::string bytes;
  const StatisticsWriter writer(readstat_writer_init(), readstat_writer_free);
  require(readstat_set_data_writer(writer.get(), append), "the writer");
  require(
      readstat_writer_set_file_label(writer.get(), content.at("label").get<std::string>().c_str()),
      "the file's label");
  std::vector<readstat_variable_t*> variables;
  for (const Json& variable : content.at("variables")) {
    variables.push_back(addVariable(writer.get(), variable, isStata));
  }
  begin(writer.get(), isStata, bytes, content.at("records").size());
  for (const Json& record : content.at("records")) {
    require(readstat_begin_row(writer.get()), "a record");
    for (std::size_t i = 0; i < variables.size(); ++i) {
      insert(writer.get(), variables[i], record.at(i));
    }
    require(readstat_end_row(writer.get()), "a record");
  }
  require(readstat_end_writing(writer.get()), "the end of the file");
  return bytes;
}

}  // namespace canvass
