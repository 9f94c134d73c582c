#include "microdata/import_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "base/error.h"
#include "microdata/question_plan.h"
#include "microdata/variable_index.h"
#include "text/near_matches.h"

namespace canvass {
namespace {

constexpr std::size_t maxOpenCategories = 1000;
constexpr std::size_t maxCategories = 10'000;
constexpr std::string_view attributePrefix = "attribute_";

// Finds variables by name, and lists those that are used.
class Columns {
 public:
  Columns(const std::vector<Variable>& variables, std::string file)
      : variables_(variables), file_(std::move(file)), indices_(variables) {}

  // The index of the variable among the chosen columns.
  std::size_t use(const std::string& name, const std::string& where) {
    const std::size_t index = indexOf(name, where);
    const auto [column, isNew] = columns_.emplace(index, chosen_.size());
    if (isNew) chosen_.push_back(index);
    return column->second;
  }
  bool has(const std::string& name) const { return indices_.find(name).has_value(); }
  // All variables, in the file's order.
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const Variable& one : variables_) names.push_back(one.name);
    return names;
  }
  // All variables with this prefix and something after it.
  std::vector<std::string> namesWith(std::string_view prefix) const {
    std::vector<std::string> names;
    for (const Variable& one : variables_) {
      if (one.name.size() > prefix.size() && one.name.starts_with(prefix)) {
        names.push_back(one.name);
      }
    }
    return names;
  }
  const Variable& variable(std::size_t column) const { return variables_[chosen_[column]]; }
  const std::vector<std::size_t>& chosen() const { return chosen_; }

 private:
  std::size_t indexOf(const std::string& name, const std::string& where) const {
    if (const auto found = indices_.find(name)) return *found;
    throw Error(fmt::format("{} has no variable \"{}\"", file_, name), where,
                suggestion(name, names()));
  }

  const std::vector<Variable>& variables_;
  std::string file_;
  VariableIndex indices_;
  std::unordered_map<std::size_t, std::size_t> columns_;  // indices among the chosen
  std::vector<std::size_t> chosen_;
};

std::vector<MappedCategory> categoriesFromLabels(const Variable& variable,
                                                 const std::string& where) {
  std::vector<MappedCategory> categories;
  for (const ValueLabel& one : variable.valueLabels) {
    if (one.label.empty() || variable.isUserMissing(valueOf(one.code))) continue;
    categories.push_back({{{one.code}, {}}, one.label, one.label, where});
  }
  return categories;
}

void addCategory(const MappedCategory& mapped, AttributePlan& plan) {
  const bool isRepeated =
      std::any_of(plan.categories.begin(), plan.categories.end(),
                  [&mapped](const Category& one) { return one.name == mapped.name; });
  if (isRepeated) {
    throw Error(
        fmt::format("two values of attribute \"{}\" have the name \"{}\"", plan.name, mapped.name),
        mapped.where, "list the values; codes that mean the same are one: codes = [1, 2]");
  }
  const auto index = static_cast<std::int16_t>(plan.categories.size());
  if (const auto taken = plan.meanings.add(mapped.codes, index)) {
    throw Error(fmt::format("code {} of attribute \"{}\" means two values", *taken, plan.name),
                mapped.where, "give it to one of them");
  }
  plan.categories.push_back({mapped.name, mapped.words});
}

void applyWords(const MappedAttribute& mapped, AttributePlan& plan) {
  std::vector<std::string> names;
  for (const Category& one : plan.categories) names.push_back(one.name);
  for (const auto& [name, words] : mapped.words) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
      throw Error(fmt::format("attribute \"{}\" has no value \"{}\"", mapped.name, name),
                  mapped.where, suggestion(name, names));
    }
    plan.categories[static_cast<std::size_t>(found - names.begin())].words = words;
  }
}

