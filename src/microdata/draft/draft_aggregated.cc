#include "microdata/draft/draft_aggregated.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "microdata/draft/column_names.h"
#include "microdata/draft/demographics.h"
#include "microdata/draft/non_answers.h"
#include "microdata/draft/observed_codes.h"
#include "microdata/draft/toml_text.h"

namespace canvass {
namespace {

// Finds the column of the shares and what it holds.
bool findShare(const std::vector<Variable>& variables, AggregatedGuess& guess) {
  const std::array units{
      std::pair{"share", findColumn(variables, {"share", "proportion", "prop"})},
      std::pair{"percent", findColumn(variables, {"percent", "percentage", "pct"})},
      std::pair{"count", findColumn(variables, {"count", "freq", "frequency"})}};
  for (const auto& [unit, column] : units) {
    if (!column) continue;
    guess.unit = unit;
    guess.share = *column;
    return true;
  }
  return false;
}

// Options that are not answers, by their words: a table of shares has no codes that could help.
std::string missing(const ObservedCodes& options) {
  std::vector<std::string> dontKnow;
  std::vector<std::string> refused;
  std::vector<std::string> notAsked;
  for (const auto& [option, count] : options.counts) {
    const NonAnswerReading reading = readNonAnswer(option);
    if (reading.certainty < Certainty::likely) continue;
    (reading.kind == MissingKind::dontKnow  ? dontKnow
     : reading.kind == MissingKind::refused ? refused
                                            : notAsked)
        .push_back(option);
  }
  std::string text;
  for (const auto& [key, codes] :
       {std::pair{"dont_know", &dontKnow}, std::pair{"refused", &refused},
        std::pair{"not_asked", &notAsked}}) {
    if (!codes->empty()) text += fmt::format("{} = {}\n", key, codeList(*codes));
  }
  return text.empty() ? text : "\n[missing]  # check: options that are no answers\n" + text;
}

std::string populations(const AggregatedGuess& guess, const std::vector<Variable>& variables) {
  std::string text;
  std::vector<std::string> names;
  std::vector<std::string> places;
  for (const std::size_t i : guess.attributes) {
    const std::string name =
        demographicName(*guessDemographic(variables[i].name, variables[i].label));
    text += fmt::format("\n[attributes.{}]\nvariable = {}\n", name, tomlText(variables[i].name));
    names.push_back(tomlText(name));
    places.push_back(fmt::format("{}: {{{}}}", name, name));
  }
  return text + fmt::format(
                    "\n# check: which populations? One [[populations]] for each way in which rows "
                    "are divided\n[[populations]]\nby = [{}]\nphrase = {}  # check\n",
                    fmt::join(names, ", "),
                    tomlText(fmt::format("someone ({})", fmt::join(places, ", "))));
}

}  // namespace

std::optional<AggregatedGuess> guessAggregated(const std::vector<Variable>& variables) {
  AggregatedGuess guess;
  const auto question =
      findColumn(variables, {"question", "question_id", "questionid", "qid", "item", "variable"});
  const auto option =
      findColumn(variables, {"option", "choice", "category", "answer", "response", "level"});
  if (!question || !option || !findShare(variables, guess)) return std::nullopt;
  guess.question = *question;
  guess.option = *option;
  guess.population = findColumn(variables, {"population", "group", "subgroup"});
  std::vector<std::string> known;
  for (std::size_t i = 0; i < variables.size() && !guess.population; ++i) {
    const auto demographic = guessDemographic(variables[i].name, variables[i].label);
    if (!demographic) continue;
    const std::string name = demographicName(*demographic);
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    known.push_back(name);
    guess.attributes.push_back(i);
  }
  if (!guess.population && guess.attributes.empty()) return std::nullopt;
  return guess;
}

std::string draftAggregated(const AggregatedGuess& guess, MicrodataReader& reader,
                            Progress& progress) {
  const auto& variables = reader.variables();
  const auto column = [&](const char* key, std::size_t index) {
    return fmt::format("{} = {}\n", key, tomlText(variables[index].name));
  };
  std::string text =
      "\n[table]  # check: is a row one option of a question in a population?\n"
      "shape = \"aggregated\"\n" +
      column("question", guess.question) + column("option", guess.option) +
      column(guess.unit, guess.share);
  if (guess.population) {
    text += column("population", *guess.population) +
            "phrase = \"someone from {population}\"  # check: the words a prompt uses\n";
  }
  text +=
      "# check: scale = \"ordinal\" where the options of all questions have an order; "
      "[[questions]] "
      "says more\n";
  text += missing(observeCodes(reader, progress)[guess.option]);
  return guess.population ? text : text + populations(guess, variables);
}

}  // namespace canvass
