#include "model_tasks/text_file.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "survey/jsonl.h"

namespace canvass {

TextFile::TextFile(std::filesystem::path path, Storage& storage) : path_(std::move(path)) {
  if (path_.empty()) return;
  file_.emplace(path_.string() + ".partial", "", storage);
}

WrittenRecordSink TextFile::sink() {
  if (!file_) return {};
  return [this](const WrittenRecord& record) {
    pending_ += jsonLine({{"question", record.question},
                          {"population", record.population},
                          {"sample", record.sample},
                          {"text", record.text},
                          {"read", record.read}});
  };
}

void TextFile::flush() {
  if (!file_) return;
  file_->append(pending_);
  pending_.clear();
}

void TextFile::finish() {
  if (!file_) return;
  flush();
  file_->rename(path_);
}

}  // namespace canvass
