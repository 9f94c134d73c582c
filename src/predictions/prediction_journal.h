#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/growing_file.h"
#include "base/json.h"
#include "predictions/predictions.h"
#include "survey/survey.h"

namespace canvass {

// What answers depend on besides what their source says, as messages name it, with its content or a
// hash of that: {"chat format", "3f2a..."}.
using AnswerDependencies = std::vector<std::pair<std::string, std::string>>;

// Predictions on their way to a file, kept next to it (FILE.partial) as they come, so that a run
// that was interrupted, or killed, resumes where it ended. A line that was only half written is
// dropped.
class PredictionJournal {
 public:
  // Resumes what an earlier run left there. Throws Error if what is there is damaged or has another
  // source or other dependencies, naming each.
  PredictionJournal(const PredictionSource& source, const AnswerDependencies& dependencies,
                    const std::filesystem::path& target, Storage& storage = disk());

  std::size_t size() const { return predictions_.size(); }
  // The indices of the survey's items that are not there yet. Throws Error if one that is there was
  // predicted with different options.
  std::vector<std::size_t> missing(const Survey& survey) const;
  // The system has them when this returns: a run that is killed afterwards loses none of them. If
  // it throws, the journal is as it was before; a run that is killed meanwhile may keep some of
  // them.
  void append(const std::vector<Prediction>& predictions);
  // Writes the predictions of the survey's items, in its order, to the target, and removes the file
  // kept next to it. Throws Error if an item is missing.
  void finish(const Survey& survey);

  const std::filesystem::path& path() const { return file_.path(); }

 private:
  void read(const Json& header);

  Storage& storage_;
  PredictionSource source_;
  std::filesystem::path target_;
  std::map<ItemId, Prediction> predictions_;
  GrowingFile file_;
};

}  // namespace canvass
