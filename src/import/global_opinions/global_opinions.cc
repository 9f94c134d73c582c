#include "import/global_opinions/global_opinions.h"

#include <fmt/format.h>

#include <optional>

#include "base/error.h"
#include "base/list_text.h"
#include "base/utf8.h"
#include "import/first_line.h"
#include "import/global_opinions/record.h"
#include "import/published/question_details.h"
#include "import/published/shares.h"
#include "import/published/skip_record.h"
#include "import/published/table.h"
#include "survey/survey_builder.h"

namespace canvass {
namespace {

// The remark on a sample is not part of where somebody is from: "India (Old national sample)".
Population makePopulation(const std::string& label) {
  constexpr std::string_view closing = " sample)";
  const std::size_t open = label.rfind(" (");
  Population population{label, label, "someone from " + label, {{"country", label}}};
  if (open == std::string::npos || open == 0 || !label.ends_with(closing)) return population;
  const std::string country = label.substr(0, open);
  population.phrase = "someone from " + country;
  population.attributes = {{"country", country},
                           {"sample", label.substr(open + 2, label.size() - open - 3)}};
  return population;
}

class GlobalOpinionsReader {
 public:
  explicit GlobalOpinionsReader(const ImportOptions& options) : options_(options) {}

  ImportResult read(const std::filesystem::path& path);

 private:
  void addRecord(const PublishedTable& table);
  void addPopulation(const GlobalOpinion& opinion, std::size_t index);

  const ImportOptions& options_;
  SurveyBuilder builder_;
  ImportResult result_;
};

ImportResult GlobalOpinionsReader::read(const std::filesystem::path& path) {
  PublishedTable table(path, {"question", "selections", "options", "source"});
  while (table.next()) addRecord(table);
  requireItems(builder_.survey(), result_, path.string());
  result_.survey = builder_.finish();
  result_.survey.name = options_.name.empty() ? visible(path.stem().string()) : options_.name;
  result_.survey.source = options_.source;
  applyQuestionDetails(options_, result_);
  result_.notes.push_back(fmt::format("{}: {} records", path.string(), table.record()));
  result_.notes.push_back(
      "the format does not say which questions are nominal: all are treated as ordinal except "
      "those named as nominal");
  noteOddQuestions(result_);
  return std::move(result_);
}

void GlobalOpinionsReader::addRecord(const PublishedTable& table) {
  RecordAtHand record{table.file(), table.record(), {}, table.place()};
  std::optional<GlobalOpinion> opinion;
  readOrSkip(record, options_, result_, [&] {
    record.id = globalOpinionId(table);
    opinion = parseGlobalOpinion(table);
  });
  if (!opinion) return;
  for (std::size_t i = 0; i < opinion->selections.size(); ++i) {
    readOrSkip(record, options_, result_, [&] { addPopulation(*opinion, i); });
  }
}

void GlobalOpinionsReader::addPopulation(const GlobalOpinion& opinion, std::size_t index) {
  const auto& [label, shares] = opinion.selections[index];
  Item item;
  try {
    if (shares.size() != opinion.question.options.size()) {
      throw Error(fmt::format("the record has {} for {}", counted(shares.size(), "share"),
                              counted(opinion.question.options.size(), "option")));
    }
    item.observed = toDistribution(shares, ShareScale::proportions);
  } catch (const Error& error) {
    throw error.at(label);
  }
  item.question = builder_.findOrAddQuestion(opinion.question, {});
  item.population = builder_.findOrAddPopulation(makePopulation(label), {});
  builder_.addItem(std::move(item), {});
}

}  // namespace

ImportResult importGlobalOpinions(const std::vector<std::filesystem::path>& files,
                                  const ImportOptions& options) {
  if (files.size() != 1) {
    throw Error(
        "questions are named by the number of their record, so only one file can be imported at a "
        "time",
        {}, "import each file separately");
  }
  return GlobalOpinionsReader(options).read(files.front());
}

bool isGlobalOpinionsFile(const std::filesystem::path& path) {
  return hasColumns(path, {"question", "selections", "options", "source"});
}

}  // namespace canvass
