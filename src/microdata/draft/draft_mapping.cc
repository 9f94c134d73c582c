#include "microdata/draft/draft_mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/error.h"
#include "microdata/choice/crosswalk.h"
#include "microdata/draft/attribute_draft.h"
#include "microdata/draft/batteries.h"
#include "microdata/draft/design_draft.h"
#include "microdata/draft/draft_aggregated.h"
#include "microdata/draft/draft_counts.h"
#include "microdata/draft/draft_table.h"
#include "microdata/draft/not_questions.h"
#include "microdata/draft/question_toml.h"
#include "microdata/draft/response_sets.h"
#include "microdata/draft/toml_text.h"
#include "microdata/import_plan.h"
#include "survey/letters.h"

namespace canvass {
namespace {

constexpr std::size_t usualMinimum = 50;
constexpr std::size_t maxUnlabeled = 12;  // answers of a question in a file without labels

std::string fileToml(const std::vector<FileKey>& keys) {
  std::string text = keys.empty() ? "" : "\n[file]\n";
  for (const FileKey& one : keys) text += fmt::format("{} = {}\n", one.name, tomlText(one.value));
  return text;
}

std::string headerOf(const MicrodataReader& reader, const std::vector<std::string>& notes) {
  const std::filesystem::path path(reader.fileName());
  std::string text = fmt::format(
      "# A first mapping of {}. Every guess is marked \"check\"; docs/importing.md has every "
      "key.\n",
      comment(path.filename().string()));
  for (const std::string& note : notes) text += fmt::format("#   {}\n", comment(note));
  return text + fmt::format(
                    "\n[survey]\nname = {}\nsource = \"unknown\"  # check: cite the survey\n"
                    "language = \"en\"  # check: of the wording below and in the file\n{}",
                    tomlText(path.stem().string()), fileToml(reader.fileKeys()));
}

// Labels that say more than the codes.
bool hasValueLabels(const std::vector<Variable>& variables) {
  const auto saysMore = [](const ValueLabel& one) { return one.label != one.code; };
  return std::any_of(variables.begin(), variables.end(), [&saysMore](const Variable& one) {
    return std::any_of(one.valueLabels.begin(), one.valueLabels.end(), saysMore);
  });
}

class Draft {
 public:
  Draft(const MicrodataReader& reader, DraftTable table, const DraftOptions& options)
      : reader_(reader),
        variables_(std::move(table.variables)),
        observed_(std::move(table.observed)),
        columns_(table.columns),
        table_(std::move(table.toml)),
        options_(options) {
    for (Variable& one : variables_) {
      const auto words = options.wording.find(one.name);
      if (words != options.wording.end()) one.label = words->second;
    }
  }

  MappingDraft make();

 private:
  bool isDropped(std::size_t i) const {
    return variables_[i].name.empty() ||
           (options_.isDropped && options_.isDropped(variables_[i].name));
  }
  void leaveOut(std::size_t i, const std::string& reason);
  // False if the variable is a candidate for an attribute, taken or not.
  bool isForQuestions(std::size_t i);
  bool isAllowed(std::size_t i) const {
    return !isDropped(i) && (!options_.mayBeQuestion || options_.mayBeQuestion(variables_[i].name));
  }
  void takeSets();
  void sortVariables();
  std::size_t indexOf(const Variable& variable) const {
    return static_cast<std::size_t>(&variable - variables_.data());
  }
  void addBattery(const Battery& battery);
  std::string questionsToml();
  std::string topicOf(const std::string& variable) const;
  void countAnswers(const DraftedQuestion& question, std::size_t i);
  std::string unusedToml() const;

