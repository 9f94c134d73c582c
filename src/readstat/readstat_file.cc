#include "readstat/readstat_file.h"

#include <fmt/format.h>
#include <readstat.h>

#include <cctype>
#include <cmath>
#include <deque>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>

#include "base/error.h"
#include "base/utf8.h"
#include "text/lines.h"

namespace canvass {
namespace {

using Parser = std::unique_ptr<readstat_parser_t, decltype(&readstat_parser_free)>;

// Exceptions must not pass through ReadStat: they wait here until it has returned.
struct Handler {
  std::exception_ptr failure;
  std::string lastMessage;  // of ReadStat's

  template <typename Action>
  int guard(Action action) {
    try {
      action();
      return READSTAT_HANDLER_OK;
    } catch (...) {
      failure = std::current_exception();
      return READSTAT_HANDLER_ABORT;
    }
  }
};

constexpr const char* encodingRemedy =
    "name the right one in the mapping: [file] encoding = \"windows-1252\", \"cp936\" (Chinese), "
    "\"cp949\" (Korean) ...; or, for a draft of one, with --encoding";

// Packages cut a label off at a number of bytes, which may be in the middle of a letter: the
// partial letter is left out. Anything else that is not UTF-8 is an Error.
std::string checkedText(const char* bytes, const std::string& what) {
  constexpr std::size_t maxPieceBytes = 3;
  std::string text = bytes == nullptr ? "" : bytes;
  const auto offset = findInvalidUtf8(text);
  if (!offset) return text;
  if (text.size() - *offset > maxPieceBytes) {
    throw Error(fmt::format("{} is not in the encoding that the file declares", what), {},
                encodingRemedy);
  }
  text.resize(*offset);
  return text;
}

std::string tagCode(char tag) {
  return {'.', static_cast<char>(std::tolower(static_cast<unsigned char>(tag)))};
}

Value toValue(const readstat_value_t& value, std::deque<std::string>& texts,
              const std::string& variable) {
  if (readstat_value_type_class(value) == READSTAT_TYPE_CLASS_STRING) {
    const char* bytes = readstat_string_value(value);
    if (bytes == nullptr) return {};
    texts.push_back(checkedText(bytes, fmt::format("a text of variable \"{}\"", variable)));
    return valueOf(texts.back());
  }
  if (readstat_value_is_tagged_missing(value)) {
    return {Value::Kind::missing, 0.0, texts.emplace_back(tagCode(readstat_value_tag(value)))};
  }
  if (readstat_value_is_system_missing(value)) return {};
  return valueOf(readstat_double_value(value));
}

// The first pass: everything but the values.
struct VariableHandler : Handler {
  StatisticsContent content;
  std::vector<std::string> labelSets;  // by variable
  std::map<std::string, std::vector<ValueLabel>> labels;
  std::optional<std::size_t> weight;
};

// Since release 21, SPSS writes the lowest number of all, where a range begins, as it writes the
// system-missing one, which older ReadStats hand over.
void addMissingRange(double low, double high, Variable& variable) {
  if (std::isnan(high)) return;
  variable.missingRanges.push_back(
      {std::isnan(low) ? -std::numeric_limits<double>::infinity() : low, high});
}

void addMissing(const readstat_variable_t* source, Variable& variable) {
  for (int i = 0; i < readstat_variable_get_missing_ranges_count(source); ++i) {
    const readstat_value_t low = readstat_variable_get_missing_range_lo(source, i);
    const readstat_value_t high = readstat_variable_get_missing_range_hi(source, i);
    if (variable.isText) {
      const std::string text =
          checkedText(readstat_string_value(low), "a missing code of " + variable.name);
      variable.missingTexts.push_back(codeText(valueOf(text)));
    } else {
      addMissingRange(readstat_double_value(low), readstat_double_value(high), variable);
    }
  }
}

Measure measureOf(const readstat_variable_t* variable) {
  switch (readstat_variable_get_measure(variable)) {
    case READSTAT_MEASURE_NOMINAL:
      return Measure::nominal;
    case READSTAT_MEASURE_ORDINAL:
      return Measure::ordinal;
    case READSTAT_MEASURE_SCALE:
      return Measure::scale;
    default:
      return Measure::unknown;
  }
}

// The code that a set counts, as a variable has it; ReadStat 1.1.9 has whole numbers only.
template <typename Set>
std::string chosenCodeOf(const Set& set) {
  if (set.is_dichotomy == 0) return {};
  if constexpr (requires { set.counted_string; }) {
    return codeText(
        valueOf(trimmed(checkedText(set.counted_string, "the counted value of a set"), " ")));
  } else {
    return std::to_string(set.counted_value);
  }
}

// Debian's ReadStat, 1.1.8, knows of no sets.
template <typename Metadata>
void addSets(const Metadata& metadata, std::vector<ResponseSet>& sets) {
  if constexpr (requires { metadata.mr_sets; }) {
    for (std::size_t i = 0; i < metadata.multiple_response_sets_length; ++i) {
      const auto& source = metadata.mr_sets[i];
      ResponseSet& set = sets.emplace_back();
      set.name = checkedText(source.name, "the name of a set");
      set.label = checkedText(source.label, fmt::format("the label of set \"{}\"", set.name));
      set.chosenCode = chosenCodeOf(source);
      for (int k = 0; k < source.num_subvars; ++k) {
        set.variables.push_back(checkedText(source.subvariables[k], "the name of a variable"));
      }
    }
  }
}

int onMetadata(readstat_metadata_t* metadata, void* context) {
  auto& handler = *static_cast<VariableHandler*>(context);
  return handler.guard([&] {
    handler.content.records = readstat_get_row_count(metadata);
    addSets(*metadata, handler.content.responseSets);
  });
}

int onVariable(int /*index*/, readstat_variable_t* source, const char* labelSet, void* context) {
  auto& handler = *static_cast<VariableHandler*>(context);
  return handler.guard([&] {
    Variable& variable = handler.content.variables.emplace_back();
    variable.name = checkedText(readstat_variable_get_name(source), "the name of a variable");
    variable.label = checkedText(readstat_variable_get_label(source),
                                 fmt::format("the label of variable \"{}\"", variable.name));
    variable.isText = readstat_variable_get_type_class(source) == READSTAT_TYPE_CLASS_STRING;
    variable.measure = measureOf(source);
    addMissing(source, variable);
    handler.labelSets.emplace_back(labelSet == nullptr ? "" : labelSet);
  });
}

int onValueLabel(const char* set, readstat_value_t value, const char* label, void* context) {
  auto& handler = *static_cast<VariableHandler*>(context);
  return handler.guard([&] {
    std::deque<std::string> texts;
    const std::string name = set == nullptr ? "" : set;
    const std::string code = codeText(toValue(value, texts, name));
    handler.labels[name].push_back(
        {code, checkedText(label, fmt::format("the label of code {}", code))});
  });
}

int onWeight(readstat_variable_t* variable, void* context) {
  static_cast<VariableHandler*>(context)->weight =
      static_cast<std::size_t>(readstat_variable_get_index(variable));
  return READSTAT_HANDLER_OK;
}

// The second pass: the values of chosen variables.
struct RecordHandler : Handler {
  std::unordered_map<int, std::size_t> places;  // by the variable's index
  std::vector<Value> values;
  std::deque<std::string> texts;
  std::size_t filled = 0;
  const std::function<void(const std::vector<Value>&)>* take = nullptr;
};

int onChosenVariable(int index, readstat_variable_t* /*variable*/, const char* /*labels*/,
                     void* context) {
  const auto& handler = *static_cast<RecordHandler*>(context);
  return handler.places.contains(index) ? READSTAT_HANDLER_OK : READSTAT_HANDLER_SKIP_VARIABLE;
}

int onValue(int /*record*/, readstat_variable_t* variable, readstat_value_t value, void* context) {
  auto& handler = *static_cast<RecordHandler*>(context);
  return handler.guard([&] {
    const auto place = handler.places.find(readstat_variable_get_index(variable));
    if (place == handler.places.end()) return;
    handler.values[place->second] =
        toValue(value, handler.texts, readstat_variable_get_name(variable));
    if (++handler.filled < handler.values.size()) return;
    (*handler.take)(handler.values);
    handler.filled = 0;
    handler.texts.clear();
  });
}

void onMessage(const char* message, void* context) {
  std::string& last = static_cast<Handler*>(context)->lastMessage;
  last = message == nullptr ? "" : withSingleBlanks(message);
}

[[noreturn]] void failFor(readstat_error_t error, const std::string& message) {
  const std::string reason = message.empty() ? readstat_error_message(error) : message;
  switch (error) {
    case READSTAT_ERROR_READ:
    case READSTAT_ERROR_SEEK:
    case READSTAT_ERROR_ROW_COUNT_MISMATCH:
      throw Error(fmt::format("the file ends before its content does ({})", reason), {},
                  "it may be cut off: copy it again");
    case READSTAT_ERROR_CONVERT_BAD_STRING:
    case READSTAT_ERROR_CONVERT_SHORT_STRING:
    case READSTAT_ERROR_UNSUPPORTED_CHARSET:
      throw Error(
          fmt::format("its text is not in the encoding that the file declares ({})", reason), {},
          encodingRemedy);
    case READSTAT_ERROR_UNSUPPORTED_FILE_FORMAT_VERSION:
    case READSTAT_ERROR_UNSUPPORTED_COMPRESSION:
      throw Error(fmt::format("the file is of a kind that is too old or too new ({})", reason), {},
                  "open it in the program it came from and save it as a current version");
    default:
      throw Error(fmt::format("the file is damaged or of an unknown kind ({})", reason), {},
                  "open it in the program it came from and save it again");
  }
}

void parse(readstat_parser_t* parser, const StatisticsFile& file, Handler& handler, void* context) {
  readstat_set_error_handler(parser, onMessage);
  if (!file.encoding.empty()) {
    readstat_set_file_character_encoding(parser, file.encoding.c_str());
  }
  const std::string path = file.path.string();
  const auto run = [&] {
    switch (file.format) {
      case StatisticsFormat::spssSystem:
        return readstat_parse_sav(parser, path.c_str(), context);
      case StatisticsFormat::spssPortable:
        return readstat_parse_por(parser, path.c_str(), context);
      case StatisticsFormat::stata:
        return readstat_parse_dta(parser, path.c_str(), context);
      case StatisticsFormat::sas:
        return readstat_parse_sas7bdat(parser, path.c_str(), context);
      case StatisticsFormat::sasTransport:
        return readstat_parse_xport(parser, path.c_str(), context);
    }
    return READSTAT_ERROR_PARSE;
  };
  const readstat_error_t error = run();
  if (handler.failure) std::rethrow_exception(handler.failure);
  if (error != READSTAT_OK) failFor(error, handler.lastMessage);
}

}  // namespace

StatisticsContent readVariables(const StatisticsFile& file) {
  VariableHandler handler;
  const Parser parser(readstat_parser_init(), readstat_parser_free);
  readstat_set_metadata_handler(parser.get(), onMetadata);
  readstat_set_variable_handler(parser.get(), onVariable);
  readstat_set_value_label_handler(parser.get(), onValueLabel);
  readstat_set_fweight_handler(parser.get(), onWeight);
  parse(parser.get(), file, handler, &handler);
  auto& variables = handler.content.variables;
  for (std::size_t i = 0; i < variables.size(); ++i) {
    const auto labels = handler.labels.find(handler.labelSets[i]);
    if (labels != handler.labels.end()) variables[i].valueLabels = labels->second;
    variables[i].isFileWeight = handler.weight == i;
  }
  return std::move(handler.content);
}

void readRecords(const StatisticsFile& file, const std::vector<std::size_t>& chosen,
                 const std::function<void(const std::vector<Value>&)>& take) {
  RecordHandler handler;
  for (std::size_t i = 0; i < chosen.size(); ++i) handler.places[static_cast<int>(chosen[i])] = i;
  handler.values.resize(chosen.size());
  handler.take = &take;
  const Parser parser(readstat_parser_init(), readstat_parser_free);
  readstat_set_variable_handler(parser.get(), onChosenVariable);
  readstat_set_value_handler(parser.get(), onValue);
  parse(parser.get(), file, handler, &handler);
}

}  // namespace canvass
