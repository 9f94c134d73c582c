#include "microdata/csv/csv_records.h"

#include "base/error.h"
#include "parsers.h"

namespace canvass::fuzz {

void csv_records(std::string_view bytes) try {
  CsvRecords records(bytes, detectSeparator(bytes, "fuzz"), "fuzz");
  std::vector<std::string_view> fields;
  while (records.next(fields)) {
  }
} catch (const Error&) {
}

}  // namespace canvass::fuzz