  const MicrodataReader& reader_;
  std::vector<Variable> variables_;
  std::vector<ObservedCodes> observed_;
  std::size_t columns_;  // as DraftTable has it
  std::string table_;    // its TOML
  const DraftOptions& options_;
  RepeatedCodes repeated_;
  DesignDraft design_;
  AttributeDraft attributes_;
  std::string sets_;                        // TOML of those that the file declares
  std::set<std::size_t> inSets_;            // variables
  std::vector<DraftedVariable> questions_;  // usable ones, and items of batteries
  DraftCounts counts_;
  std::size_t mostAnswers_ = 0;  // respondents who answered one question
  std::vector<std::string> unused_;
};

void Draft::leaveOut(std::size_t i, const std::string& reason) {
  unused_.push_back(fmt::format("{} ({}): {}", variables_[i].name, variables_[i].label, reason));
}

bool Draft::isForQuestions(std::size_t i) {
  const Variable& variable = variables_[i];
  if (i >= columns_) return true;
  auto demographic = guessDemographic(variable.name, variable.label);
  if (options_.hasWaves && variable.name == waveVariable) demographic = Demographic::wave;
  if (!demographic) return true;
  if (attributes_.has(*demographic)) {
    leaveOut(i, fmt::format("another variable is the attribute {}", demographicName(*demographic)));
    return false;
  }
  return !attributes_.take(*demographic, variable, observed_[i], repeated_);
}

void Draft::countAnswers(const DraftedQuestion& question, std::size_t i) {
  std::size_t answers = observed_[i].numbers + observed_[i].texts + observed_[i].codedMissing;
  for (const NonAnswer& one : question.nonAnswers) answers -= one.code.count;
  mostAnswers_ = std::max(mostAnswers_, answers);
}

// Sets of variables that the file itself declares.
void Draft::takeSets() {
  for (const DraftedSet& set : draftResponseSets(reader_.responseSets(), variables_, observed_)) {
    if (!set.note.empty()) unused_.push_back(set.note);
    const auto& all = set.variables;
    if (all.empty() ||
        !std::all_of(all.begin(), all.end(), [this](std::size_t i) { return isAllowed(i); })) {
      continue;
    }
    sets_ += set.toml;
    inSets_.insert(all.begin(), all.end());
    counts_.questions += all.size();
    counts_.batteries += all.size();
    for (const std::size_t i : all) {
      mostAnswers_ = std::max(mostAnswers_, observed_[i].numbers + observed_[i].texts);
    }
  }
}

void Draft::sortVariables() {
  takeSets();
  for (std::size_t i = 0; i < variables_.size(); ++i) {
    repeated_.add(labeledCodes(variables_[i], observed_[i]).codes);
  }
  // Numbers without labels are answers only in a file that has no labels at all.
  const bool needsLabels = hasValueLabels(variables_);
  const DraftRules rules{needsLabels, needsLabels ? maxOptions : maxUnlabeled, {&repeated_, false}};
  const auto end = static_cast<std::ptrdiff_t>(columns_);
  design_ = draftDesign({variables_.begin(), variables_.begin() + end},
                        {observed_.begin(), observed_.begin() + end});
  for (std::size_t i = 0; i < variables_.size(); ++i) {
    if (isDropped(i) || inSets_.contains(i) || design_.used.contains(i) || !isForQuestions(i)) {
      continue;
    }
    if (!isAllowed(i)) continue;
    if (!table_.empty() && i < columns_) {
      leaveOut(i, "a column that every row of a respondent repeats");
      continue;
    }
    DraftedQuestion question = draftQuestion(variables_[i], observed_[i], rules);
    if (question.unusable.empty()) countAnswers(question, i);
    if (options_.listsOptions) question.optionsAreLabels = false;
    questions_.push_back({&variables_[i], std::move(question), topicOf(variables_[i].name)});
  }
}

std::string Draft::topicOf(const std::string& variable) const {
  const auto found = options_.topics.find(variable);
  return found == options_.topics.end() ? std::string() : found->second;
}

void Draft::addBattery(const Battery& battery) {
  for (std::size_t k = battery.first; k < battery.first + battery.count; ++k) {
    const auto& [variable, question, topic] = questions_[k];
    counts_.add(question);
    if (question.unusable.empty()) continue;
    // Empty values count as not chosen.
    const ObservedCodes& observed = observed_[indexOf(*variable)];
    mostAnswers_ = std::max(mostAnswers_, observed.numbers + observed.texts + observed.missing);
  }
  counts_.batteries += battery.count;
}

std::string Draft::questionsToml() {
  std::string text;
  const std::vector<Battery> batteries = findBatteries(questions_);
  auto battery = batteries.begin();
  for (std::size_t k = 0; k < questions_.size(); ++k) {
    const auto& [variable, question, topic] = questions_[k];
    if (battery != batteries.end() && k == battery->first) {
      text += battery->toml;
      addBattery(*battery);
      k += battery->count - 1;
      ++battery;
    } else if (question.unusable.empty()) {
      text += questionToml(*variable, question, topic);
      counts_.add(question);
    } else {
      leaveOut(indexOf(*variable), question.unusable);
    }
  }
  return text;
}

std::string Draft::unusedToml() const {
  if (unused_.empty()) return {};
  std::string text = "\n# Variables that are not used:\n";
  for (const std::string& one : unused_) text += "#   " + comment(one) + "\n";
  return text;
}

MappingDraft Draft::make() {
  sortVariables();
  const std::string questions = sets_ + questionsToml();
  if (questions.empty()) {
    throw Error("no variable looks like a question: none has labeled codes", reader_.fileName(),
                "write the mapping by hand, as docs/importing.md says");
  }
  if (mostAnswers_ == 0) {
    throw Error("nobody answered any of its questions", reader_.fileName(),
                "check that the file has records, and that --where keeps some");
  }
  counts_.attributes = attributes_.size();
  std::vector<std::string> notes = counts_.notes();
  notes.insert(notes.end(), design_.notes.begin(), design_.notes.end());
  // In a small file fewer answers than usual must do.
  const std::size_t counting = mostAnswers_ - std::min(mostAnswers_, design_.weightless);
  const std::size_t minimum = std::clamp<std::size_t>(counting, 1, usualMinimum);
  return {headerOf(reader_, notes) + table_ + design_.toml + attributes_.toml(counting, minimum) +
              questions + unusedToml(),
          notes};
}

// Whatever the file holds, a draft that cannot be imported is not written.
void requireUsable(const MappingDraft& draft, const MicrodataReader& reader) {
  try {
    makeImportPlan(parseMapping(draft.text, "draft"), reader);
  } catch (const Error& error) {
    throw Error(fmt::format("a draft of this file could not be imported ({})", error.fault()),
                reader.fileName(), "write the mapping by hand, as docs/importing.md says");
  }
}

}  // namespace

MappingDraft draftMapping(MicrodataReader& reader, const DraftOptions& options,
                          Progress& progress) {
  MappingDraft draft;
  if (const auto aggregated = guessAggregated(reader.variables())) {
    draft.notes = {"a table of shares: its columns are guessed by their names"};
    draft.text = headerOf(reader, draft.notes) + draftAggregated(*aggregated, reader, progress);
  } else {
    draft = Draft(reader, observeTable(reader, progress), options).make();
  }
  requireUsable(draft, reader);
  return draft;
}

}  // namespace canvass
