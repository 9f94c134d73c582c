#include "microdata/readstat/readstat_reader.h"

#include <fmt/format.h>

#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "microdata/readstat/child_frames.h"

namespace canvass {
namespace {

constexpr std::size_t readstatRecordsBetweenLooks = 1 << 12;

// The frames of the child process: a letter for what it is, then its content.
constexpr char variablesFrame = 'v';
constexpr char recordFrame = 'r';
constexpr char errorFrame = 'e';

Json toJson(const StatisticsContent& content) {
  Json variables = Json::array();
  for (const Variable& one : content.variables) {
    Json variable{{"name", one.name},
                  {"label", one.label},
                  {"text", one.isText},
                  {"weight", one.isFileWeight},
                  {"measure", static_cast<int>(one.measure)},
                  {"labels", Json::array()},
                  {"missing", Json::array()},
                  {"missing_texts", one.missingTexts}};
    for (const auto& [code, label] : one.valueLabels) variable["labels"].push_back({code, label});
    for (const auto& [low, high] : one.missingRanges) variable["missing"].push_back({low, high});
    variables.push_back(std::move(variable));
  }
  return {{"records", content.records}, {"variables", std::move(variables)}};
}

StatisticsContent contentFromJson(const Json& json) {
  StatisticsContent content;
  content.records = json["records"].get<long>();
  for (const Json& one : json["variables"]) {
    Variable& variable = content.variables.emplace_back();
    variable.name = one["name"];
    variable.label = one["label"];
    variable.isText = one["text"];
    variable.isFileWeight = one["weight"];
    variable.measure = static_cast<Measure>(one["measure"].get<int>());
    variable.missingTexts = one["missing_texts"];
    for (const Json& label : one["labels"]) variable.valueLabels.push_back({label[0], label[1]});
    for (const Json& range : one["missing"]) {
      variable.missingRanges.push_back({range[0].get<double>(), range[1].get<double>()});
    }
  }
  return content;
}

template <typename T>
void append(std::string& bytes, const T& value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

template <typename T>
T takeOff(std::string_view& bytes) {
  T value;
  std::memcpy(&value, bytes.data(), sizeof value);
  bytes.remove_prefix(sizeof value);
  return value;
}

std::string toFrame(const std::vector<Value>& values) {
  std::string frame(1, recordFrame);
  for (const Value& value : values) {
    append(frame, value.kind);
    if (value.kind == Value::Kind::number) {
      append(frame, value.number);
    } else {
      append(frame, static_cast<std::uint32_t>(value.text.size()));
      frame += value.text;
    }
  }
  return frame;
}

void valuesFromFrame(std::string_view frame, std::vector<Value>& values) {
  for (Value& value : values) {
    value = {};
    value.kind = takeOff<Value::Kind>(frame);
    if (value.kind == Value::Kind::number) {
      value.number = takeOff<double>(frame);
    } else {
      const auto size = takeOff<std::uint32_t>(frame);
      value.text = frame.substr(0, size);
      frame.remove_prefix(size);
    }
  }
}

// What the child does, and its failure as a frame of its own.
template <typename Work>
std::function<void(FrameSender&)> sending(Work work) {
  return [work](FrameSender& sender) {
    try {
      work(sender);
    } catch (const std::exception& error) {
      sender.send(errorFrame + std::string(error.what()));
    }
  };
}

class ReadStatReader : public MicrodataReader {
 public:
  explicit ReadStatReader(StatisticsFile file);

  const std::string& fileName() const override { return name_; }
  const std::vector<Variable>& variables() const override { return content_.variables; }
  void read(const std::vector<std::size_t>& chosen,
            const std::function<void(const RespondentRecord&)>& take, Progress& progress) override;
  std::string place() const override { return recordPlace(name_, number_); }

 private:
  // The next frame's content, where it is of this kind; false at the end.
  bool next(ChildFrames& frames, char kind, std::string_view& content);
  void look(Progress& progress) const;
  void checkRecordCount() const;

  StatisticsFile file_;
  std::string name_;
  std::size_t bytes_;
  StatisticsContent content_;
  std::size_t number_ = 0;  // of the record at hand; 0 before the first
};

ReadStatReader::ReadStatReader(StatisticsFile file)
    : file_(std::move(file)),
      name_(file_.path.string()),
      bytes_(MappedFile(file_.path).bytes().size()) {
  ChildFrames frames(bytes_, sending([this](FrameSender& sender) {
                       sender.send(variablesFrame + toJson(readVariables(file_)).dump());
                     }));
  std::string_view content;
  while (next(frames, variablesFrame, content)) content_ = contentFromJson(Json::parse(content));
}

bool ReadStatReader::next(ChildFrames& frames, char kind, std::string_view& content) {
  const auto where = [this] { return number_ == 0 ? name_ : "after " + place(); };
  try {
    if (!frames.next(content)) return false;
  } catch (const Error& error) {
    throw Error(error.what(), where());
  }
  const char found = content.front();
  content.remove_prefix(1);
  if (found == errorFrame) throw Error(std::string(content), where());
  return found == kind;
}

void ReadStatReader::read(const std::vector<std::size_t>& chosen,
                          const std::function<void(const RespondentRecord&)>& take,
                          Progress& progress) {
  number_ = 0;
  ChildFrames frames(bytes_, sending([this, &chosen](FrameSender& sender) {
                       readRecords(file_, chosen, [&sender](const std::vector<Value>& values) {
                         sender.send(toFrame(values));
                       });
                     }));
  std::vector<Value> values(chosen.size());
  std::string_view content;
  while (next(frames, recordFrame, content)) {
    valuesFromFrame(content, values);
    take({++number_, values});
    if (number_ % readstatRecordsBetweenLooks == 0) look(progress);
  }
  checkRecordCount();
}

void ReadStatReader::look(Progress& progress) const {
  if (progress.stopRequested()) throw Error("stopped; nothing was written", place());
  if (content_.records <= 0) return;
  const double part = static_cast<double>(number_) / static_cast<double>(content_.records);
  progress.update(static_cast<std::size_t>(part * static_cast<double>(bytes_)) / megabyte,
                  bytes_ / megabyte, {});
}

void ReadStatReader::checkRecordCount() const {
  if (content_.records < 0 || static_cast<std::size_t>(content_.records) == number_) return;
  throw Error(
      fmt::format("the file says that it has {} records, but has {}", content_.records, number_),
      name_, "it may be cut off: copy it again");
}

}  // namespace

std::unique_ptr<MicrodataReader> openStatisticsFile(const StatisticsFile& file) {
  return std::make_unique<ReadStatReader>(file);
}

}  // namespace canvass
