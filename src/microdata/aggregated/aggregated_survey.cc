#include "microdata/aggregated/aggregated_survey.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

#include "base/error.h"
#include "base/list_text.h"
#include "survey/survey_builder.h"

namespace canvass {
namespace {

// The options' rows in the order of the finished question.
void reorder(ShareCell& cell, const std::vector<std::size_t>& order) {
  std::vector<std::optional<ShareCell::Row>> rows(order.size());
  for (std::size_t k = 0; k < order.size(); ++k) {
    if (order[k] < cell.options.size()) rows[k] = cell.options[order[k]];
  }
  cell.options = std::move(rows);
}

class AggregatedSurvey {
 public:
  AggregatedSurvey(const Mapping& mapping, const ShareQuestions& questions,
                   const SharePopulations& populations, SkippedRecords* skipped)
      : mapping_(mapping),
        unit_(std::get<AggregatedTable>(mapping.table).unit),
        questions_(questions),
        populations_(populations),
        skipped_(skipped) {}

  Tabulation make(std::vector<AggregatedCell> cells);

 private:
  // Of the questions: their index in the survey, and the order of their options there.
  struct Placed {
    std::optional<std::size_t> index;
    std::vector<std::size_t> order;
  };

  const Placed& place(const AggregatedCell& cell);
  void add(AggregatedCell& cell);
  bool isTooSmall(const AggregatedCell& cell, const Item& item);
  void leaveOut(const AggregatedCell& cell, const std::string& fault);
  std::vector<std::string> notes() const;

  const Mapping& mapping_;
  ShareUnit unit_;
  const ShareQuestions& questions_;
  const SharePopulations& populations_;
  SkippedRecords* skipped_;
  SurveyBuilder builder_;
  std::map<std::size_t, Placed> placed_;
  std::vector<std::string> tooSmall_;
  std::vector<std::string> incomplete_;
};

Tabulation AggregatedSurvey::make(std::vector<AggregatedCell> cells) {
  for (const Population& one : populations_.all()) builder_.addPopulation(one, mapping_.file);
  for (AggregatedCell& cell : cells) add(cell);
  if (builder_.survey().items.empty()) {
    throw Error("no row of the table yields an item", mapping_.file,
                fmt::format("{}", fmt::join(notes(), "; ")));
  }
  std::vector<std::size_t> items(builder_.survey().items.size());
  std::iota(items.begin(), items.end(), std::size_t{0});
  // Without the questions and populations that have no items left.
  Tabulation tabulation{selectItems(builder_.survey(), items), notes()};
  tabulation.survey.name = mapping_.name;
  tabulation.survey.source = mapping_.source;
  tabulation.survey.language = mapping_.language;
  return tabulation;
}

const AggregatedSurvey::Placed& AggregatedSurvey::place(const AggregatedCell& cell) {
  const auto [entry, isNew] = placed_.try_emplace(cell.question);
  Placed& placed = entry->second;
  if (!isNew) return placed;
  Question question = questions_.finish(cell.question, placed.order);
  if (question.options.size() >= 2) {
    placed.index = builder_.addQuestion(std::move(question), cell.place);
    return placed;
  }
  const std::string fault = fmt::format("question \"{}\" has fewer than two options", question.id);
  if (skipped_ == nullptr) {
    throw Error(fault, cell.place, "list its options under [[questions]], or remove its rows");
  }
  leaveOut(cell, fault);
  return placed;
}

void AggregatedSurvey::add(AggregatedCell& cell) {
  if (!cell.fault.empty()) return leaveOut(cell, cell.fault);
  const Placed& placed = place(cell);
  if (!placed.index) return;
  reorder(cell.shares, placed.order);
  Item item{*placed.index, cell.population, {}, {}, {}};
  const std::string name =
      fmt::format("question \"{}\", population \"{}\"", questions_.idOf(cell.question),
                  populations_.all()[cell.population].name);
  try {
    describeItem(cell.shares, unit_, placed.order.size(), item);
    if (isTooSmall(cell, item)) {
      tooSmall_.push_back(fmt::format("{} ({})", name, numberText(*item.respondents)));
      return;
    }
    builder_.addItem(std::move(item), {});
  } catch (const Error& error) {
    const Error ofItem = error.at(name);
    if (skipped_ == nullptr) throw ofItem.at(cell.place);
    return leaveOut(cell, ofItem.what());
  }
  const bool isComplete = std::all_of(cell.shares.options.begin(), cell.shares.options.end(),
                                      [](const auto& row) { return row.has_value(); });
  if (!isComplete) incomplete_.push_back(name);
}

bool AggregatedSurvey::isTooSmall(const AggregatedCell& cell, const Item& item) {
  const std::size_t minimum = populations_.minimumOf(cell.population);
  if (minimum == 0) return false;
  if (!item.respondents) {
    throw Error(
        fmt::format(
            "the table does not say how many answered, but the mapping requires at least {}",
            minimum),
        {}, "remove \"minimum\" from the mapping");
  }
  return *item.respondents < static_cast<double>(minimum);
}

void AggregatedSurvey::leaveOut(const AggregatedCell& cell, const std::string& fault) {
  skipped_->add({cell.file, cell.record, questions_.idOf(cell.question), fault});
}

std::vector<std::string> AggregatedSurvey::notes() const {
  std::vector<std::string> notes = questions_.notes();
  for (std::string& one : populations_.notes()) notes.push_back(std::move(one));
  noteList(tooSmall_, "item", "left out for having fewer answers than the minimum", notes);
  noteList(incomplete_, "item", "without a row for some option, whose share is taken as 0", notes);
  return notes;
}

}  // namespace

Tabulation makeAggregatedSurvey(const Mapping& mapping, const ShareQuestions& questions,
                                const SharePopulations& populations,
                                std::vector<AggregatedCell> cells, SkippedRecords* skipped) {
  return AggregatedSurvey(mapping, questions, populations, skipped).make(std::move(cells));
}

}  // namespace canvass
