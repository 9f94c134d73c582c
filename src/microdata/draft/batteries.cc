#include "microdata/draft/batteries.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "microdata/draft/phrase_table.h"
#include "microdata/draft/question_toml.h"
#include "microdata/draft/toml_text.h"

namespace canvass {
namespace {

constexpr const char* chosenWords =
    "mentioned|yes mentioned|selected|chosen|checked|marked|ticked|quoted|named|circled|"
    "mentionné|cité|oui mentionné|coché|mencionado|mencionada|menciona|sí menciona|citado|citada|"
    "selecionado|marcado|genannt|ausgewählt|angekreuzt|menzionato|citato|genoemd|gekozen|nämnt|"
    "nævnt|nevnt|mainittu|wymieniono|wybrano|zaznaczono|uvedeno|említette|отмечено|названо|"
    "упомянуто|"
    "belirtildi|bahsedildi|ذكر|提及|选中|提到|選択|언급함";
constexpr const char* notChosenWords =
    "not mentioned|no not mentioned|not selected|not chosen|unchecked|not checked|not marked|"
    "not ticked|not quoted|not named|not circled|unselected|non mentionné|pas mentionné|non cité|"
    "pas cité|non coché|no mencionado|no mencionada|no menciona|no citado|não mencionado|"
    "não mencionada|não citado|não selecionado|não marcado|nicht genannt|nicht ausgewählt|"
    "nicht angekreuzt|non menzionato|non citato|niet genoemd|niet gekozen|ej nämnt|inte nämnt|"
    "ikke nævnt|ikke nevnt|ei mainittu|nie wymieniono|nie wybrano|nie zaznaczono|neuvedeno|"
    "nem említette|не отмечено|не названо|не упомянуто|belirtilmedi|bahsedilmedi|لم "
    "يذكر|未提及|未选中|"
    "没提到|非選択|언급안함|언급하지 않음";

constexpr std::size_t shortestStem = 3;  // bytes

// How one variable says that its thing was chosen.
struct Choice {
  std::vector<std::string> chosen;
  std::vector<std::string> notChosen;
  std::string nonAnswers;  // their TOML
  bool isByEmptyValues = false;

