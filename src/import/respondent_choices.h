#pragma once

#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "import/import.h"
#include "microdata/choice/crosswalk.h"
#include "microdata/choice/filtered_reader.h"
#include "microdata/codebook.h"
#include "microdata/draft/draft_mapping.h"
#include "microdata/mapping.h"
#include "microdata/microdata_reader.h"

namespace canvass {

// What options change of files of respondents and of what a mapping says: labels of a codebook,
// wording, topics, and which questions and records are used. The same for an import and for a
// draft.
class RespondentChoices {
 public:
  // Reads the tables that the options name. Refers to the options, which must outlive it.
  explicit RespondentChoices(const ImportOptions& options);

  // The file with the codebook's labels, the crosswalk's names and only the records to use. Must
  // not outlive this.
  std::unique_ptr<MicrodataReader> chosenRecords(std::unique_ptr<MicrodataReader> reader,
                                                 const std::filesystem::path& file);
  // Throws Error if a choice names a question that the mapping does not have, or leaves none.
  Mapping chosenQuestions(const Mapping& mapping);
  // Throws Error if a choice names a variable that the file does not have.
  DraftOptions ofDraft(const MicrodataReader& reader, bool severalFiles) const;

  // What was left out, and entries of tables that belong to no question.
  std::vector<std::string> notes() const;

 private:
  const ImportOptions& options_;
  Codebook codebook_;
  std::map<std::string, std::string> wording_;  // by variable
  std::optional<Crosswalk> crosswalk_;
  std::deque<LeftOutRecords> records_;  // by file
  std::vector<std::string> notes_;
};

}  // namespace canvass
