#include "designs/audit.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/file.h"
#include "cli/options.h"
#include "cli/verbs.h"
#include "report/survey/audit_text.h"

namespace canvass {
namespace {

struct Arguments {
  SurveyArguments parts;
  double similarity = usualSimilarity;
  std::size_t examples = 3;
  bool strict = false;
  std::vector<std::string> allowed;
  JsonOutput json;
};

std::vector<Part> loadParts(const SurveyArguments& arguments) {
  requireDistinctFiles({arguments.files.begin(), arguments.files.end()});
  std::vector<Part> parts;
  for (const std::string& file : arguments.files) {
    parts.push_back({file, SurveyArguments{{file}, arguments.skipInvalid}.load()});
  }
  return parts;
}

std::vector<std::string> kindNames() {
  std::vector<std::string> names;
  for (const OverlapKind kind : overlapKinds()) names.emplace_back(overlapName(kind));
  return names;
}

void failWhereOverlapping(const std::vector<PartPair>& pairs,
                          const std::vector<std::string>& allowed) {
  std::vector<std::string> found;
  for (const OverlapKind kind : overlapKinds()) {
    if (std::ranges::find(allowed, overlapName(kind)) != allowed.end()) continue;
    std::size_t count = 0;
    for (const PartPair& pair : pairs) count += countOverlaps(pair, kind);
    if (count > 0) found.push_back(fmt::format("{} {}", count, overlapName(kind)));
  }
  if (found.empty()) return;
  throw Error(fmt::format("the parts overlap: {}", fmt::join(found, ", ")), {},
              "allow with --allow what the design means to share");
}

void run(const Arguments& arguments) {
  const std::vector<PartPair> pairs = auditParts(loadParts(arguments.parts), arguments.similarity);
  if (!arguments.json.toStandardOutput()) {
    print(auditText(pairs, arguments.examples, terminalStyle()));
  }
  Json json = auditJson(pairs);
  json["similarity"] = arguments.similarity;
  arguments.json.write(json);
  if (arguments.strict) failWhereOverlapping(pairs, arguments.allowed);
}

}  // namespace

void addAudit(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App& verb =
      *app.add_subcommand("audit", "Say what parts to train and to test on have in common");
  addSurveyOptions(verb, arguments->parts, "parts", "two or more survey files to compare", true);
  verb.add_option("--similarity", arguments->similarity,
                  "Dice's coefficient of character trigrams from which two questions are alike")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 1.0));
  verb.add_option("--examples", arguments->examples, "cases to show of each kind")
      ->capture_default_str();
  CLI::Option* strict =
      verb.add_flag("--strict", arguments->strict, "fail where the parts have anything in common");
  verb.add_option("--allow", arguments->allowed,
                  fmt::format("what --strict lets pass, separated by commas: {}",
                              fmt::join(kindNames(), ", ")))
      ->delimiter(',')
      ->check(CLI::IsMember(kindNames()))
      ->needs(strict);
  addJsonOption(verb, arguments->json);
  verb.footer(
      "Example:\n  canvass audit split/train.jsonl split/held-out.jsonl --strict "
      "--allow populations");
  verb.callback([arguments] { run(*arguments); });
}

}  // namespace canvass
