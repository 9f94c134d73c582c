#include "import/respondent_choices.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/list_text.h"
#include "import/variable_texts.h"
#include "microdata/choice/name_choice.h"

namespace canvass {
namespace {

// Ids of questions, and the variables that they are made of.
std::vector<std::string> namesOf(const Mapping& mapping) {
  std::vector<std::string> names;
  for (const MappedQuestion& one : mapping.questions) {
    names.push_back(one.variable);
    if (one.id != one.variable) names.push_back(one.id);
  }
  return names;
}

void noteUnused(const std::map<std::string, std::string>& table, const Mapping& mapping,
                const char* option, std::vector<std::string>& notes) {
  std::vector<std::string> unused;
  for (const auto& [variable, text] : table) {
    const bool isUsed =
        std::any_of(mapping.questions.begin(), mapping.questions.end(),
                    [&name = variable](const MappedQuestion& one) { return one.variable == name; });
    if (!isUsed) unused.push_back(variable);
  }
  noteList(unused, "variable", fmt::format("of {} not a question of the mapping", option), notes);
}

}  // namespace

RespondentChoices::RespondentChoices(const ImportOptions& options)
    : options_(options),
      codebook_(options.codebook.empty() ? Codebook() : readCodebook(options.codebook)),
      wording_(options.wording.empty() ? std::map<std::string, std::string>()
                                       : readVariableTexts(options.wording, "text")) {
  if (!options.crosswalk.empty()) crosswalk_ = readCrosswalk(options.crosswalk);
}

std::unique_ptr<MicrodataReader> RespondentChoices::chosenRecords(
    std::unique_ptr<MicrodataReader> reader, const std::filesystem::path& file) {
  if (!codebook_.empty()) reader = withCodebook(std::move(reader), codebook_);
  if (crosswalk_) reader = withCrosswalk(std::move(reader), *crosswalk_, waveOf(*crosswalk_, file));
  if (options_.where.empty()) return reader;
  return withCondition(std::move(reader), options_.where, records_.emplace_back());
}

Mapping RespondentChoices::chosenQuestions(const Mapping& mapping) {
  Mapping chosen = mapping;
  const std::vector<std::string> names = namesOf(mapping);
  const std::set<std::string> kept = chosenNames(options_.questions, names, "--questions");
  const std::set<std::string> dropped = chosenNames(options_.drop, names, "--drop");
  const auto isIn = [](const std::set<std::string>& all, const MappedQuestion& one) {
    return all.contains(one.variable) || all.contains(one.id);
  };
  std::erase_if(chosen.questions, [&](const MappedQuestion& one) {
    return (!options_.questions.empty() && !isIn(kept, one)) || isIn(dropped, one);
  });
  if (chosen.questions.empty() && !mapping.questions.empty()) {
    throw Error("--questions and --drop leave no question", mapping.file);
  }
  if (chosen.questions.size() < mapping.questions.size()) {
    notes_.push_back(
        fmt::format("{} left out by --questions and --drop",
                    counted(mapping.questions.size() - chosen.questions.size(), "question")));
  }
  for (MappedQuestion& one : chosen.questions) {
    if (const auto words = wording_.find(one.variable); words != wording_.end()) {
      one.text = words->second;
    }
    const auto topic = options_.variableTopics.find(one.variable);
    if (topic != options_.variableTopics.end()) one.topic = topic->second;
  }
  noteUnused(wording_, mapping, "--wording", notes_);
  noteUnused(options_.variableTopics, mapping, "--topics", notes_);
  return chosen;
}

DraftOptions RespondentChoices::ofDraft(const MicrodataReader& reader, bool severalFiles) const {
  std::vector<std::string> names;
  for (const Variable& one : reader.variables()) names.push_back(one.name);
  DraftOptions draft;
  draft.topics = options_.variableTopics;
  draft.wording = wording_;
  draft.hasWaves = crosswalk_.has_value();
  draft.listsOptions = severalFiles;
  if (!options_.questions.empty()) {
    draft.mayBeQuestion = [kept = chosenNames(options_.questions, names, "--questions")](
                              const std::string& name) { return kept.contains(name); };
  }
  if (!options_.drop.empty()) {
    draft.isDropped = [dropped = chosenNames(options_.drop, names, "--drop")](
                          const std::string& name) { return dropped.contains(name); };
  }
  return draft;
}

std::vector<std::string> RespondentChoices::notes() const {
  std::vector<std::string> notes = notes_;
  if (options_.where.empty()) return notes;
  LeftOutRecords all;
  for (const LeftOutRecords& one : records_) {
    all.read += one.read;
    all.leftOut += one.leftOut;
    all.open += one.open;
  }
  notes.push_back(fmt::format(
      "{} left out by --where, of {}{}", counted(all.leftOut, "record"), grouped(all.read),
      all.open == 0
          ? ""
          : fmt::format("; {} of them because what it asks about is missing", grouped(all.open))));
  return notes;
}

}  // namespace canvass
