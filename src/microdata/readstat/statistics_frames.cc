#include "microdata/readstat/statistics_frames.h"

#include <cstdint>
#include <cstring>
#include <utility>

namespace canvass {
namespace {

constexpr char variablesKind = 'v';
constexpr char recordKind = 'r';
constexpr char errorKind = 'e';

class FrameWriter {
 public:
  explicit FrameWriter(char kind) : bytes_(1, kind) {}

  template <typename Number>
  void number(Number value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void text(std::string_view value) {
    number(static_cast<std::uint32_t>(value.size()));
    bytes_ += value;
  }
  // A count, then that many elements.
  template <typename List, typename WriteOne>
  void list(const List& values, WriteOne writeOne) {
    number(static_cast<std::uint32_t>(values.size()));
    for (const auto& value : values) writeOne(value);
  }
  std::string finish() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class FrameReader {
 public:
  explicit FrameReader(std::string_view bytes) : bytes_(bytes) {}

  template <typename Number>
  Number number() {
    Number value;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }
  std::string_view text() { return take(number<std::uint32_t>()); }
  template <typename ReadOne>
  void list(ReadOne readOne) {
    for (auto left = number<std::uint32_t>(); left > 0; --left) readOne();
  }
  // One of the first `count` of an enumeration.
  template <typename Enumeration>
  Enumeration oneOf(std::uint8_t count) {
    const auto index = number<std::uint8_t>();
    if (index >= count) fail();
    return static_cast<Enumeration>(index);
  }

 private:
  [[noreturn]] static void fail() {
    throw Error("the file is damaged: its reader sent unreadable data", {},
                "open it in the program it came from and save it again");
  }

  std::string_view take(std::size_t size) {
    if (size > bytes_.size()) fail();
    const std::string_view taken = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return taken;
  }

  std::string_view bytes_;
};

constexpr std::uint8_t kindsOfValues = 3;
constexpr std::uint8_t kindsOfMeasures = 4;

std::string textOf(FrameReader& reader) { return std::string(reader.text()); }

// At the content of the frame, which must be of this kind.
FrameReader contentOf(std::string_view frame, char kind) {
  FrameReader reader(frame);
  const char found = reader.number<char>();
  if (found == kind) return reader;
  if (found != errorKind)
    throw Error("the reader of the file sent something other than what was asked for");
  std::string fault = textOf(reader);
  std::string where = textOf(reader);
  throw Error(std::move(fault), std::move(where), textOf(reader));
}

void writeVariable(const Variable& variable, FrameWriter& writer) {
  writer.text(variable.name);
  writer.text(variable.label);
  writer.number(static_cast<std::uint8_t>(variable.isText));
  writer.number(static_cast<std::uint8_t>(variable.isFileWeight));
  writer.number(static_cast<std::uint8_t>(variable.measure));
  writer.list(variable.valueLabels, [&](const ValueLabel& one) {
    writer.text(one.code);
    writer.text(one.label);
  });
  writer.list(variable.missingRanges, [&](const NumberRange& one) {
    writer.number(one.low);
    writer.number(one.high);
  });
  writer.list(variable.missingTexts, [&](const std::string& one) { writer.text(one); });
}

Variable readVariable(FrameReader& reader) {
  Variable variable;
  variable.name = reader.text();
  variable.label = reader.text();
  variable.isText = reader.number<std::uint8_t>() != 0;
  variable.isFileWeight = reader.number<std::uint8_t>() != 0;
  variable.measure = reader.oneOf<Measure>(kindsOfMeasures);
  reader.list([&] {
    std::string code = textOf(reader);
    variable.valueLabels.push_back({std::move(code), textOf(reader)});
  });
  reader.list([&] {
    const auto low = reader.number<double>();
    variable.missingRanges.push_back({low, reader.number<double>()});
  });
  reader.list([&] { variable.missingTexts.push_back(textOf(reader)); });
  return variable;
}

void writeSet(const ResponseSet& set, FrameWriter& writer) {
  for (const std::string& text : {set.name, set.label, set.chosenCode}) writer.text(text);
  writer.list(set.variables, [&](const std::string& one) { writer.text(one); });
}

ResponseSet readSet(FrameReader& reader) {
  ResponseSet set;
  for (std::string* text : {&set.name, &set.label, &set.chosenCode}) *text = reader.text();
  reader.list([&] { set.variables.push_back(textOf(reader)); });
  return set;
}

}  // namespace

std::string variablesFrame(const StatisticsContent& content) {
  FrameWriter writer(variablesKind);
  writer.number(content.records);
  writer.list(content.variables, [&](const Variable& one) { writeVariable(one, writer); });
  writer.list(content.responseSets, [&](const ResponseSet& one) { writeSet(one, writer); });
  return writer.finish();
}

std::string recordFrame(const std::vector<Value>& values) {
  FrameWriter writer(recordKind);
  for (const Value& value : values) {
    // A number with a spelling of its own is sent as its text.
    const bool isNumber = value.kind == Value::Kind::number && value.text.empty();
    const bool isMissing = value.kind == Value::Kind::missing;
    writer.number(static_cast<std::uint8_t>(isNumber    ? Value::Kind::number
                                            : isMissing ? Value::Kind::missing
                                                        : Value::Kind::text));
    if (isNumber) {
      writer.number(value.number);
    } else {
      writer.text(value.text);
    }
  }
  return writer.finish();
}

std::string errorFrame(const Error& error) {
  FrameWriter writer(errorKind);
  for (const std::string& part : {error.fault(), error.where(), error.remedy()}) writer.text(part);
  return writer.finish();
}

StatisticsContent variablesFromFrame(std::string_view frame) {
  FrameReader reader = contentOf(frame, variablesKind);
  StatisticsContent content;
  content.records = reader.number<long>();
  reader.list([&] { content.variables.push_back(readVariable(reader)); });
  reader.list([&] { content.responseSets.push_back(readSet(reader)); });
  return content;
}

void recordFromFrame(std::string_view frame, std::vector<Value>& values) {
  FrameReader reader = contentOf(frame, recordKind);
  for (Value& value : values) {
    const auto kind = reader.oneOf<Value::Kind>(kindsOfValues);
    if (kind == Value::Kind::number) {
      value = valueOf(reader.number<double>());
    } else if (kind == Value::Kind::text) {
      value = valueOf(reader.text());
    } else {
      value = {kind, 0.0, reader.text()};
    }
  }
}

}  // namespace canvass
