#include "import/subpop/subpop.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "base/error.h"
#include "base/file.h"
#include "base/list_text.h"
#include "base/utf8.h"
#include "import/first_line.h"
#include "import/published/question_details.h"
#include "import/published/skip_record.h"
#include "import/subpop/record.h"
#include "survey/survey_builder.h"
#include "text/lines.h"

namespace canvass {
namespace {

class SubpopReader {
 public:
  explicit SubpopReader(const ImportOptions& options) : options_(options) {}

  void readFile(const std::filesystem::path& path);
  ImportResult finish(const std::string& name);

 private:
  void readLine(RecordAtHand record, std::string_view line);
  void add(const subpop::Record& record);
  void noteFormat();

  const ImportOptions& options_;
  SurveyBuilder builder_;
  ImportResult result_;
  std::set<std::string> rearranged_;  // ids of questions
  std::set<std::string> withApart_;
  std::set<std::string> unknownKeys_;
};

void SubpopReader::readFile(const std::filesystem::path& path) {
  const std::string name = path.string();
  const std::string content = canvass::readFile(path);
  if (content.starts_with("\xFF\xFE") || content.starts_with("\xFE\xFF")) {
    throw Error("the file is in UTF-16", name, "save it in UTF-8");
  }
  if (const auto byte = findInvalidUtf8(content)) {
    throw Error(fmt::format("the text is not UTF-8 at byte {} of the file", *byte), name,
                "save the file as UTF-8");
  }
  std::string_view text = content;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (text.empty()) throw Error("the file is empty", name);
  std::size_t number = 0;
  while (!text.empty()) {
    const std::string_view line = takeLine(text);
    ++number;
    readLine({name, number, {}, linePlace(name, number)}, line);
  }
  result_.notes.push_back(fmt::format("{}: {} records", name, number));
}

// The key of a bad line is only searched for once it is known to be bad.
void SubpopReader::readLine(RecordAtHand record, std::string_view line) {
  readOrSkip(record, options_, result_, [&] {
    try {
      add(subpop::parseRecord(line));
    } catch (const Error&) {
      record.id = subpop::previewKey(line);
      throw;
    }
  });
}

// Nothing is added before everything is checked.
void SubpopReader::add(const subpop::Record& record) {
  Item item;
  item.question = builder_.findOrAddQuestion(record.question, {});
  item.population = builder_.findOrAddPopulation(record.population, {});
  item.observed = record.distribution;
  item.refused = record.refused;
  builder_.addItem(std::move(item), {});
  if (record.placed.isRearranged) rearranged_.insert(record.question.id);
  if (record.placed.hasOptionApart) withApart_.insert(record.question.id);
  unknownKeys_.insert(record.unknownKeys.begin(), record.unknownKeys.end());
}

void SubpopReader::noteFormat() {
  const auto note = [this](const std::set<std::string>& ids, const char* what) {
    if (ids.empty()) return;
    result_.notes.push_back(
        fmt::format("{} {}: {}", counted(ids.size(), "question"), what, fmt::join(ids, ", ")));
  };
  note(rearranged_, "with options arranged along their scale");
  note(withApart_, "treated as nominal because an option is not part of the order (-1)");
  if (unknownKeys_.empty()) return;
  result_.notes.push_back(fmt::format("keys that the format does not have were not used: {}",
                                      fmt::join(unknownKeys_, ", ")));
}

ImportResult SubpopReader::finish(const std::string& name) {
  requireItems(builder_.survey(), result_, name);
  result_.survey = builder_.finish();
  result_.survey.name = options_.name.empty() ? name : options_.name;
  result_.survey.source = options_.source;
  applyQuestionDetails(options_, result_);
  noteFormat();
  noteOddQuestions(result_);
  return std::move(result_);
}

}  // namespace

ImportResult importSubpop(const std::vector<std::filesystem::path>& files,
                          const ImportOptions& options) {
  if (files.empty()) throw Error("there is no file to import");
  requireDistinctFiles(files);
  SubpopReader reader(options);
  std::vector<std::string> names;
  for (const std::filesystem::path& file : files) {
    reader.readFile(file);
    names.push_back(visible(file.stem().string()));
  }
  return reader.finish(fmt::format("{}", fmt::join(names, " + ")));
}

bool isSubpopFile(const std::filesystem::path& path) {
  const std::string line = firstLineOf(path);
  return line.starts_with('{') && line.find("\"qkey\"") != line.npos &&
         line.find("\"attribute\"") != line.npos;
}

}  // namespace canvass
