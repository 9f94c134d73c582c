#include "model_tasks/text_file.h"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "survey/jsonl.h"

namespace canvass {

TextFile::TextFile(const std::string& path) : path_(path) {
  if (path.empty()) return;
  stream_.open(partial(), std::ios::binary | std::ios::app);
  if (!stream_) throw Error("cannot write it", partial());
}

WrittenRecordSink TextFile::sink() {
  if (path_.empty()) return {};
  return [this](const WrittenRecord& record) { append(record); };
}

void TextFile::append(const WrittenRecord& record) {
  stream_ << jsonLine({{"question", record.question},
                       {"population", record.population},
                       {"sample", record.sample},
                       {"text", record.text},
                       {"read", record.read}});
  if (!stream_) throw Error("cannot write it; is the disk full?", partial());
}

void TextFile::finish() {
  if (path_.empty()) return;
  stream_.close();
  std::filesystem::rename(partial(), path_);
}

}  // namespace canvass
