#include "import/published/skip_record.h"

#include "base/error.h"

namespace canvass {

void readOrSkip(const RecordAtHand& record, const ImportOptions& options, ImportResult& result,
                const std::function<void()>& read) {
  try {
    read();
  } catch (const Error& error) {
    if (!options.skipInvalid) {
      throw error.at(record.place)
          .withRemedy("correct the record, or import with bad records skipped");
    }
    result.skipped.push_back({record.file, record.number, record.id, error.what()});
  }
}

void requireItems(const Survey& survey, const ImportResult& result, const std::string& name) {
  if (!survey.items.empty()) return;
  throw Error("no record could be used", name,
              result.skipped.empty() ? "" : "the first fault: " + result.skipped.front().reason);
}

}  // namespace canvass
