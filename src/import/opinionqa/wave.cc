#include "import/opinionqa/wave.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/error.h"
#include "base/list_text.h"
#include "import/published/no_answer.h"
#include "import/published/options.h"
#include "import/published/panel_groups.h"
#include "import/published/python_literal.h"
#include "import/published/skip_record.h"
#include "import/published/table.h"
#include "text/lines.h"

namespace canvass::opinionqa {
namespace {

constexpr std::size_t minRespondents = 50;
constexpr std::string_view weightPrefix = "WEIGHT";

PythonValue parseColumn(const PublishedTable& table, const std::string& column) {
  return parsePythonLiteral(table.text(column), column);
}

std::vector<std::string> textsOf(const PublishedTable& table, const std::string& column) {
  std::vector<std::string> texts = pythonTexts(parseColumn(table, column), column);
  for (std::string& text : texts) {
    // Respondents' values are read without the blanks around them.
    text = std::string(trimmed(text, " \t"));
    if (text.empty()) throw Error(fmt::format("{} has an empty text", column));
  }
  if (std::set<std::string>(texts.begin(), texts.end()).size() < texts.size()) {
    throw Error(fmt::format("{} has the same text twice", column));
  }
  return texts;
}

// Counts what happened to the options, for a note.
struct Scales {
  std::vector<std::string> rearranged;
  std::vector<std::string> withApart;

  void note(std::vector<std::string>& notes) const {
    const auto add = [&notes](const std::vector<std::string>& ids, const char* what) {
      if (ids.empty()) return;
      notes.push_back(
          fmt::format("{} {}: {}", counted(ids.size(), "question"), what, fmt::join(ids, ", ")));
    };
    add(rearranged, "with options arranged along their scale");
    add(withApart, "treated as nominal because an option is not part of the order");
  }
};

// What references lists, with the positions of option_ordinal, which are those of the first texts.
// What follows them is no answer, or an answer that is not part of the order ("Other view").
struct References {
  std::vector<std::string> options;
  std::vector<double> places;  // -1 of one that is not part of the order
  MissingCodes missing;
};

References referencesOf(const PublishedTable& table) {
  References found;
  const std::vector<std::string> texts = textsOf(table, "references");
  found.places = pythonNumbers(parseColumn(table, "option_ordinal"), "option_ordinal");
  if (found.places.size() > texts.size()) {
    throw Error(fmt::format("option_ordinal has {}, but references has {}",
                            counted(found.places.size(), "position"),
                            counted(texts.size(), "text")));
  }
  const std::size_t ordered = found.places.size();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i >= ordered && isDontKnow(texts[i])) {
      found.missing.dontKnow.codes.push_back(texts[i]);
    } else if (i >= ordered && isRefusal(texts[i])) {
      found.missing.refused.codes.push_back(texts[i]);
    } else {
      found.options.push_back(texts[i]);
      if (i >= ordered) found.places.push_back(-1.0);
    }
  }
  found.missing.notAsked.codes = {""};
  return found;
}

MappedQuestion questionOf(const PublishedTable& table, Scales& scales) {
  References references = referencesOf(table);
  const PlacedOptions placed = placeOptions(references.options, references.places);
  if (placed.options.size() < 2) throw Error("there are fewer than two options");
  MappedQuestion question;
  question.id = question.variable = table.text("key");
  question.text = table.text("question");
  question.where = table.place();
  question.scale = placed.scale;
  question.missing = std::move(references.missing);
  if (question.text.empty()) throw Error("the question has no text");
  for (const Option& option : placed.options) {
    question.options.push_back({{{option.text}, {}}, option.text, option.value, question.where});
  }
  if (placed.isRearranged) scales.rearranged.push_back(question.id);
  if (placed.hasOptionApart) scales.withApart.push_back(question.id);
  return question;
}

// One column holds the answers to all wordings of a key, and nothing says who was asked which: such
// a question is left out.
void leaveOutReworded(const std::set<std::string>& reworded, Wave& wave) {
  std::erase_if(wave.mapping.questions,
                [&](const MappedQuestion& one) { return reworded.contains(one.id); });
  noteList({reworded.begin(), reworded.end()}, "question",
           "left out because the wave gives it several wordings, and does not say who was asked "
           "which",
           wave.notes);
}

