#include "cli/options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <sys/ioctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/file.h"
#include "engine/run_record.h"
#include "import/import.h"
#include "prompt/template.h"

namespace canvass {

void ModelArguments::useTrainedTemplate(std::string& templateName) const {
  if (!templateName.empty()) return;
  templateName = trainedTemplate(adapter.empty() ? model : adapter).value_or("paper");
}

LanguageModel ModelArguments::load(bool trainable) const {
  setThreads(threads);
  return LanguageModel({model, adapter, parsePrecision(precision), chat, trainable});
}

void addModelOptions(CLI::App& verb, ModelArguments& arguments, bool withAdapter) {
  verb.add_option("--model", arguments.model, "Hugging Face model folder")->required();
  if (withAdapter) verb.add_option("--adapter", arguments.adapter, "PEFT adapter folder");
  verb.add_option("--precision", arguments.precision,
                  "auto (bf16 where the weights are 16-bit and the processor has it), fp32, bf16")
      ->capture_default_str();
  verb.add_option("--chat", arguments.chat,
                  "chat format: auto (the model's own), none, vicuna, or a Jinja file")
      ->capture_default_str();
  verb.add_option("--threads", arguments.threads, "0 for all processors")->capture_default_str();
}

Survey SurveyArguments::load() const {
  ImportOptions options;
  options.skipInvalid = skipInvalid;
  std::vector<Survey> surveys;
  for (const std::string& file : files) {
    ImportResult result = loadSurveyWithNotes(file, options);
    tellSkipped(result.skipped);
    surveys.push_back(std::move(result.survey));
  }
  return surveys.size() == 1 ? std::move(surveys.front()) : mergeSurveys(surveys);
}

void tellSkipped(const std::vector<SkippedRecord>& skipped) {
  for (const SkippedRecord& record : skipped) {
    std::fprintf(stderr, "left out: %s: %s\n",
                 recordPlace(record.file, record.record, record.id).c_str(),
                 record.reason.c_str());
  }
  if (!skipped.empty()) std::fprintf(stderr, "%zu records left out\n", skipped.size());
}

TerminalStyle terminalStyle() {
  TerminalStyle style;
  winsize size{};
  if (::isatty(STDOUT_FILENO) == 0) return style;
  style.colour = std::getenv("NO_COLOR") == nullptr;
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    style.width = std::min<std::size_t>(size.ws_col, 100);
  }
  return style;
}

void addSurveyOptions(CLI::App& verb, SurveyArguments& arguments, const std::string& name,
                      const std::string& help, bool required) {
  verb.add_option(name, arguments.files, help)->required(required);
  if (verb.get_option_no_throw("--skip-invalid") == nullptr) {
    verb.add_flag("--skip-invalid", arguments.skipInvalid,
                  "leave out invalid records of simllm files, and say which");
  }
}

void addTemplateOption(CLI::App& verb, std::string& name) {
  verb.add_option("--template", name,
                  fmt::format("{}; by default the one the model was trained with, else paper",
                              fmt::join(templateNames(), ", ")));
}

void addForestOptions(CLI::App& verb, ForestOptions& options) {
  verb.add_option("--token-budget", options.tokenBudget,
                  "new tokens computed at once: less takes less memory")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
}

bool JsonOutput::toStandardOutput() const { return option->count() > 0 && file.empty(); }

void JsonOutput::write(const Json& json) const {
  if (option->count() == 0) return;
  const std::string text = json.dump(2) + "\n";
  if (file.empty()) {
    print(text);
  } else {
    writeFileAtomically(file, text);
  }
}

void addJsonOption(CLI::App& verb, JsonOutput& output) {
  output.option = verb.add_option("--json", output.file, "results as JSON, to FILE or the screen")
                      ->type_name("[FILE]")
                      ->expected(0, 1);
}

void print(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

}  // namespace canvass
