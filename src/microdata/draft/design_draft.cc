#include "microdata/draft/design_draft.h"

#include <fmt/format.h>

#include "microdata/draft/column_names.h"
#include "microdata/draft/phrase_table.h"
#include "microdata/draft/toml_text.h"
#include "microdata/draft/weight_candidates.h"

namespace canvass {
namespace {

constexpr std::size_t maxCandidatesToShow = 8;

constexpr const char* strataNames = "strata|stratum|vstrat|stratify|strat|SDMVSTRA|estratopri";
constexpr const char* clusterNames = "psu|vpsu|cluster|clusters|sampling unit|SDMVPSU|upm";

class DesignDrafter {
 public:
  DesignDrafter(const std::vector<Variable>& variables, const std::vector<ObservedCodes>& observed)
      : variables_(variables), observed_(observed), known_(findKnownSurvey(variables)) {}

  DesignDraft draft() {
    addWeights();
    addUnits("strata", strataNames, known_ != nullptr ? known_->strata : "");
    addUnits("cluster", clusterNames, known_ != nullptr ? known_->cluster : "");
    draft_.toml = "\n[design]\n" + draft_.toml;
    return std::move(draft_);
  }

 private:
  void addWeights();
  void addWeight(const WeightCandidate& candidate);
  void addUnits(const char* key, const char* names, const char* advised);
  std::string labelComment(std::size_t i) const {
    return variables_[i].label.empty() ? "" : ": " + comment(variables_[i].label);
  }

  const std::vector<Variable>& variables_;
  const std::vector<ObservedCodes>& observed_;
  const KnownSurvey* known_;
  DesignDraft draft_;
};

void DesignDrafter::addWeight(const WeightCandidate& candidate) {
  const Variable& variable = variables_[candidate.variable];
  const bool isFirst = candidate.isTaken() && draft_.weight.empty();
  if (isFirst) {
    draft_.weight = variable.name;
    draft_.weightless = observed_[candidate.variable].zeros;
  }
  draft_.toml +=
      fmt::format("{}weight = {}  # check{}\n", isFirst ? "" : "# or: ", tomlText(variable.name),
                  labelComment(candidate.variable));
  const ObservedCodes& observed = observed_[candidate.variable];
  if (!candidate.unusable.empty()) {
    draft_.toml += fmt::format("#   not usable: {}\n", candidate.unusable);
  } else {
    draft_.toml += fmt::format("#   {}\n", weightFigures(observed));
  }
  if (!candidate.doubt.empty()) {
    draft_.toml += fmt::format("#   not taken for a survey weight: {}\n", candidate.doubt);
  }
}

void DesignDrafter::addWeights() {
  const auto candidates = findWeights(variables_, observed_, known_);
  if (known_ != nullptr) {
    draft_.toml += fmt::format("# check: this looks like a file of {}, which advises: {}\n",
                               known_->name, known_->advice);
  }
  for (std::size_t k = 0; k < candidates.size(); ++k) {
    // What has labels and looks like anything but a weight may be a question.
    if (candidates[k].doubt.empty()) draft_.used.insert(candidates[k].variable);
    if (k < maxCandidatesToShow) addWeight(candidates[k]);
  }
  if (candidates.size() > maxCandidatesToShow) {
    draft_.toml += fmt::format("# and {} more variables whose names or labels say weight\n",
                               candidates.size() - maxCandidatesToShow);
  }
  if (!draft_.weight.empty()) {
    draft_.notes.push_back(fmt::format(
        "weight: \"{}\"{}", draft_.weight,
        candidates.size() > 1 ? fmt::format(", of {} candidates", candidates.size()) : ""));
    return;
  }
  draft_.toml += "# check: no variable was taken for a weight: every respondent counts equally\n";
  draft_.notes.emplace_back("no weight found: unweighted");
}

void DesignDrafter::addUnits(const char* key, const char* names, const char* advised) {
  PhraseTable table;
  table.add(names, 0);
  table.add(advised, 0);
  bool isTaken = false;
  for (std::size_t i = 0; i < variables_.size(); ++i) {
    if (table.whole(variables_[i].name).words == 0 || draft_.used.contains(i)) continue;
    const bool isSound = observed_[i].missing + observed_[i].codedMissing == 0;
    const bool isFirst = isSound && !isTaken;
    isTaken = isTaken || isFirst;
    draft_.used.insert(i);
    draft_.toml += fmt::format("{}{} = {}  # check{}\n", isFirst ? "" : "# or: ", key,
                               tomlText(variables_[i].name), labelComment(i));
    if (!isSound) draft_.toml += "#   not usable: some values are missing\n";
  }
}

}  // namespace

DesignDraft draftDesign(const std::vector<Variable>& variables,
                        const std::vector<ObservedCodes>& observed) {
  return DesignDrafter(variables, observed).draft();
}

}  // namespace canvass
