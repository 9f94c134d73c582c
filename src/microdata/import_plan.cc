#include "microdata/import_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "microdata/question_plan.h"
#include "survey/near_matches.h"

namespace canvass {
namespace {

// Finds variables by name, and lists those that are used.
class Columns {
 public:
  Columns(const std::vector<Variable>& variables, std::string file)
      : variables_(variables), file_(std::move(file)) {}

  // The place of the variable among the chosen columns.
  std::size_t use(const std::string& name, const std::string& where) {
    const std::size_t index = indexOf(name, where);
    const auto known = std::find(chosen_.begin(), chosen_.end(), index);
    if (known != chosen_.end()) return static_cast<std::size_t>(known - chosen_.begin());
    chosen_.push_back(index);
    return chosen_.size() - 1;
  }
  const Variable& variable(std::size_t column) const { return variables_[chosen_[column]]; }
  const std::vector<std::size_t>& chosen() const { return chosen_; }

 private:
  std::size_t indexOf(const std::string& name, const std::string& where) const {
    const auto found = std::find_if(variables_.begin(), variables_.end(),
                                    [&name](const Variable& one) { return one.name == name; });
    if (found != variables_.end()) return static_cast<std::size_t>(found - variables_.begin());
    std::vector<std::string> names;
    for (const Variable& one : variables_) names.push_back(one.name);
    throw Error(fmt::format("{} has no variable \"{}\"", file_, name), where,
                suggestion(name, names));
  }

  const std::vector<Variable>& variables_;
  std::string file_;
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
        fmt::format("two values of attribute \"{}\" are called \"{}\"", plan.name, mapped.name),
        mapped.where, "list the values; codes that mean the same are one: codes = [1, 2]");
  }
  const auto index = static_cast<std::int16_t>(plan.categories.size());
  if (const auto taken = plan.meanings.add(mapped.codes, index)) {
    throw Error(fmt::format("code {} of attribute \"{}\" stands for two values", *taken, plan.name),
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
  for (const MappedCategory& one : categories) addCategory(one, plan);
  plan.isOpen = categories.empty();
  if (plan.isOpen) {
    plan.openWords = mapped.words;
  } else {
    applyWords(mapped, plan);
  }
  return plan;
}

std::optional<std::size_t> useIfGiven(const MappedVariable& variable, Columns& columns) {
  if (variable.name.empty()) return std::nullopt;
  return columns.use(variable.name, variable.where);
}

}  // namespace

ImportPlan makeImportPlan(const Mapping& mapping, const std::vector<Variable>& variables,
                          const std::string& file) {
  Columns columns(variables, file);
  ImportPlan plan;
  plan.weight = useIfGiven(mapping.weight, columns);
  plan.strata = useIfGiven(mapping.strata, columns);
  plan.cluster = useIfGiven(mapping.cluster, columns);
  for (const MappedAttribute& one : mapping.attributes) {
    plan.attributes.push_back(makeAttributePlan(one, columns));
  }
  for (const MappedQuestion& one : mapping.questions) {
    const std::size_t column = columns.use(one.variable, one.where);
    plan.questions.push_back(makeQuestionPlan(one, columns.variable(column)));
    plan.questions.back().column = column;
  }
  plan.columns = columns.chosen();
  return plan;
}

}  // namespace canvass