  bool operator==(const Choice&) const = default;
};

const PhraseTable& choiceTable() {
  static const PhraseTable table = [] {
    PhraseTable made;
    made.add(chosenWords, 1);
    made.add(notChosenWords, 0);
    return made;
  }();
  return table;
}

std::optional<Choice> choiceOfTwo(const DraftedQuestion& question) {
  if (!question.unusable.empty() || question.options.size() != 2) return std::nullopt;
  Choice choice;
  for (const DraftedOption& one : question.options) {
    const auto found = choiceTable().whole(withoutNumber(one.text));
    if (found.words == 0) return std::nullopt;
    (found.meaning == 1 ? choice.chosen : choice.notChosen) = one.codes;
  }
  if (choice.chosen.empty() || choice.notChosen.empty()) return std::nullopt;
  choice.nonAnswers = nonAnswersToml(question);
  return choice;
}

// Qualtrics and others write a code with the item's name if it was chosen, else nothing.
std::optional<Choice> choiceOfOne(const Variable& variable, const DraftedQuestion& question) {
  if (!question.hasEmptyValues || !question.nonAnswers.empty()) return std::nullopt;
  std::vector<std::string> codes;
  for (const ValueLabel& one : variable.valueLabels) {
    if (!one.label.empty() && variable.label.ends_with(one.label)) codes.push_back(one.code);
  }
  if (codes.size() != 1 || variable.valueLabels.size() != 1) return std::nullopt;
  return Choice{codes, {""}, {}, true};
}

std::optional<Choice> choiceOf(const DraftedVariable& one) {
  if (const auto choice = choiceOfTwo(one.question)) return choice;
  return one.question.unusable == "only one answer" ? choiceOfOne(*one.variable, one.question)
                                                    : std::nullopt;
}

// The labels' common beginning, up to the last mark that may end a question's words.
std::string stemOf(const std::vector<DraftedVariable>& variables, std::size_t first,
                   std::size_t count) {
  std::string stem = variables[first].variable->label;
  for (std::size_t i = first + 1; i < first + count; ++i) {
    const std::string& label = variables[i].variable->label;
    const auto differs = std::mismatch(stem.begin(), stem.end(), label.begin(), label.end());
    stem.erase(differs.first, stem.end());
  }
  const std::size_t mark = stem.find_last_of(":-?./)>|");
  return mark == std::string::npos || mark < shortestStem ? std::string()
                                                          : stem.substr(0, mark + 1);
}

std::string itemOf(const Variable& variable, const std::string& stem) {
  return trimmedLabel(variable.label.substr(stem.size()));
}

bool areItems(const std::vector<DraftedVariable>& variables, std::size_t first, std::size_t count,
              const std::string& stem) {
  std::set<std::string> items;
  for (std::size_t i = first; i < first + count; ++i) {
    const std::string item = itemOf(*variables[i].variable, stem);
    if (item.empty() || !items.insert(item).second) return false;
  }
  return true;
}

// Without the marks at its end, but for a question mark or a colon; braces are written twice.
std::string stemText(const std::string& stem) {
  std::string text = trimmedLabel(stem);
  while (!text.empty() && std::string_view("-/.>| ").find(text.back()) != std::string_view::npos) {
    text.pop_back();
  }
  std::string escaped;
  for (const char c : text) escaped += c == '{' || c == '}' ? std::string(2, c) : std::string(1, c);
  return escaped;
}

// "q12" of q12_1 and q12_2.
std::string nameOf(const std::vector<DraftedVariable>& variables, std::size_t first,
                   std::size_t count) {
  std::string name = variables[first].variable->name;
  for (std::size_t i = first + 1; i < first + count; ++i) {
    const std::string& other = variables[i].variable->name;
    const auto differs = std::mismatch(name.begin(), name.end(), other.begin(), other.end());
    name.erase(differs.first, name.end());
  }
  while (!name.empty() && std::string_view("_-. ").find(name.back()) != std::string_view::npos) {
    name.pop_back();
  }
  return name.empty() ? variables[first].variable->name : name;
}

std::string batteryToml(const std::vector<DraftedVariable>& variables, const Battery& battery,
                        const Choice& choice, const std::string& stem) {
  std::string text =
      "\n[[multi_select]]  # check: one question for each thing that may be chosen\n";
  if (choice.isByEmptyValues) {
    text += "# check: an empty value counts as not chosen, also of those who were not asked\n";
  }
  const std::string& topic = variables[battery.first].topic;
  if (!topic.empty()) text += fmt::format("topic = {}\n", tomlText(topic));
  text += fmt::format("id = {}\ntext = {}\nchosen = {}\nnot_chosen = {}\n{}items = [\n",
                      tomlText(nameOf(variables, battery.first, battery.count)),
                      tomlText(stemText(stem) + " {item}"), codeList(choice.chosen),
                      codeList(choice.notChosen), choice.nonAnswers);
  for (std::size_t i = battery.first; i < battery.first + battery.count; ++i) {
    const Variable& variable = *variables[i].variable;
    text += fmt::format("  {{ variable = {}, text = {} }},\n", tomlText(variable.name),
                        tomlText(itemOf(variable, stem)));
  }
  return text + "]\n";
}

}  // namespace

std::vector<Battery> findBatteries(const std::vector<DraftedVariable>& variables) {
  std::vector<Battery> batteries;
  for (std::size_t first = 0; first < variables.size();) {
    const auto choice = choiceOf(variables[first]);
    std::size_t count = 1;
    std::string stem;
    while (choice && first + count < variables.size() &&
           choiceOf(variables[first + count]) == choice) {
      const std::string longer = stemOf(variables, first, count + 1);
      // Another battery begins where the common words end.
      if (longer.empty() || (!stem.empty() && longer.size() < stem.size())) break;
      stem = longer;
      ++count;
    }
    if (count > 1 && areItems(variables, first, count, stem)) {
      batteries.push_back({first, count, {}});
      batteries.back().toml = batteryToml(variables, batteries.back(), *choice, stem);
    } else {
      count = 1;
    }
    first += count;
  }
  return batteries;
}

}  // namespace canvass
