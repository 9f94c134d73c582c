#include "export/export_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <set>
#include <utility>

#include "base/error.h"
#include "base/list_text.h"
#include "base/utf8.h"
#include "export/predicted_shares.h"
#include "stats/share_estimates.h"

namespace canvass {
namespace {

using Kind = ExportColumn::Kind;

// A column, and what its cell is for an item and an option of its question.
struct ColumnSource {
  ExportColumn column;
  std::function<ExportCell(std::size_t item, std::size_t option)> cell;
};
using ColumnSources = std::vector<ColumnSource>;

ExportCell cellOf(const std::optional<double>& number) {
  return number ? ExportCell(*number) : ExportCell();
}

ExportCell cellOf(const std::string& text) { return std::string_view(text); }

// A column of what a survey says of each item's question, population or the item itself.
template <typename Part, typename Member>
ColumnSource columnOf(const Survey& survey, const char* name, const char* label, Kind kind,
                      const Part& (Survey::*part)(const Item&) const, Member member) {
  return {{name, label, kind}, [&survey, part, member](std::size_t item, std::size_t) {
            return cellOf((survey.*part)(survey.items[item]).*member);
          }};
}

ColumnSources questionColumns(const Survey& survey) {
  const auto part = &Survey::questionOf;
  return {
      columnOf(survey, "question", "Question", Kind::text, part, &Question::id),
      columnOf(survey, "question_text", "Wording of the question", Kind::text, part,
               &Question::text),
      columnOf(survey, "topic", "Topic", Kind::category, part, &Question::topic),
      {{"scale", "Scale of the options", Kind::category},
       [&survey](std::size_t item, std::size_t) -> ExportCell {
         return std::string_view(scaleName(survey.questionOf(survey.items[item]).scale));
       }},
  };
}

ColumnSources populationColumns(const Survey& survey) {
  const auto part = &Survey::populationOf;
  return {
      columnOf(survey, "population", "Population", Kind::text, part, &Population::id),
      columnOf(survey, "population_name", "Name of the population", Kind::category, part,
               &Population::name),
      columnOf(survey, "population_phrase", "The population in a prompt", Kind::text, part,
               &Population::phrase),
  };
}

// What the standard errors of an item are by: the design, where it is known; otherwise n_eff alone.
const char* errorSource(const Item& item) {
  if (item.standardErrors) return "design";
  return item.observed && item.effectiveSampleSize ? "n_eff" : "";
}

ColumnSources sizeColumns(const Survey& survey) {
  const auto column = [&survey](const char* name, const char* label, Kind kind,
                                std::optional<double> Item::*member) {
    return ColumnSource{{name, label, kind}, [&survey, member](std::size_t item, std::size_t) {
                          return cellOf(survey.items[item].*member);
                        }};
  };
  return {
      {{"se_by", "What the standard errors are by", Kind::category},
       [&survey](std::size_t item, std::size_t) -> ExportCell {
         const std::string_view source = errorSource(survey.items[item]);
         return source.empty() ? ExportCell() : ExportCell(source);
       }},
      column("n", "Respondents who answered", Kind::number, &Item::respondents),
      column("n_eff", "Effective sample size", Kind::number, &Item::effectiveSampleSize),
      column("dont_know", "Share who do not know, of those asked", Kind::share, &Item::dontKnow),
      column("refused", "Share who refused, of those asked", Kind::share, &Item::refused)};
}

ColumnSources attributeColumns(const Survey& survey) {
  std::set<std::string> names;
  for (const Population& population : survey.populations) {
    for (const auto& [name, value] : population.attributes) names.insert(name);
  }
  ColumnSources columns;
  for (const std::string& name : names) {
    columns.push_back({{"attribute_" + name, "Attribute " + name, Kind::category},
                       [&survey, name](std::size_t item, std::size_t) {
                         const auto& attributes =
                             survey.populationOf(survey.items[item]).attributes;
                         const auto value = attributes.find(name);
                         return value == attributes.end() ? ExportCell() : cellOf(value->second);
                       }});
  }
  return columns;
}

ColumnSource optionColumn(const Survey& survey, const char* name, const char* label, Kind kind,
                          ExportCell (*cell)(const Option&)) {
  return {{name, label, kind}, [&survey, cell](std::size_t item, std::size_t option) {
            return cell(survey.questionOf(survey.items[item]).options[option]);
          }};
}

ColumnSource optionText(const Survey& survey, const char* name) {
  return optionColumn(survey, name, "Words of the option", Kind::text,
                      [](const Option& option) { return cellOf(option.text); });
}

ColumnSources shareColumns(const Survey& survey) {
  return {
      {{"share", "Share of those who answered", Kind::share},
       [&survey](std::size_t item, std::size_t option) {
         const auto& observed = survey.items[item].observed;
         return observed ? ExportCell((*observed)[option]) : ExportCell();
       }},
      {{"se", "Standard error of the share", Kind::share},
       [&survey](std::size_t item, std::size_t option) {
         const Item& one = survey.items[item];
         if (one.standardErrors) return ExportCell((*one.standardErrors)[option]);
         if (!one.observed || !one.effectiveSampleSize) return ExportCell();
         return ExportCell(standardErrorOf((*one.observed)[option], *one.effectiveSampleSize));
       }},
  };
}

ColumnSources predictedColumns(const ExportInput& input, std::vector<std::string>& notes) {
  ColumnSources columns;
  for (PredictedShares& run : predictedShares(input, notes)) {
    const bool single = input.predictions.size() == 1;
    const std::string name = single ? "predicted" : "predicted_" + run.name;
    const auto shares = std::make_shared<std::vector<Distribution>>(std::move(run.shares));
    columns.push_back({{name, "Share predicted by " + run.name, Kind::share},
                       [shares](std::size_t item, std::size_t option) {
                         const Distribution& predicted = (*shares)[item];
                         return predicted.empty() ? ExportCell() : ExportCell(predicted[option]);
                       }});
  }
  return columns;
}

void append(ColumnSources& columns, ColumnSources more) {
  std::ranges::move(more, std::back_inserter(columns));
}

// The column for options at one position; questions that have fewer options have none there.
ColumnSource atPosition(const Survey& survey, const ColumnSource& source, std::size_t position) {
  const std::size_t number = position + 1;
  return {{fmt::format("{}_{}", source.column.name, number),
           fmt::format("{}, option {}", source.column.label, number), source.column.kind},
          [&survey, cell = source.cell, position](std::size_t item, std::size_t) {
            const Question& question = survey.questionOf(survey.items[item]);
            return position < question.options.size() ? cell(item, position) : ExportCell();
          }};
}

void addRow(const ColumnSources& sources, std::size_t item, std::size_t option,
            ExportTable& table) {
  ExportRow& row = table.rows.emplace_back();
  for (const ColumnSource& source : sources) row.push_back(source.cell(item, option));
}

void checkText(std::string_view text, const std::string& where) {
  if (findInvalidUtf8(text)) throw Error("a text of the survey is not UTF-8", where);
  if (text.find('\0') == std::string_view::npos) return;
  throw Error("a text of the survey has a zero byte, which files of tables cannot hold", where,
              "remove it, or export simllm or subpop");
}

void checkTexts(const ExportTable& table, const Survey& survey) {
  checkText(survey.name, survey.name);
  checkText(survey.source, survey.name);
  for (const ExportColumn& column : table.columns) checkText(column.name, survey.name);
  for (const ExportRow& row : table.rows) {
    for (const ExportCell& cell : row) {
      if (const auto* text = std::get_if<std::string_view>(&cell)) checkText(*text, survey.name);
    }
  }
}

void noteErrors(const Survey& survey, std::vector<std::string>& notes) {
  std::size_t unknown = 0;
  std::size_t approximate = 0;
  for (const Item& item : survey.items) {
    const std::string_view source = errorSource(item);
    if (source.empty()) ++unknown;
    if (source == "n_eff") ++approximate;
  }
  if (approximate > 0) {
    notes.push_back(fmt::format("{} whose se is sqrt(p (1 - p) / n_eff), which takes one design "
                                "effect for all options: se_by is n_eff",
                                counted(approximate, "item")));
  }
  if (unknown > 0) {
    notes.push_back(fmt::format("{} without n_eff: se is empty", counted(unknown, "item")));
  }
}

// Checks the rows, and adds the notes to those there are.
ExportTable finished(ExportTable table, const Survey& survey, std::vector<std::string> notes) {
  checkTexts(table, survey);
  noteErrors(survey, notes);
  table.notes = std::move(notes);
  return table;
}

ExportTable emptyTable(const ColumnSources& sources) {
  ExportTable table;
  for (const ColumnSource& source : sources) table.columns.push_back(source.column);
  return table;
}

}  // namespace

ExportTable longTable(const ExportInput& input) {
  const Survey& survey = input.survey;
  std::vector<std::string> notes;
  ColumnSources sources = questionColumns(survey);
  append(sources, populationColumns(survey));
  sources.push_back(optionColumn(survey, "option", "Option", Kind::text,
                                 [](const Option& option) { return cellOf(option.label); }));
  sources.push_back(optionText(survey, "option_text"));
  sources.push_back(optionColumn(survey, "value", "Position of the option on the scale",
                                 Kind::number,
                                 [](const Option& option) { return cellOf(option.value); }));
  append(sources, shareColumns(survey));
  append(sources, sizeColumns(survey));
  append(sources, predictedColumns(input, notes));
  append(sources, attributeColumns(survey));
  ExportTable table = emptyTable(sources);
  for (std::size_t item = 0; item < survey.items.size(); ++item) {
    const std::size_t options = survey.questionOf(survey.items[item]).options.size();
    for (std::size_t option = 0; option < options; ++option) addRow(sources, item, option, table);
  }
  return finished(std::move(table), survey, std::move(notes));
}

ExportTable wideTable(const ExportInput& input) {
  const Survey& survey = input.survey;
  std::vector<std::string> notes;
  std::size_t positions = 0;
  for (const Question& question : survey.questions) {
    positions = std::max(positions, question.options.size());
  }
  ColumnSources sources = questionColumns(survey);
  append(sources, populationColumns(survey));
  append(sources, sizeColumns(survey));
  append(sources, attributeColumns(survey));
  ColumnSources ofOptions{optionText(survey, "option")};
  append(ofOptions, shareColumns(survey));
  append(ofOptions, predictedColumns(input, notes));
  for (const ColumnSource& source : ofOptions) {
    for (std::size_t position = 0; position < positions; ++position) {
      sources.push_back(atPosition(survey, source, position));
    }
  }
  ExportTable table = emptyTable(sources);
  for (std::size_t item = 0; item < survey.items.size(); ++item) addRow(sources, item, 0, table);
  return finished(std::move(table), survey, std::move(notes));
}

}  // namespace canvass
