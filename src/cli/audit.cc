#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/number_checks.h"
#include "cli/options.h"
#include "cli/verbs.h"
#include "report/survey/audit_text.h"
#include "tasks/audit_task.h"

namespace canvass {
namespace {

struct AuditArguments {
  SurveyArguments parts;
  double similarity = usualSimilarity;
  std::size_t examples = 3;
  bool strict = false;
  std::vector<std::string> allowed;
  JsonOutput json;
};

void runAudit(const AuditArguments& arguments) {
  const std::vector<PartPair> pairs =
      auditParts(arguments.parts.loadParts(SurveyArguments::PartName::file), arguments.similarity);
  if (!arguments.json.toStandardOutput()) {
    print(auditText(pairs, arguments.examples, terminalStyle()));
  }
  Json json = auditJson(pairs);
  json["similarity"] = arguments.similarity;
  arguments.json.write(json);
  if (arguments.strict) requireNoOverlap(pairs, arguments.allowed);
}

}  // namespace

void addAudit(CLI::App& app) {
  auto arguments = std::make_shared<AuditArguments>();
  CLI::App& verb =
      *app.add_subcommand("audit", "Report what training and test parts have in common");
  addSurveyOptions(verb, arguments->parts, "parts", "two or more survey files to compare", true);
  verb.add_option(
          "--similarity", arguments->similarity,
          "Dice coefficient of character trigrams at or above which two questions count as alike")
      ->check(number(0.0, 1.0))
      ->capture_default_str();
  verb.add_option("--examples", arguments->examples, "number of examples to show of each kind")
      ->check(wholeNumber(0))
      ->capture_default_str();
  CLI::Option* strict =
      verb.add_flag("--strict", arguments->strict, "fail if the parts have anything in common");
  verb.add_option("--allow", arguments->allowed,
                  fmt::format("kinds of overlap that --strict accepts, separated by commas: {}",
                              fmt::join(overlapNames(), ", ")))
      ->delimiter(',')
      ->check(CLI::IsMember(overlapNames()))
      ->needs(strict);
  addJsonOption(verb, arguments->json, {"--examples"});
  verb.footer(
      "Example:\n  canvass audit split/train.jsonl split/held-out.jsonl --strict "
      "--allow populations");
  verb.callback([arguments] { runAudit(*arguments); });
}

}  // namespace canvass
