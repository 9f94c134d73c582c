#include "export/markdown.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "base/error.h"
#include "base/utf8.h"
#include "export/predicted_shares.h"
#include "export/survey_parts.h"
#include "text/markup_text.h"

namespace canvass {
namespace {

std::string percent(double share) { return fmt::format("{:.1f}", 100.0 * share); }

class MarkdownWriter {
 public:
  explicit MarkdownWriter(const ExportInput& input)
      : survey_(input.survey), predicted_(predictedShares(input, result_.notes)) {
    itemsOf_.resize(survey_.questions.size());
    for (std::size_t i = 0; i < survey_.items.size(); ++i) {
      itemsOf_[survey_.items[i].question].push_back(i);
    }
  }

  ExportResult write();

 private:
  void writeQuestion(std::size_t question);
  void writeHeader(const Question& question);
  void writeItem(std::size_t item);
  // No shares: empty cells.
  void writeRow(const std::string& name, const Distribution& shares, std::size_t options,
                const std::string& size);

  const Survey& survey_;
  ExportResult result_;
  std::vector<PredictedShares> predicted_;
  std::vector<std::vector<std::size_t>> itemsOf_;  // by question
};

void MarkdownWriter::writeHeader(const Question& question) {
  std::string rule = "|:---|";
  result_.text += "| % |";
  for (const Option& option : question.options) {
    result_.text +=
        fmt::format(" {} |", markdownText(option.text.empty() ? option.label : option.text));
    rule += "---:|";
  }
  result_.text += fmt::format(" n |\n{}---:|\n", rule);
}

void MarkdownWriter::writeRow(const std::string& name, const Distribution& shares,
                              std::size_t options, const std::string& size) {
  result_.text += fmt::format("| {} |", name);
  for (std::size_t k = 0; k < options; ++k) {
    result_.text += shares.empty() ? " |" : fmt::format(" {} |", percent(shares[k]));
  }
  result_.text += fmt::format(" {} |\n", size);
}

void MarkdownWriter::writeItem(std::size_t item) {
  const Item& one = survey_.items[item];
  const Population& population = survey_.populationOf(one);
  const std::string name = markdownText(population.name.empty() ? population.id : population.name);
  const std::size_t options = survey_.questionOf(one).options.size();
  const std::string size = one.respondents ? fmt::format("{:.0f}", *one.respondents) : "";
  writeRow(name, one.observed.value_or(Distribution()), options, size);
  for (const PredictedShares& run : predicted_) {
    if (run.shares[item].empty()) continue;
    writeRow(fmt::format("{}, predicted by {}", name, markdownText(run.name)), run.shares[item],
             options, "");
  }
}

void MarkdownWriter::writeQuestion(std::size_t question) {
  const Question& one = survey_.questions[question];
  result_.text += fmt::format("## {}\n\n", markdownText(one.id));
  if (!one.text.empty()) result_.text += markdownText(one.text) + "\n\n";
  writeHeader(one);
  for (const std::size_t item : itemsOf_[question]) writeItem(item);
  result_.text += '\n';
}

ExportResult MarkdownWriter::write() {
  if (!survey_.name.empty()) result_.text += fmt::format("# {}\n\n", markdownText(survey_.name));
  if (!survey_.source.empty())
    result_.text += fmt::format("Source: {}\n\n", markdownText(survey_.source));
  for (std::size_t question = 0; question < survey_.questions.size(); ++question) {
    if (!itemsOf_[question].empty()) writeQuestion(question);
  }
  if (findInvalidUtf8(result_.text)) throw Error("a text of the survey is not UTF-8", survey_.name);
  result_.items = survey_.items.size();
  noteLost(
      survey_,
      {SurveyPart::topic, SurveyPart::scaleOfNominal, SurveyPart::scaleOfInterval,
       SurveyPart::optionValue, SurveyPart::missingCodes, SurveyPart::date, SurveyPart::attributes,
       SurveyPart::effectiveSampleSize, SurveyPart::dontKnow, SurveyPart::refused},
      result_.notes);
  return std::move(result_);
}

}  // namespace

ExportResult exportMarkdown(const ExportInput& input) { return MarkdownWriter(input).write(); }

}  // namespace canvass