void readQuestions(const std::filesystem::path& path, const ImportOptions& options, Wave& wave) {
  PublishedTable table(path, {"key", "question", "references", "option_ordinal"});
  std::map<std::string, std::string> wordings;
  std::set<std::string> reworded;
  Scales scales;
  ImportResult skipped;
  while (table.next()) {
    const std::string key = table.text("key");
    readOrSkip({table.file(), table.record(), key, table.place()}, options, skipped, [&] {
      if (key.empty()) throw Error("key is empty");
      const auto [first, isNew] = wordings.emplace(key, table.text("question"));
      if (!isNew && first->second == table.text("question")) {
        throw Error(fmt::format("the key {} appears twice", key));
      }
      if (isNew) wave.mapping.questions.push_back(questionOf(table, scales));
      if (!isNew) reworded.insert(key);
    });
  }
  wave.skipped = std::move(skipped.skipped);
  leaveOutReworded(reworded, wave);
  if (wave.mapping.questions.empty()) {
    throw Error("no question could be used", path.string(),
                wave.skipped.empty() ? "" : "the first fault: " + wave.skipped.front().reason);
  }
  scales.note(wave.notes);
}

void addAttribute(const PublishedTable& table, Mapping& mapping) {
  MappedAttribute attribute;
  attribute.name = attribute.variable = table.text("key");
  attribute.where = table.place();
  if (attribute.name.empty() || attribute.name.find_first_of("{}") != std::string::npos) {
    throw Error(fmt::format("\"{}\" is not the name of an attribute", attribute.name));
  }
  for (const std::string& value : textsOf(table, "options")) {
    attribute.categories.push_back(
        {{{value}, {}}, value, panelGroupWords(attribute.name, value), attribute.where});
  }
  const std::string place = "{" + attribute.name + "}";
  mapping.groupings.push_back({{attribute.name},
                               fmt::format("{} = {}", attribute.name, place),
                               fmt::format("{} who {}", wholePanel().phrase, place),
                               minRespondents,
                               attribute.where});
  mapping.attributes.push_back(std::move(attribute));
}

void readAttributes(const std::filesystem::path& path, Mapping& mapping) {
  PublishedTable table(path, {"key", "options"});
  const Population whole = wholePanel();
  mapping.groupings.push_back({{}, whole.name, whole.phrase, minRespondents, path.string()});
  while (table.next()) {
    try {
      addAttribute(table, mapping);
    } catch (const Error& error) {
      throw error.at(table.place());
    }
  }
}

// "_W26" of "SAFECRIME_W26"; empty for a key without a wave.
std::string waveSuffix(const std::string& key) {
  const std::size_t at = key.rfind("_W");
  return at == std::string::npos ? std::string() : key.substr(at);
}

void findWeight(const std::vector<Variable>& variables, const std::string& file, Wave& wave) {
  std::vector<std::string> candidates;
  for (const Variable& variable : variables) {
    if (variable.name.starts_with(weightPrefix)) candidates.push_back(variable.name);
  }
  if (candidates.empty()) {
    return;
  }
  std::set<std::string> ofThisWave;
  for (const MappedQuestion& question : wave.mapping.questions) {
    const std::string name = std::string(weightPrefix) + waveSuffix(question.id);
    if (std::find(candidates.begin(), candidates.end(), name) != candidates.end()) {
      ofThisWave.insert(name);
    }
  }
  if (ofThisWave.size() != 1) {
    throw Error(
        fmt::format("it is not clear which column is the weight: {}", fmt::join(candidates, ", ")),
        file, "import responses.csv separately with a mapping: canvass import csv --mapping");
  }
  wave.mapping.design.weight = {*ofThisWave.begin(), file};
}

}  // namespace

Wave readWave(const std::filesystem::path& folder, const std::vector<Variable>& variables,
              const ImportOptions& options) {
  Wave wave;
  wave.mapping.file = folder.string();
  wave.mapping.name = folder.filename().string();
  wave.mapping.language = "en";
  readQuestions(folder / "info.csv", options, wave);
  readAttributes(folder / "metadata.csv", wave.mapping);
  findWeight(variables, (folder / "responses.csv").string(), wave);
  return wave;
}

}  // namespace canvass::opinionqa
