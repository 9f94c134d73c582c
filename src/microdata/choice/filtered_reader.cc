#include "microdata/choice/filtered_reader.h"

#include <utility>

#include "microdata/choice/condition.h"

namespace canvass {
namespace {

class FilteredReader : public MicrodataReader {
 public:
  FilteredReader(std::unique_ptr<MicrodataReader> reader, const std::string& condition,
                 LeftOutRecords& counts)
      : reader_(std::move(reader)), condition_(condition, reader_->variables()), counts_(counts) {}

  const std::string& fileName() const override { return reader_->fileName(); }
  const std::vector<Variable>& variables() const override { return reader_->variables(); }
  Variable rowVariable(const std::string& name) const override {
    return reader_->rowVariable(name);
  }
  std::vector<ResponseSet> responseSets() const override { return reader_->responseSets(); }
  std::vector<FileKey> fileKeys() const override { return reader_->fileKeys(); }
  std::string place() const override { return reader_->place(); }

  // The condition's columns are read after the chosen ones.
  void read(const std::vector<std::size_t>& chosen,
            const std::function<void(const RespondentRecord&)>& take, Progress& progress) override {
    std::vector<std::size_t> all = chosen;
    all.insert(all.end(), condition_.columns().begin(), condition_.columns().end());
    counts_ = {};
    reader_->read(
        all,
        [&](const RespondentRecord& record) {
          ++counts_.read;
          const auto holds = condition_.holds(record.values.subspan(chosen.size()));
          if (holds.value_or(false))
            return take({record.number, record.values.first(chosen.size())});
          ++counts_.leftOut;
          if (!holds) ++counts_.open;
        },
        progress);
  }

 private:
  std::unique_ptr<MicrodataReader> reader_;
  Condition condition_;
  LeftOutRecords& counts_;
};

}  // namespace

std::unique_ptr<MicrodataReader> withCondition(std::unique_ptr<MicrodataReader> reader,
                                               const std::string& condition,
                                               LeftOutRecords& counts) {
  return std::make_unique<FilteredReader>(std::move(reader), condition, counts);
}

}  // namespace canvass
