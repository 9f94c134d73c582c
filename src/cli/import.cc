#include "import/import.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/file.h"
#include "cli/data_folder.h"
#include "cli/options.h"
#include "cli/terminal_progress.h"
#include "cli/verbs.h"
#include "survey/survey_file.h"

namespace canvass {
namespace {

struct Arguments {
  std::string format;
  std::vector<std::string> inputs;
  ImportOptions options;
  std::string topics;
  std::string mapping;
  std::string draft;
  std::string codebook;
  std::string wording;
  std::string output;
  JsonOutput json;
};

// A file of the user's, or the name of a table that comes with canvass.
std::filesystem::path topicsFile(const std::string& choice) {
  const std::filesystem::path bundled = dataFolder() / "topics" / (choice + ".csv");
  return std::filesystem::exists(choice) ? std::filesystem::path(choice) : bundled;
}

Json skippedJson(const std::vector<SkippedRecord>& skipped) {
  Json list = Json::array();
  for (const SkippedRecord& record : skipped) {
    list.push_back({{"file", record.file},
                    {"record", record.record},
                    {"id", record.id},
                    {"reason", record.reason}});
  }
  return list;
}

// The progress is taken off the screen before anything else is printed.
ImportResult readInputs(Arguments& arguments) {
  const std::vector<std::filesystem::path> paths(arguments.inputs.begin(), arguments.inputs.end());
  TerminalProgress progress("reading", "MB");
  arguments.options.progress = &progress;
  return findImporter(arguments.format).run(paths, arguments.options);
}

// A mapping that somebody worked on is never written over.
void writeDraft(Arguments& arguments) {
  const Importer& importer = findImporter(arguments.format);
  if (!importer.draft) {
    throw Error(fmt::format("the format {} needs no mapping", importer.name), {},
                "leave out --draft-mapping");
  }
  if (arguments.inputs.size() != 1) throw Error("a mapping is drafted from one file");
  if (std::filesystem::exists(arguments.draft)) {
    throw Error("the file is there already", arguments.draft, "give the draft another name");
  }
  TerminalProgress progress("reading", "MB");
  arguments.options.progress = &progress;
  writeFileAtomically(arguments.draft, importer.draft(arguments.inputs.front(), arguments.options));
}

void run(Arguments& arguments) {
  arguments.options.mapping = arguments.mapping;
  arguments.options.codebook = arguments.codebook;
  arguments.options.wording = arguments.wording;
  if (!arguments.draft.empty()) {
    writeDraft(arguments);
    return print(
        fmt::format("{} written; look through it, then: {} import {} {} --mapping {} -o "
                    "survey.jsonl\n",
                    arguments.draft, programName(), arguments.format, arguments.inputs.front(),
                    arguments.draft));
  }
  if (!arguments.topics.empty())
    arguments.options.topics = readTopics(topicsFile(arguments.topics));
  const ImportResult result = readInputs(arguments);
  writeSurvey(result.survey, arguments.output);
  for (const std::string& note : result.notes) std::fprintf(stderr, "note: %s\n", note.c_str());
  tellSkipped(result.skipped);
  arguments.json.write({{"questions", result.survey.questions.size()},
                        {"populations", result.survey.populations.size()},
                        {"items", result.survey.items.size()},
                        {"skipped", skippedJson(result.skipped)},
                        {"notes", result.notes}});
  if (arguments.json.toStandardOutput()) return;
  print(fmt::format("{} items ({} questions, {} populations) written to {}; {} left out\n",
                    result.survey.items.size(), result.survey.questions.size(),
                    result.survey.populations.size(), arguments.output, result.skipped.size()));
}

std::string formatHelp() {
  std::string text;
  for (const Importer& importer : importers()) {
    text += (text.empty() ? "" : "; ") + importer.name + ": " + importer.summary;
  }
  return text;
}

}  // namespace

void addImport(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App& verb =
      *app.add_subcommand("import", "Make a survey.jsonl from files of another format");
  verb.add_option("format", arguments->format, formatHelp())->required();
  verb.add_option("input", arguments->inputs,
                  "files of that format, or folders of opinionqa; several become one survey")
      ->required();
  verb.add_flag("--skip-invalid", arguments->options.skipInvalid,
                "leave out invalid records, and say which");
  verb.add_option("--name", arguments->options.name, "the survey's name");
  verb.add_option("--source", arguments->options.source, "citation of where the figures come from");
  verb.add_option("--topics", arguments->topics,
                  "topics by question number: wvs7, or a CSV file first_id,last_id,topic");
  verb.add_option("--nominal", arguments->options.nominalQuestions,
                  "ids of questions whose options have no order, separated by commas")
      ->delimiter(',');
  verb.add_option("--mapping", arguments->mapping,
                  "what the columns of a file of respondents mean: a TOML file, see "
                  "docs/importing.md");
  verb.add_option("--codebook", arguments->codebook,
                  "labels of variables and codes for csv and wvs: a JSON file, see "
                  "docs/importing.md");
  verb.add_option("--wording", arguments->wording,
                  "the questions' full words for wvs: a CSV file variable,text");
  CLI::Option* draft = verb.add_option("--draft-mapping", arguments->draft,
                                       "write a first mapping of a file of respondents, and stop");
  verb.add_flag("--with-missing", arguments->options.withMissing,
                "keep don't know and no answer as options instead of apart from them");
  addJsonOption(verb, arguments->json);
  CLI::Option* output =
      verb.add_option("-o,--output", arguments->output, "survey.jsonl to write")->excludes(draft);
  verb.footer(
      "Examples:\n"
      "  canvass import simllm train.json valid.json --topics wvs7 -o survey.jsonl\n"
      "  canvass import subpop subpop-train.jsonl -o survey.jsonl\n"
      "  canvass import spss answers.sav --draft-mapping mapping.toml\n"
      "  canvass import spss answers.sav --mapping mapping.toml -o survey.jsonl");
  verb.callback([arguments, draft, output] {
    if (draft->empty() && output->empty()) throw CLI::RequiredError("--output or --draft-mapping");
    run(*arguments);
  });
}

}  // namespace canvass
