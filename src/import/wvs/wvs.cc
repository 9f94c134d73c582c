#include "import/wvs/wvs.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/error.h"
#include "base/list_text.h"
#include "import/first_line.h"
#include "import/respondents_import.h"
#include "import/wvs/edition.h"
#include "microdata/codebook.h"
#include "microdata/csv/csv_reader.h"
#include "microdata/draft/drafted_question.h"

namespace canvass {
namespace {

constexpr std::size_t minRespondents = 50;
constexpr DraftRules rules{true, 26};

// Every negative code except the first two means that a person does not belong to the question.
const MissingCodes missingCodes{
    {{"-1"}, {}}, {{"-2"}, {}}, {{""}, {{-std::numeric_limits<double>::infinity(), -3.0}}}};

bool isMissing(const std::string& code) {
  const Value value = valueOf(code);
  return value.kind == Value::Kind::number && value.number < 0.0;
}

Variable withoutMissing(Variable variable) {
  std::erase_if(variable.valueLabels,
                [](const ValueLabel& one) { return isMissing(one.code) || one.label.empty(); });
  return variable;
}

// A few codes that are not negative mean, by their label, that nothing was answered.
MissingCodes missingOf(const DraftedQuestion& drafted) {
  MissingCodes codes = missingCodes;
  const auto add = [](const std::vector<std::string>& more, CodeSet& set) {
    set.codes.insert(set.codes.end(), more.begin(), more.end());
  };
  add(drafted.codesOf(MissingKind::dontKnow), codes.dontKnow);
  add(drafted.codesOf(MissingKind::refused), codes.refused);
  add(drafted.codesOf(MissingKind::notAsked), codes.notAsked);
  return codes;
}

MappedQuestion toMapped(const Variable& variable, const DraftedQuestion& drafted) {
  MappedQuestion question;
  question.variable = variable.name;
  question.id = variable.name;
  question.text = variable.label;
  question.scale = parseScale(drafted.scale, variable.name);
  question.valuesFromCodes = drafted.valuesFromCodes;
  question.missing = missingOf(drafted);
  question.where = "the codebook";
  for (const DraftedOption& option : drafted.options) {
    question.options.push_back({{option.codes, {}}, option.text, {}, question.where});
  }
  return question;
}

class WvsMapping {
 public:
  explicit WvsMapping(const MicrodataReader& reader)
      : reader_(reader), edition_(wvs::findEdition(reader.variables(), reader.fileName())) {
    mapping_.file = reader.fileName();
    mapping_.language = "en";
    addCountries();
    addWeight();
    addQuestions();
  }

  const Mapping& mapping() const { return mapping_; }
  const std::vector<std::string>& notes() const { return notes_; }

 private:
  void addCountries();
  void addWeight();
  void addQuestions();

  const MicrodataReader& reader_;
  const wvs::Edition& edition_;
  Mapping mapping_;
  std::vector<std::string> notes_;
};

void WvsMapping::addCountries() {
  const Variable& country = *wvs::findVariable(reader_.variables(), edition_.countryVariables);
  if (country.valueLabels.empty()) {
    throw Error(fmt::format("the codebook does not say which countries the codes of \"{}\" are",
                            country.name),
                reader_.fileName(), "use the codebook that belongs to the file");
  }
  const std::string where = "the codebook";
  mapping_.attributes.push_back({"country", country.name, {}, {}, where});
  mapping_.groupings.push_back({{"country"}, {}, "someone from {country}", minRespondents, where});
}

void WvsMapping::addWeight() {
  for (const std::string_view name : edition_.weightVariables) {
    const Variable* weight = wvs::findVariable(reader_.variables(), {name});
    if (weight == nullptr) continue;
    if (edition_.weightNeedsLabel && weight->label.find("eight") == std::string::npos) continue;
    mapping_.design.weight = {weight->name, reader_.fileName()};
    return;
  }
}

void WvsMapping::addQuestions() {
  std::vector<std::string> unusable;
  for (const Variable& variable : reader_.variables()) {
    if (!edition_.isQuestion(variable.name)) continue;
    const Variable answered = withoutMissing(variable);
    const DraftedQuestion drafted = draftQuestion(answered, {}, rules);
    if (drafted.unusable.empty()) {
      mapping_.questions.push_back(toMapped(answered, drafted));
    } else {
      unusable.push_back(fmt::format("{}: {}", variable.name, drafted.unusable));
    }
  }
  if (mapping_.questions.empty()) {
    throw Error("no question has labels in the codebook", reader_.fileName(),
                "use the codebook that belongs to the file");
  }
  if (unusable.empty()) return;
  notes_.push_back(fmt::format("{} not usable as a question: {}",
                               counted(unusable.size(), "variable"), fmt::join(unusable, "; ")));
}

void requireCodebook(const ImportOptions& options) {
  if (!options.codebook.empty()) return;
  throw Error("a file of the World Values Survey needs a codebook: what its codes mean", {},
              "name it with --codebook; docs/importing.md says what one looks like");
}

}  // namespace

ImportResult importWvs(const std::vector<std::filesystem::path>& files,
                       const ImportOptions& options) {
  requireCodebook(options);
  if (files.empty()) throw Error("there is no file to import");
  if (!options.mapping.empty()) {
    const Mapping mapping = requireMapping(options, "wvs");
    return importRespondents(files, mapping, options, openingCsv(csvFormOf(mapping)));
  }
  const OpenMicrodata open = openingCsv(csvFormOf(options));
  const WvsMapping made(*withCodebook(open(files.front()), readCodebook(options.codebook)));
  ImportResult result = importRespondents(files, made.mapping(), options, open);
  result.notes.insert(result.notes.end(), made.notes().begin(), made.notes().end());
  return result;
}

MappingDraft draftWvs(const std::vector<std::filesystem::path>& files,
                      const ImportOptions& options) {
  requireCodebook(options);
  return draftRespondents(files, options, openingCsvForDraft(options));
}

bool isWvsFile(const std::filesystem::path& path) {
  return hasColumns(path, {"B_COUNTRY"}) || hasColumns(path, {"B_COUNTRY_ALPHA"}) ||
         hasColumns(path, {"cntry_AN"});
}

}  // namespace canvass
