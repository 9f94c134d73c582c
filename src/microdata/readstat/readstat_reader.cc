#include "microdata/readstat/readstat_reader.h"

#include <fmt/format.h>

#include <utility>

#include "base/error.h"
#include "base/installation.h"
#include "base/paths.h"
#include "microdata/readstat/child_frames.h"
#include "microdata/readstat/statistics_frames.h"

namespace canvass {
namespace {

constexpr std::size_t readstatRecordsBetweenLooks = 1 << 12;

// The program and the file; what it is to send comes after them.
std::vector<std::string> readerCommand(const StatisticsFile& file) {
  const auto program = installedFile("canvass-readstat", CANVASS_BUILT_READSTAT_FOLDER);
  return {program.string(), file.path.string(), formatName(file.format), file.encoding};
}

std::vector<std::string> variablesCommand(const StatisticsFile& file) {
  std::vector<std::string> command = readerCommand(file);
  command.emplace_back("variables");
  return command;
}

std::vector<std::string> recordsCommand(const StatisticsFile& file,
                                        const std::vector<std::size_t>& chosen) {
  std::vector<std::string> command = readerCommand(file);
  command.emplace_back("records");
  for (const std::size_t index : chosen) command.push_back(std::to_string(index));
  return command;
}

class ReadStatReader : public MicrodataReader {
 public:
  explicit ReadStatReader(StatisticsFile file);

  const std::string& fileName() const override { return name_; }
  const std::vector<Variable>& variables() const override { return content_.variables; }
  std::vector<ResponseSet> responseSets() const override { return content_.responseSets; }
  void read(const std::vector<std::size_t>& chosen,
            const std::function<void(const RespondentRecord&)>& take, Progress& progress) override;
  std::string place() const override { return recordPlace(name_, number_); }
  std::vector<FileKey> fileKeys() const override {
    if (file_.encoding.empty()) return {};
    return {{"encoding", file_.encoding}};
  }

 private:
  // Calls `use` with the next frame; false at the end.
  template <typename Use>
  bool withNext(ChildFrames& frames, Use use) const;
  void look(Progress& progress) const;
  void checkRecordCount() const;

  StatisticsFile file_;
  std::string name_;
  std::size_t bytes_;
  StatisticsContent content_;
  std::size_t number_ = 0;  // of the current record; 0 before the first
};

ReadStatReader::ReadStatReader(StatisticsFile file)
    : file_(std::move(file)), name_(file_.path.string()), bytes_(fileSize(file_.path)) {
  ChildFrames frames(variablesCommand(file_));
  while (withNext(frames, [this](auto frame) { content_ = variablesFromFrame(frame); })) {
  }
}

template <typename Use>
bool ReadStatReader::withNext(ChildFrames& frames, Use use) const {
  try {
    std::string_view frame;
    if (!frames.next(frame)) return false;
    use(frame);
    return true;
  } catch (const Error& error) {
    throw error.at(number_ == 0 ? name_ : "after " + place());
  }
}

void ReadStatReader::read(const std::vector<std::size_t>& chosen,
                          const std::function<void(const RespondentRecord&)>& take,
                          Progress& progress) {
  number_ = 0;
  ChildFrames frames(recordsCommand(file_, chosen));
  std::vector<Value> values(chosen.size());
  while (withNext(frames, [&values](auto frame) { recordFromFrame(frame, values); })) {
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
