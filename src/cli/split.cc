#include "designs/split.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/error.h"
#include "cli/options.h"
#include "cli/verbs.h"
#include "designs/leave_out.h"
#include "designs/naacl2025.h"
#include "survey/survey_file.h"

namespace canvass {
namespace {

struct Arguments {
  SurveyArguments survey;
  SplitPlan plan;
  std::string design;
  bool repair = false;
  SurveyArguments test;
  double similarity = usualSimilarity;
  std::string output;
};

void noteDropped(const char* kind, const std::vector<std::string>& ids,
                 std::vector<std::string>& notes) {
  if (ids.empty()) return;
  notes.push_back(
      fmt::format("training {} not kept: {} ({})", kind, ids.size(), fmt::join(ids, ", ")));
}

Parts asParts(Split split) {
  Parts result;
  noteDropped("populations", split.droppedPopulations, result.notes);
  noteDropped("questions", split.droppedQuestions, result.notes);
  if (split.droppedItems > 0) {
    result.notes.push_back(fmt::format("items of theirs, in no part: {}", split.droppedItems));
  }
  result.parts.push_back({"train", std::move(split.train)});
  result.parts.push_back({"held-out", std::move(split.heldOut)});
  return result;
}

Parts divide(const Arguments& arguments) {
  const Survey survey = arguments.survey.load();
  if (!arguments.design.empty()) return splitNaacl2025(survey, arguments.repair);
  if (!arguments.test.files.empty()) {
    return leaveSurveyOut(survey, arguments.test.load(), arguments.similarity);
  }
  return asParts(splitSurvey(survey, arguments.plan));
}

std::filesystem::path fileOf(const std::string& part, const Arguments& arguments) {
  return std::filesystem::path(arguments.output) / (part + ".jsonl");
}

// A file of an earlier run would pass for a part of this one.
void checkNoLeftovers(const Parts& parts, const Arguments& arguments) {
  for (const std::string& part : parts.emptyParts) {
    if (!std::filesystem::exists(fileOf(part, arguments))) continue;
    throw Error(fmt::format("the part {} has no item, but there is an older file of it", part),
                fileOf(part, arguments).string(), "remove it, or choose another folder");
  }
}

void run(const Arguments& arguments) {
  const Parts parts = divide(arguments);
  checkNoLeftovers(parts, arguments);
  for (const Part& part : parts.parts) {
    const std::filesystem::path file = fileOf(part.name, arguments);
    writeSurvey(part.survey, file);
    print(fmt::format("{} in {}\n", counted(part.survey.items.size(), "item"), file.string()));
  }
  if (!parts.emptyParts.empty()) {
    print(fmt::format("no item, not written: {}\n", fmt::join(parts.emptyParts, ", ")));
  }
  for (const std::string& note : parts.notes) print("note: " + note + "\n");
}

using Options = std::vector<CLI::Option*>;

Options addHoldOutOptions(CLI::App& verb, SplitPlan& plan) {
  return {
      verb.add_option("--hold-out-populations", plan.populations,
                      "whole populations, by id or name, separated by commas")
          ->delimiter(','),
      verb.add_option("--hold-out-questions", plan.questions,
                      "whole questions, by id, separated by commas")
          ->delimiter(','),
      verb.add_option("--hold-out-topics", plan.topics,
                      "all questions on a topic; may be given several times")
          ->expected(1)
          ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll),
      verb.add_option("--hold-out-cells", plan.cellFraction,
                      "share of the remaining items, drawn at random")
          ->check(CLI::Range(0.0, 1.0)),
      verb.add_option("--keep-populations", plan.keptPopulations,
                      "share of the training populations to keep, drawn at random; a smaller "
                      "share is part of a larger one")
          ->check(CLI::Range(0.0, 1.0)),
      verb.add_option("--keep-questions", plan.keptQuestions,
                      "share of the training questions to keep, likewise")
          ->check(CLI::Range(0.0, 1.0)),
      verb.add_option("--seed", plan.seed, "of the draws")->capture_default_str(),
  };
}

CLI::Option* addDesignOptions(CLI::App& verb, Arguments& arguments) {
  CLI::Option* design =
      verb.add_option("--design", arguments.design,
                      "a published study design: naacl2025 (World Values Survey, wave 7)")
          ->check(CLI::IsMember({"naacl2025"}));
  verb.add_flag("--repair", arguments.repair,
                "put Nigeria and Morocco, which are in two of its country groups, into one (C2)")
      ->needs(design);
  return design;
}

CLI::Option* addTestSurveyOptions(CLI::App& verb, Arguments& arguments) {
  addSurveyOptions(verb, arguments.test, "--test-survey",
                   "train on the survey and test on this one, divided by what training has seen",
                   false);
  CLI::Option* test = verb.get_option("--test-survey");
  verb.add_option("--similarity", arguments.similarity,
                  "how alike two questions are that count as the same, 0 to 1")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 1.0))
      ->needs(test);
  return test;
}

// There are three ways to divide a survey, and one run takes one of them.
void addWays(CLI::App& verb, Arguments& arguments) {
  const Options holdOut = addHoldOutOptions(verb, arguments.plan);
  CLI::Option* design = addDesignOptions(verb, arguments);
  CLI::Option* test = addTestSurveyOptions(verb, arguments);
  design->excludes(test);
  for (CLI::Option* option : holdOut) option->excludes(design)->excludes(test);
}

}  // namespace

void addSplit(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App& verb =
      *app.add_subcommand("split", "Divide a survey into parts to train and to test on");
  addSurveyOptions(verb, arguments->survey, "survey", "survey.jsonl or simllm JSON files", true);
  addWays(verb, *arguments);
  verb.add_option("-o,--output", arguments->output, "folder for a survey file of each part")
      ->required();
  verb.footer(
      "Examples:\n  canvass split survey.jsonl --hold-out-cells 0.08 --seed 1 -o split\n"
      "  canvass split survey.jsonl --design naacl2025 -o split\n"
      "  canvass split wvs.jsonl --test-survey pew.jsonl -o split");
  verb.callback([arguments] { run(*arguments); });
}

}  // namespace canvass
