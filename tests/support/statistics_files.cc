#include "support/statistics_files.h"

#include <readstat.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <initializer_list>
#include <memory>
#include <stdexcept>

#include "base/file.h"

namespace canvass::test {
namespace {

using Writer = std::unique_ptr<readstat_writer_t, decltype(&readstat_writer_free)>;

ssize_t writeBytes(const void* bytes, std::size_t size, void* stream) {
  auto& out = *static_cast<std::ofstream*>(stream);
  out.write(static_cast<const char*>(bytes), static_cast<std::streamsize>(size));
  return out ? static_cast<ssize_t>(size) : -1;
}

void require(readstat_error_t error) {
  if (error != READSTAT_OK) throw std::runtime_error(readstat_error_message(error));
}

readstat_label_set_t* addLabels(const MadeVariable& made, StatisticsFormat format,
                                readstat_writer_t* writer) {
  const bool isText = made.textBytes > 0;
  const bool isWhole = format == StatisticsFormat::stata;  // whose labels are of whole numbers
  readstat_label_set_t* const set = readstat_add_label_set(writer,
                                                           isText    ? READSTAT_TYPE_STRING
                                                           : isWhole ? READSTAT_TYPE_INT32
                                                                     : READSTAT_TYPE_DOUBLE,
                                                           made.about.name.c_str());
  for (const auto& [code, label] : made.about.valueLabels) {
    if (isText) {
      readstat_label_string_value(set, code.c_str(), label.c_str());
    } else if (isWhole) {
      readstat_label_int32_value(set, std::stoi(code), label.c_str());
    } else {
      readstat_label_double_value(set, std::stod(code), label.c_str());
    }
  }
  return set;
}

readstat_variable_t* addVariable(const MadeVariable& made, StatisticsFormat format,
                                 readstat_writer_t* writer) {
  readstat_variable_t* const variable =
      readstat_add_variable(writer, made.about.name.c_str(),
                            made.isLongText      ? READSTAT_TYPE_STRING_REF
                            : made.textBytes > 0 ? READSTAT_TYPE_STRING
                                                 : READSTAT_TYPE_DOUBLE,
                            made.textBytes);
  readstat_variable_set_label(variable, made.about.label.c_str());
  if (!made.about.valueLabels.empty()) {
    readstat_variable_set_label_set(variable, addLabels(made, format, writer));
  }
  for (const std::string& text : made.about.missingTexts) {
    require(readstat_variable_add_missing_string_value(variable, text.c_str()));
  }
  for (const auto& [low, high] : made.about.missingRanges) {
    require(readstat_variable_add_missing_double_range(variable, low, high));
  }
  return variable;
}

readstat_error_t begin(readstat_writer_t* writer, StatisticsFormat format, void* stream,
                       long records) {
  switch (format) {
    case StatisticsFormat::spssSystem:
      return readstat_begin_writing_sav(writer, stream, records);
    case StatisticsFormat::spssPortable:
      return readstat_begin_writing_por(writer, stream, records);
    case StatisticsFormat::stata:
      return readstat_begin_writing_dta(writer, stream, records);
    case StatisticsFormat::sas:
      return readstat_begin_writing_sas7bdat(writer, stream, records);
    case StatisticsFormat::sasTransport:
      return readstat_begin_writing_xport(writer, stream, records);
  }
  return READSTAT_ERROR_WRITE;
}

using LongTexts = std::vector<readstat_string_ref_t*>;

// All texts of a strL are written after the records, which refer to them.
LongTexts addLongTexts(const MadeVariable& made, readstat_writer_t* writer) {
  LongTexts added;
  if (!made.isLongText) return added;
  for (const std::string& text : made.texts) {
    added.push_back(readstat_add_string_ref(writer, text.c_str()));
  }
  return added;
}

readstat_error_t insert(readstat_writer_t* writer, const MadeVariable& made,
                        const readstat_variable_t* variable, const LongTexts& texts,
                        std::size_t record) {
  if (made.isLongText) return readstat_insert_string_ref(writer, variable, texts[record]);
  if (made.textBytes == 0) {
    return readstat_insert_double_value(writer, variable, made.numbers[record]);
  }
  return readstat_insert_string_value(writer, variable, made.texts[record].c_str());
}

}  // namespace

bool hasNewReadStat() {
#ifdef CANVASS_READSTAT_FROM_SOURCE
  return true;
#else
  return false;
#endif
}

MadeVariable madeText(const std::string& name, std::vector<std::string> values,
                      std::vector<ValueLabel> labels) {
  MadeVariable made;
  made.about.name = name;
  made.about.label = "What of " + name + "?";
  made.about.valueLabels = std::move(labels);
  made.textBytes = 1;
  for (const std::string& one : values) made.textBytes = std::max(made.textBytes, one.size());
  made.texts = std::move(values);
  return made;
}

MadeVariable madeNumber(const std::string& name, std::vector<double> values,
                        std::vector<ValueLabel> labels) {
  MadeVariable made = madeText(name, {}, std::move(labels));
  made.textBytes = 0;
  made.numbers = std::move(values);
  return made;
}

void writeStatisticsFile(const StatisticsFile& file, const std::vector<MadeVariable>& variables,
                         int release) {
  std::ofstream out(file.path, std::ios::binary);
  const Writer writer(readstat_writer_init(), readstat_writer_free);
  require(readstat_set_data_writer(writer.get(), writeBytes));
  if (release > 0) {
    require(readstat_writer_set_file_format_version(writer.get(), static_cast<uint8_t>(release)));
  }
  std::vector<readstat_variable_t*> added;
  std::vector<LongTexts> longTexts;
  for (const MadeVariable& made : variables) {
    added.push_back(addVariable(made, file.format, writer.get()));
    longTexts.push_back(addLongTexts(made, writer.get()));
  }
  const std::size_t records = std::max(variables[0].texts.size(), variables[0].numbers.size());
  require(begin(writer.get(), file.format, &out, static_cast<long>(records)));
  for (std::size_t i = 0; i < records; ++i) {
    require(readstat_begin_row(writer.get()));
    for (std::size_t v = 0; v < variables.size(); ++v) {
      require(insert(writer.get(), variables[v], added[v], longTexts[v], i));
    }
    require(readstat_end_row(writer.get()));
  }
  require(readstat_end_writing(writer.get()));
}

void addResponseSets(const std::filesystem::path& sav, const std::string& lines) {
  std::string bytes = readFile(sav);
  const auto record = [](std::initializer_list<std::uint32_t> numbers) {
    return std::string(reinterpret_cast<const char*>(numbers.begin()), 4 * numbers.size());
  };
  const std::size_t end = bytes.find(record({999, 0}));
  if (end == std::string::npos) throw std::runtime_error("the dictionary has no end");
  bytes.insert(end, record({7, 7, 1, static_cast<std::uint32_t>(lines.size())}) + lines);
  writeFileAtomically(sav, bytes);
}

bool readstatReadsResponseSets() {
  return [](auto metadata) {
    return requires { metadata.mr_sets; };
  }(readstat_metadata_t());
}

}  // namespace canvass::test