AttributePlan makeAttributePlan(const MappedAttribute& mapped, Columns& columns) {
  AttributePlan plan;
  plan.name = mapped.name;
  plan.column = columns.use(mapped.variable, mapped.where);
  plan.variable = columns.variable(plan.column);
  const std::vector<MappedCategory> categories =
      mapped.categories.empty() ? categoriesFromLabels(plan.variable, mapped.where)
                                : mapped.categories;
  if (categories.size() > maxCategories) {
    throw Error(fmt::format("attribute \"{}\" has {} values, but can have at most {}", plan.name,
                            categories.size(), maxCategories),
                mapped.where, "combine them: { from = 18, to = 29, name = \"18 to 29\" }");
  }
  for (const MappedCategory& one : categories) addCategory(one, plan);
  plan.isOpen = categories.empty();
  if (plan.isOpen) {
    plan.openWords = mapped.words;
  } else {
    applyWords(mapped, plan);
  }
  return plan;
}

std::size_t use(const MappedVariable& variable, Columns& columns) {
  return columns.use(variable.name, variable.where);
}

std::optional<std::size_t> useIfGiven(const MappedVariable& variable, Columns& columns) {
  if (variable.name.empty()) return std::nullopt;
  if (variable.mayBeMissing && !columns.has(variable.name)) return std::nullopt;
  return use(variable, columns);
}

LongColumns columnsOf(const LongTable& table, Columns& columns) {
  return {use(table.respondent, columns), use(table.question, columns), use(table.answer, columns)};
}

void addOwnColumns(const AggregatedTable& table, bool hasPopulations, Columns& columns,
                   AggregatedColumns& found) {
  const auto own = [&](const char* name) { return useIfGiven({name, table.where, true}, columns); };
  found.questionText = own("question_text");
  found.topic = own("topic");
  found.scale = own("scale");
  found.optionText = own("option_text");
  if (table.unit != ShareUnit::count) {
    found.dontKnow = own("dont_know");
    found.refused = own("refused");
  }
  if (!hasPopulations) return;
  found.populationName = own("population_name");
  found.populationPhrase = own("population_phrase");
  for (const std::string& name : columns.namesWith(attributePrefix)) {
    found.attributes.emplace_back(name.substr(attributePrefix.size()),
                                  columns.use(name, table.where));
  }
  if (!found.populationPhrase && table.phrase.empty()) {
    throw Error("nothing says how a prompt should refer to the populations", table.where,
                "write phrase = \"someone from {population}\", or [attributes] and [[populations]] "
                "if attributes make them");
  }
}

AggregatedColumns columnsOf(const AggregatedTable& table, bool hasPopulations, Columns& columns) {
  AggregatedColumns found;
  found.question = use(table.question, columns);
  found.option = use(table.option, columns);
  found.share = use(table.share, columns);
  if (hasPopulations) found.population = use(table.population, columns);
  found.value = useIfGiven(table.value, columns);
  found.respondents = useIfGiven(table.respondents, columns);
  found.effectiveSampleSize = useIfGiven(table.effectiveSampleSize, columns);
  found.standardError = useIfGiven(table.standardError, columns);
  addOwnColumns(table, hasPopulations, columns, found);
  return found;
}

StageColumns columnsOf(const MappedStage& stage, Columns& columns) {
  return {useIfGiven(stage.strata, columns), useIfGiven(stage.cluster, columns),
          useIfGiven(stage.populationSize, columns)};
}

// Of "W1", "W*" (all that begin and end so) or "W1-W80" (from the one to the other in the file).
std::vector<std::string> namesMeant(const std::string& text, const std::string& where,
                                    const Columns& columns) {
  if (columns.has(text)) return {text};
  const std::vector<std::string> all = columns.names();
  const std::size_t star = text.find('*');
  if (star != std::string::npos) {
    std::vector<std::string> found;
    for (const std::string& name : all) {
      const bool isLongEnough = name.size() + 1 >= text.size();
      if (isLongEnough && name.starts_with(text.substr(0, star)) &&
          name.ends_with(text.substr(star + 1))) {
        found.push_back(name);
      }
    }
    if (found.empty()) {
      throw Error(fmt::format("no variable is called \"{}\"", text), where,
                  "\"W*\" stands for all that begin with W");
    }
    return found;
  }
  const std::size_t dash = text.find('-');
  const auto first = std::ranges::find(all, text.substr(0, dash));
  if (dash == std::string::npos || first == all.end()) return {text};
  const auto last = std::find(first, all.end(), text.substr(dash + 1));
  if (last == all.end()) return {text};
  return {first, last + 1};
}

