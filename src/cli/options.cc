#include "cli/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/list_text.h"
#include "cli/number_checks.h"
#include "import/import.h"

namespace canvass {

Survey SurveyArguments::load() const {
  ImportOptions options;
  options.skipInvalid = skipInvalid != nullptr && skipInvalid->count() > 0;
  requireDistinctFiles({files.begin(), files.end()});
  std::vector<Survey> surveys;
  for (const std::string& file : files) {
    ImportResult result = loadSurveyWithNotes(file, options);
    reportSkipped(result.skipped);
    surveys.push_back(std::move(result.survey));
  }
  return surveys.size() == 1 ? std::move(surveys.front()) : mergeSurveys(surveys);
}

std::optional<Survey> SurveyArguments::loadIfGiven() const {
  if (files.empty()) return std::nullopt;
  return load();
}

std::vector<Part> SurveyArguments::loadParts(PartName name) const {
  requireDistinctFiles({files.begin(), files.end()});
  std::vector<Part> parts;
  for (const std::string& file : files) {
    const std::string stem = std::filesystem::path(file).stem().string();
    parts.push_back(
        {name == PartName::stem ? stem : file, SurveyArguments{{file}, skipInvalid}.load()});
  }
  return parts;
}

void reportSkipped(const std::vector<SkippedRecord>& skipped) {
  for (const SkippedRecord& record : skipped) {
    tell(fmt::format("left out: {}: {}", recordPlace(record.file, record.record, record.id),
                     record.reason));
  }
  if (!skipped.empty()) tell(counted(skipped.size(), "record") + " left out");
}

void addSurveyOptions(CLI::App& verb, SurveyArguments& arguments, const std::string& name,
                      const std::string& help, bool required) {
  verb.add_option(name, arguments.files, help)->type_name("FILE")->required(required);
  arguments.skipInvalid = verb.get_option_no_throw("--skip-invalid");
  if (arguments.skipInvalid != nullptr) return;
  const std::string meaning = "leave out invalid records of simllm files, and report them";
  arguments.skipInvalid = verb.add_flag("--skip-invalid", meaning);
}

bool JsonOutput::toStandardOutput() const { return option->count() > 0 && file.empty(); }

void JsonOutput::write(const Json& json) const {
  if (option->count() == 0) return;
  const std::string text = jsonText(json, 2) + "\n";
  if (file.empty()) {
    printForPrograms(text);
  } else {
    writeFileAtomically(file, text);
  }
}

void addBootstrapOptions(CLI::App& verb, BootstrapOptions& options, const std::string& what) {
  verb.add_option("--resamples", options.resamples,
                  fmt::format("number of bootstrap resamples of {}, for 95% intervals", what))
      ->check(wholeNumber(40, 1'000'000))
      ->capture_default_str();
  verb.add_option("--seed", options.seed, "random seed of the resamples")
      ->check(seedNumber())
      ->capture_default_str();
}

CLI::Option* addNamesOption(CLI::App& verb, const std::string& option,
                            std::vector<std::string>& names, const std::string& help) {
  return verb
      .add_option_function<std::vector<std::string>>(
          option,
          [&names](const std::vector<std::string>& lists) {
            for (const std::string& list : lists)
              std::ranges::move(namesTyped(list), std::back_inserter(names));
          },
          help)
      ->type_name("NAMES");
}

void addNeighborsOption(CLI::App& verb, std::size_t& neighbors) {
  verb.add_option("--neighbours", neighbors,
                  "number of populations that the baseline nearest_populations averages")
      ->check(wholeNumber(1))
      ->capture_default_str()
      ->needs("--train");
}

std::string checkPictureFile(const std::string& file) {
  const auto extension = std::filesystem::path(file).extension();
  return extension == ".svg" || extension == ".png" ? "" : file + ": must end in .svg or .png";
}

void addJsonOption(CLI::App& verb, JsonOutput& output, const std::vector<const char*>& ofText) {
  output.option =
      verb.add_option("--json", output.file, "print results as JSON, or write them to FILE")
          ->type_name("FILE")
          ->expected(0, 1);
  verb.parse_complete_callback([&verb, &output, ofText] {
    if (!output.toStandardOutput()) return;
    for (const char* option : ofText) {
      if (verb.get_option(option)->count() == 0) continue;
      throw CLI::ValidationError(option,
                                 "shapes the text, and --json prints JSON instead; to have both, "
                                 "write the JSON to a file: --json FILE");
    }
  });
}

std::string inQuotes(const std::string& text) {
  std::string result = "'";
  for (const char character : text) {
    if (character == '\'') {
      result += "'\\''";
    } else {
      result += character;
    }
  }
  return result + "'";
}

std::vector<std::string> commandOf(const CLI::App& verb) {
  std::vector<std::string> words = {"canvass", verb.get_name()};
  for (const CLI::Option* option : verb.get_options()) {
    if (option->count() == 0) continue;
    if (!option->get_positional()) words.push_back(option->get_name());
    for (const std::string& value : option->results()) {
      words.push_back(value.find_first_of(" \"'$") == value.npos ? value : inQuotes(value));
    }
  }
  return words;
}

void refuseRenamed(CLI::App& verb, const std::string& former, const std::string& now) {
  const auto refuse = [former, now](const std::vector<std::string>&) {
    throw CLI::ValidationError(former, "is now called " + now);
  };
  const char* const hidden = "";
  verb.add_option_function<std::vector<std::string>>(former, refuse)
      ->expected(0, CLI::detail::expected_max_vector_size)
      ->group(hidden);
}

std::string programName() { return ::program_invocation_name; }

}  // namespace canvass
