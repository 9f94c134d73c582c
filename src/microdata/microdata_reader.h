#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/progress.h"
#include "microdata/response_set.h"
#include "microdata/variable.h"

namespace canvass {

// One respondent, while the file is read.
struct RespondentRecord {
  std::size_t number = 0;         // counted from 1
  std::span<const Value> values;  // of the chosen variables, in the order in which they were chosen
};

// What [file] of a mapping has to say: "separator", ";".
struct FileKey {
  std::string name;
  std::string value;
};

// A file of respondents in any format. It is read from its beginning to its end, record by record,
// and never held in memory as a whole.
class MicrodataReader {
 public:
  virtual ~MicrodataReader() = default;

  virtual const std::string& fileName() const = 0;
  // What the file says of itself, known as soon as the reader is made.
  virtual const std::vector<Variable>& variables() const = 0;
  // What is known about a question that is not a column but a value in one, as in a long table.
  virtual Variable rowVariable(const std::string& name) const {
    Variable variable;
    variable.name = name;
    return variable;
  }
  // What a mapping must say of the file, so that it is read as it is here.
  virtual std::vector<FileKey> fileKeys() const { return {}; }
  // The sets that the file declares.
  virtual std::vector<ResponseSet> responseSets() const { return {}; }
  // Calls `take` with each record. `chosen`: indices into variables(). Progress is reported in
  // units of 10^6 bytes of the file. May be called again, for another pass. Throws Error naming
  // file and location if the file is damaged.
  virtual void read(const std::vector<std::size_t>& chosen,
                    const std::function<void(const RespondentRecord&)>& take,
                    Progress& progress) = 0;
  // The location of the current record: "file:12" or "file, record 12", as fits the format.
  virtual std::string place() const = 0;
};

}  // namespace canvass