DesignColumns columnsOf(const MappedDesign& design, Columns& columns) {
  DesignColumns found;
  found.weight = useIfGiven(design.weight, columns);
  found.id = useIfGiven(design.id, columns);
  found.first = columnsOf(design.first, columns);
  for (const MappedStage& stage : design.lower) found.lower.push_back(columnsOf(stage, columns));
  if (!design.replicates) return found;
  const std::string& where = design.replicates->where;
  for (const std::string& text : design.replicates->weights) {
    for (const std::string& name : namesMeant(text, where, columns)) {
      found.replicates.push_back(columns.use(name, where));
    }
  }
  return found;
}

// In a wide table each question has a column, in a long one all of them share that of the answers.
void addQuestions(const Mapping& mapping, const MicrodataReader& reader, Columns& columns,
                  ImportPlan& plan) {
  const auto* rows = std::get_if<LongColumns>(&plan.table);
  for (const MappedQuestion& one : mapping.questions) {
    const std::size_t column = rows ? rows->answer : columns.use(one.variable, one.where);
    plan.questions.push_back(
        makeQuestionPlan(one, rows ? reader.rowVariable(one.variable) : columns.variable(column)));
    plan.questions.back().column = column;
  }
}

std::int16_t openCategory(AttributePlan& attribute, const Value& value,
                          const MicrodataReader& reader) {
  const auto index = static_cast<std::int16_t>(attribute.categories.size());
  if (attribute.categories.size() == maxOpenCategories) {
    throw Error(
        fmt::format("attribute \"{}\" has more than {} values", attribute.name, maxOpenCategories),
        reader.place(),
        "list those that make populations: values = [{ from = 18, to = 29, name = \"18 to "
        "29\" }]");
  }
  const std::string name = codeText(value);
  const auto words = attribute.openWords.find(name);
  attribute.categories.push_back({name, words == attribute.openWords.end() ? name : words->second});
  attribute.meanings.add({{name}, {}}, index);
  return index;
}

}  // namespace

ImportPlan makeImportPlan(const Mapping& mapping, const MicrodataReader& reader) {
  Columns columns(reader.variables(), reader.fileName());
  ImportPlan plan;
  if (const auto* table = std::get_if<LongTable>(&mapping.table)) {
    plan.table = columnsOf(*table, columns);
  }
  if (const auto* table = std::get_if<AggregatedTable>(&mapping.table)) {
    plan.table = columnsOf(*table, mapping.groupings.empty(), columns);
  }
  plan.design = columnsOf(mapping.design, columns);
  for (const MappedAttribute& one : mapping.attributes) {
    plan.attributes.push_back(makeAttributePlan(one, columns));
  }
  if (!std::holds_alternative<AggregatedTable>(mapping.table)) {
    addQuestions(mapping, reader, columns, plan);
  }
  plan.columns = columns.chosen();
  return plan;
}

std::int16_t categoryOf(AttributePlan& attribute, const Value& value,
                        const MicrodataReader& reader) {
  const auto category = attribute.isOpen ? attribute.meanings.findSpelled(value)
                                         : attribute.meanings.findInFile(value);
  if (category) return *category;
  const bool isMissing =
      value.kind == Value::Kind::missing || attribute.variable.isUserMissing(value);
  return attribute.isOpen && !isMissing ? openCategory(attribute, value, reader) : noCategory;
}

}  // namespace canvass
