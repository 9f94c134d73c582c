#include "microdata/draft/response_sets.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "microdata/draft/drafted_question.h"
#include "microdata/draft/toml_text.h"

namespace canvass {
namespace {

constexpr DraftRules itemRules{false, ObservedCodes::most};

// The codes of all variables of a set but the chosen one, each once.
struct OtherCodes {
  std::set<std::string> notChosen;
  std::set<std::string> dontKnow;
  std::set<std::string> refused;
  std::set<std::string> notAsked;
  bool hasEmpty = false;  // a variable with the chosen code alone: the rest is empty
};

void addCodes(const Variable& variable, const ObservedCodes& observed, const std::string& chosen,
              OtherCodes& others) {
  const DraftedQuestion question = draftQuestion(variable, observed, itemRules);
  for (const DraftedOption& option : question.options) {
    for (const std::string& code : option.codes) {
      if (code != chosen) others.notChosen.insert(code);
    }
  }
  const auto addTo = [&chosen](std::set<std::string>& codes, const std::vector<std::string>& more) {
    for (const std::string& code : more) {
      if (code != chosen) codes.insert(code);
    }
  };
  addTo(others.dontKnow, question.codesOf(MissingKind::dontKnow));
  addTo(others.refused, question.codesOf(MissingKind::refused));
  addTo(others.notAsked, question.codesOf(MissingKind::notAsked));
  others.hasEmpty = others.hasEmpty || observed.missing > 0;
}

std::string line(const char* key, const std::set<std::string>& codes) {
  if (codes.empty()) return {};
  return fmt::format("{} = {}\n", key, codeList({codes.begin(), codes.end()}));
}

// In the text of a set, braces stand for an item, and two of them for one.
std::string withDoubleBraces(std::string_view text) {
  std::string escaped;
  for (const char c : text) escaped += std::string(c == '{' || c == '}' ? 2 : 1, c);
  return escaped;
}

// What distinguishes a variable's label from the set's.
std::string itemText(const Variable& variable, const ResponseSet& set) {
  std::string_view text = variable.label;
  if (!set.label.empty() && text.starts_with(set.label)) text.remove_prefix(set.label.size());
  const std::size_t start = text.find_first_not_of(" -:.–");
  return start == std::string_view::npos ? variable.name : std::string(text.substr(start));
}

std::string setToml(const ResponseSet& set, const std::vector<const Variable*>& variables,
                    OtherCodes others) {
  const std::string id = set.name.starts_with('$') ? set.name.substr(1) : set.name;
  const std::string words = set.label.empty() ? id : set.label;
  std::string text = fmt::format(
      "\n[[multi_select]]  # the set {} of the file; check: one question for each thing\n",
      comment(set.name));
  if (others.notChosen.empty() && others.hasEmpty) {
    text += "# check: an empty value counts as not chosen, also of those who were not asked\n";
    others.notChosen.insert("");
    others.notAsked.erase("");
  }
  text += fmt::format("id = {}\ntext = {}  # check\nchosen = {}\n", tomlText(id),
                      tomlText(withDoubleBraces(words) + " {item}"), codeList({set.chosenCode}));
  text += line("not_chosen", others.notChosen) + line("dont_know", others.dontKnow) +
          line("refused", others.refused) + line("not_asked", others.notAsked) + "items = [\n";
  for (const Variable* one : variables) {
    text += fmt::format("  {{ variable = {}, text = {} }},\n", tomlText(one->name),
                        tomlText(itemText(*one, set)));
  }
  return text + "]\n";
}

DraftedSet draftSet(const ResponseSet& set, const std::vector<Variable>& variables,
                    const std::vector<ObservedCodes>& observed) {
  DraftedSet drafted;
  if (set.chosenCode.empty()) {
    drafted.note = fmt::format(
        "{} ({}): the set's variables hold what was chosen; each is a question of its own",
        set.name, set.label);
    return drafted;
  }
  OtherCodes others;
  std::vector<const Variable*> items;
  for (const std::string& name : set.variables) {
    const auto found = std::ranges::find(variables, name, &Variable::name);
    if (found == variables.end()) continue;
    const auto index = static_cast<std::size_t>(found - variables.begin());
    drafted.variables.push_back(index);
    items.push_back(&*found);
    addCodes(*found, observed[index], set.chosenCode, others);
  }
  const bool canBeRefused = !others.notChosen.empty() || others.hasEmpty;
  if (items.empty() || !canBeRefused) {
    return {{},
            {},
            fmt::format("{} ({}): no variable of the set says that its thing was not chosen",
                        set.name, set.label)};
  }
  drafted.toml = setToml(set, items, std::move(others));
  return drafted;
}

}  // namespace

std::vector<DraftedSet> draftResponseSets(const std::vector<ResponseSet>& sets,
                                          const std::vector<Variable>& variables,
                                          const std::vector<ObservedCodes>& observed) {
  std::vector<DraftedSet> drafted;
  std::set<std::size_t> taken;
  for (const ResponseSet& set : sets) {
    DraftedSet one = draftSet(set, variables, observed);
    const auto isTaken = [&taken](std::size_t i) { return taken.contains(i); };
    if (std::ranges::any_of(one.variables, isTaken)) {
      one = {{}, {}, fmt::format("{} ({}): another set has its variables", set.name, set.label)};
    }
    taken.insert(one.variables.begin(), one.variables.end());
    drafted.push_back(std::move(one));
  }
  return drafted;
}

}  // namespace canvass
