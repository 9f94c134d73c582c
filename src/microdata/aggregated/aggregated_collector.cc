#include "microdata/aggregated/aggregated_collector.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "base/error.h"
#include "microdata/question_plan.h"
#include "survey/letters.h"

namespace canvass {
namespace {

// So that sums of them and of their squares stay far from overflow.
constexpr double maxNumber = 1e100;

// Not negative; `what` names it.
double numberOf(const Value& value, const char* what) {
  const bool isNumber = value.kind == Value::Kind::number;
  if (isNumber && value.number >= 0.0 && value.number <= maxNumber) return value.number;
  const std::string code = codeText(value);
  throw Error(code.empty() ? fmt::format("the {} is missing", what)
              : isNumber   ? fmt::format("the {} is {}: {}", what,
                                       value.number < 0.0 ? "negative" : "too large", code)
                           : fmt::format("the {} is \"{}\", not a number", what, code));
}

// Every row of an item repeats its sample sizes.
void agree(std::optional<double>& known, const Value& value, const char* what) {
  if (value.kind == Value::Kind::missing) return;
  const double number = numberOf(value, what);
  if (known && *known != number) {
    throw Error(
        fmt::format("the {} is {}, but {} in an earlier row of the same question and "
                    "population",
                    what, numberText(number), numberText(*known)));
  }
  known = number;
}

}  // namespace

AggregatedCollector::AggregatedCollector(const Mapping& mapping, bool skipInvalid)
    : mapping_(mapping),
      skipInvalid_(skipInvalid),
      questions_(mapping, std::get<AggregatedTable>(mapping.table)),
      populations_(mapping, std::get<AggregatedTable>(mapping.table)) {}

void AggregatedCollector::read(MicrodataReader& reader, Progress& progress) {
  reader_ = &reader;
  plan_ = makeImportPlan(mapping_, reader);
  reader.read(
      plan_.columns, [this](const RespondentRecord& record) { add(record); }, progress);
  reader_ = nullptr;
}

void AggregatedCollector::add(const RespondentRecord& record) {
  record_ = record.number;
  cell_ = nullptr;
  ++rows_;
  try {
    addRow(record);
  } catch (const Error& error) {
    if (!error.where().empty()) throw;  // the mapping's, not the row's
    if (!skipInvalid_) throw error.at(reader_->place());
    if (cell_ == nullptr) {
      skipped_.add({reader_->fileName(), record_, {}, error.fault()});
    } else if (cell_->fault.empty()) {
      cell_->fault = error.fault();
      cell_->record = record_;
    }
  }
}

void AggregatedCollector::addRow(const RespondentRecord& record) {
  const auto& columns = std::get<AggregatedColumns>(plan_.table);
  const Value& name = record.values[columns.question];
  const Value& option = record.values[columns.option];
  if (name.kind == Value::Kind::missing) throw Error("the question is missing");
  const auto question = questions_.find(columns, record, *reader_);
  const auto population = populations_.find(record, plan_, *reader_);
  if (!question || !population) return;
  cell_ = &cellOf(*question, *population);
  if (option.kind == Value::Kind::missing) throw Error("the option is missing");
  const Value* text = columns.optionText ? &record.values[*columns.optionText] : nullptr;
  const auto meaning = questions_.optionOf(*question, option, text);
  if (!meaning && questions_.isFull(*question)) {
    throw Error(fmt::format("question \"{}\" has more than {} options", questions_.idOf(*question),
                            maxOptions),
                {}, "combine some of them, or list the options under [[questions]]");
  }
  if (!meaning) {
    throw Error(fmt::format("\"{}\" is not an option of question \"{}\"", codeText(option),
                            questions_.idOf(*question)),
                {}, "list it among the options, or in dont_know, refused or not_asked");
  }
  addShare(cell_->shares, *meaning, record);
  addSizes(cell_->shares, record);
  if (columns.value && *meaning >= 0) addValue(*question, *meaning, record);
}

void AggregatedCollector::addValue(std::size_t question, std::int16_t option,
                                   const RespondentRecord& record) {
  const Value& value = record.values[*std::get<AggregatedColumns>(plan_.table).value];
  if (value.kind == Value::Kind::missing) return;
  if (value.kind != Value::Kind::number) {
    throw Error(fmt::format("the option's value is \"{}\", not a number", codeText(value)));
  }
  if (std::abs(value.number) > maxNumber) {
    throw Error(fmt::format("the option's value is too large: {}", codeText(value)));
  }
  if (!questions_.giveValue(question, option, value.number)) {
    throw Error("the option's value differs from that in an earlier row");
  }
}

AggregatedCell& AggregatedCollector::cellOf(std::size_t question, std::size_t population) {
  const auto [index, isNew] = indices_.emplace(std::pair{question, population}, cells_.size());
  if (isNew) {
    cells_.push_back(
        {question, population, reader_->fileName(), record_, reader_->place(), {}, {}});
  }
  return cells_[index->second];
}

void AggregatedCollector::addShare(ShareCell& cell, std::int16_t option,
                                   const RespondentRecord& record) {
  const auto& columns = std::get<AggregatedColumns>(plan_.table);
  const double share = numberOf(record.values[columns.share], "share");
  if (option >= 0) {
    auto& rows = cell.options;
    const auto index = static_cast<std::size_t>(option);
    if (rows.size() <= index) rows.resize(index + 1);
    if (rows[index]) throw Error("the question and population have another row for this option");
    rows[index] = ShareCell::Row{share, std::nullopt};
    const bool hasError =
        columns.standardError && record.values[*columns.standardError].kind != Value::Kind::missing;
    if (hasError) {
      rows[index]->standardError =
          numberOf(record.values[*columns.standardError], "standard error");
    }
    return;
  }
  auto& apart = option == saidDontKnow   ? cell.dontKnow
                : option == gaveNoAnswer ? cell.refused
                                         : cell.notAsked;
  // Several codes may mean one kind of missing.
  apart = apart.value_or(0.0) + share;
}

void AggregatedCollector::addSizes(ShareCell& cell, const RespondentRecord& record) {
  const auto& columns = std::get<AggregatedColumns>(plan_.table);
  if (columns.respondents) {
    agree(cell.respondents, record.values[*columns.respondents], "n");
  }
  if (columns.effectiveSampleSize) {
    agree(cell.effectiveSampleSize, record.values[*columns.effectiveSampleSize], "n_eff");
  }
  if (columns.dontKnow) agree(cell.dontKnowOfAsked, record.values[*columns.dontKnow], "dont_know");
  if (columns.refused) agree(cell.refusedOfAsked, record.values[*columns.refused], "refused");
}

Tabulation AggregatedCollector::finish() {
  return makeAggregatedSurvey(mapping_, questions_, populations_, std::move(cells_),
                              skipInvalid_ ? &skipped_ : nullptr);
}

}  // namespace canvass
