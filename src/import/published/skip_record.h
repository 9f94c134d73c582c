#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "import/import.h"

namespace canvass {

// A record of a file, while it is read.
struct RecordAtHand {
  std::string file;
  std::size_t number = 0;  // counted from 1
  std::string id;          // empty if it is not known
  std::string place;       // for messages: "file:12", "file, record 12 (id 7)"
};

// Calls `read`, which reads the record or a part of it. An Error that it throws, without a
// location, ends the import with the record's location; if bad records are skipped, it is put on
// the list of `result`.
void readOrSkip(const RecordAtHand& record, const ImportOptions& options, ImportResult& result,
                const std::function<void()>& read);

// Throws Error if nothing could be used, with the first fault. `name`: of what was read.
void requireItems(const Survey& survey, const ImportResult& result, const std::string& name);

}  // namespace canvass
