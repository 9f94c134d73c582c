#include "microdata/aggregated/share_questions.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/error.h"
#include "base/list_text.h"
#include "microdata/counts_text.h"
#include "microdata/question_plan.h"
#include "survey/letters.h"

namespace canvass {
namespace {

bool hasAllValues(const Question& question) {
  return std::all_of(question.options.begin(), question.options.end(),
                     [](const Option& one) { return one.value.has_value(); });
}

// Leaves them as they are if they have no order, or their values rise or fall already.
std::vector<std::size_t> orderOf(const Question& question, bool hasOrder) {
  std::vector<std::size_t> order(question.options.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (!hasOrder || !hasAllValues(question)) return order;
  const auto isLess = [&question](std::size_t a, std::size_t b) {
    return *question.options[a].value < *question.options[b].value;
  };
  const auto isGreater = [&isLess](std::size_t a, std::size_t b) { return isLess(b, a); };
  if (!std::is_sorted(order.begin(), order.end(), isGreater)) {
    std::stable_sort(order.begin(), order.end(), isLess);
  }
  return order;
}

// As the row says; nothing if the table has no column of it.
std::optional<Scale> scaleOf(const AggregatedColumns& columns, const RespondentRecord& record) {
  if (!columns.scale) return std::nullopt;
  const std::string name = codeText(record.values[*columns.scale]);
  for (const Scale scale : {Scale::nominal, Scale::ordinal, Scale::interval}) {
    if (name == scaleName(scale)) return scale;
  }
  throw Error(fmt::format("the scale is \"{}\", not nominal, ordinal or interval", name));
}

// Every row of a question repeats what the table says of it.
void checkSame(const Question& question, const AggregatedColumns& columns,
               const RespondentRecord& record) {
  const auto differs = [&record](const std::optional<std::size_t>& column, std::string_view known) {
    if (!column) return false;
    const std::string text = codeText(record.values[*column]);
    return !text.empty() && text != known;
  };
  if (!differs(columns.questionText, question.text) && !differs(columns.topic, question.topic) &&
      !differs(columns.scale, scaleName(question.scale))) {
    return;
  }
  throw Error(
      fmt::format("the text, topic or scale of question \"{}\" differs from that in an earlier row",
                  question.id));
}

}  // namespace

ShareQuestions::ShareQuestions(const Mapping& mapping, const AggregatedTable& table)
    : mapping_(mapping), table_(table) {
  std::map<std::string, std::string> places;
  for (const MappedQuestion& one : mapping.questions) {
    const auto [first, isNew] = places.emplace(codeText(valueOf(one.variable)), one.where);
    if (isNew) continue;
    throw Error(
        fmt::format("the question at {} also has the variable \"{}\"", first->second, one.variable),
        one.where, "its rows make one question: remove one of the two");
  }
}

std::optional<std::size_t> ShareQuestions::find(const AggregatedColumns& columns,
                                                const RespondentRecord& record,
                                                const MicrodataReader& reader) {
  const std::string code = codeText(record.values[columns.question]);
  if (const auto known = indices_.find(code); known != indices_.end()) {
    const Entry& entry = entries_[known->second];
    if (!entry.isListed) checkSame(entry.plan.question, columns, record);
    return known->second;
  }
  const auto listed = std::find_if(
      mapping_.questions.begin(), mapping_.questions.end(),
      [&code](const MappedQuestion& one) { return codeText(valueOf(one.variable)) == code; });
  if (listed != mapping_.questions.end()) {
    return indices_[code] = add(*listed, reader.rowVariable(listed->variable), true);
  }
  if (!mapping_.questions.empty()) {
    ++unused_[code];
    return std::nullopt;
  }
  const std::size_t index = addUnlisted(code, columns, record, reader);
  return indices_[code] = index;
}

std::size_t ShareQuestions::addUnlisted(const std::string& name, const AggregatedColumns& columns,
                                        const RespondentRecord& record,
                                        const MicrodataReader& reader) {
  Variable variable = reader.rowVariable(name);
  if (columns.questionText) variable.label = codeText(record.values[*columns.questionText]);
  if (variable.label.empty()) variable.label = name;
  MappedQuestion mapped;
  mapped.variable = name;
  mapped.id = name;
  mapped.topic = columns.topic ? codeText(record.values[*columns.topic]) : "";
  mapped.scale = scaleOf(columns, record).value_or(table_.scale.value_or(Scale::nominal));
  mapped.missing = mapping_.missing;
  mapped.where = table_.question.where;
  const std::size_t index = add(mapped, variable, false);
  if (columns.scale) entries_[index].hasScale = true;
  return index;
}

std::size_t ShareQuestions::add(const MappedQuestion& mapped, const Variable& variable,
                                bool isListed) {
  Entry entry;
  entry.isOpen = mapped.options.empty() && variable.valueLabels.empty();
  entry.plan =
      entry.isOpen ? makeOpenQuestionPlan(mapped, variable) : makeQuestionPlan(mapped, variable);
  entry.isListed = isListed;
  entry.hasScale = isListed || table_.scale.has_value();
  entry.valuesFromCodes = mapped.valuesFromCodes;
  entries_.push_back(std::move(entry));
  return entries_.size() - 1;
}

std::optional<std::int16_t> ShareQuestions::optionOf(std::size_t question, const Value& code,
                                                     const Value* words) {
  Entry& entry = entries_[question];
  const auto meaning =
      entry.isOpen ? entry.plan.meanings.findSpelled(code) : entry.plan.meanings.findInFile(code);
  if (meaning) return *meaning;
  auto& options = entry.plan.question.options;
  if (!entry.isOpen || options.size() == maxOptions) return std::nullopt;
  const auto index = static_cast<std::int16_t>(options.size());
  const std::string name = codeText(code);
  entry.plan.meanings.add({{name}, {}}, index);
  entry.hasLabels = words != nullptr;
  options.push_back({entry.hasLabels ? name : letterLabel(options.size()),
                     entry.hasLabels ? codeText(*words) : name, std::nullopt});
  if (entry.valuesFromCodes && code.kind == Value::Kind::number) {
    options.back().value = code.number;
  }
  return index;
}

bool ShareQuestions::isFull(std::size_t question) const {
  const Entry& entry = entries_[question];
  return entry.isOpen && entry.plan.question.options.size() == maxOptions;
}

bool ShareQuestions::giveValue(std::size_t question, std::int16_t option, double value) {
  Entry& entry = entries_[question];
  if (!entry.isOpen) return true;
  auto& known = entry.plan.question.options[static_cast<std::size_t>(option)].value;
  if (known && *known != value) return false;
  known = value;
  return true;
}

Question ShareQuestions::finish(std::size_t question, std::vector<std::size_t>& order) const {
  const Entry& entry = entries_[question];
  Question finished = entry.plan.question;
  order = orderOf(finished, !entry.hasScale || finished.scale != Scale::nominal);
  for (std::size_t k = 0; k < order.size(); ++k) {
    finished.options[k] = entry.plan.question.options[order[k]];
    if (!entry.hasLabels) finished.options[k].label = entry.plan.question.options[k].label;
  }
  if (!entry.hasScale && hasAllValues(finished)) finished.scale = Scale::interval;
  return finished;
}

std::vector<std::string> ShareQuestions::notes() const {
  std::vector<std::string> notes;
  std::vector<std::string> guessed;
  for (const Entry& entry : entries_) {
    if (entry.hasScale || hasAllValues(entry.plan.question)) continue;
    guessed.push_back(entry.plan.question.id);
  }
  noteList(guessed, "question",
           "treated as nominal, because nothing says that their options have an order", notes);
  std::vector<std::string> absent;
  for (const MappedQuestion& one : mapping_.questions) {
    if (!indices_.contains(codeText(valueOf(one.variable)))) absent.push_back(one.id);
  }
  noteList(absent, "question", "of the mapping without rows", notes);
  if (!unused_.empty()) {
    const auto [rows, names] = countsText(unused_);
    notes.push_back(fmt::format("{} of questions that the mapping does not use ({})",
                                counted(rows, "row"), names));
  }
  return notes;
}

}  // namespace canvass
