#include "report/estimation/plan_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "report/json_parts.h"
#include "report/terminal/plain_table.h"

namespace canvass {
namespace {

constexpr std::size_t shownPlans = 9;

Json planJson(const InterviewPlan& plan) {
  return {{"populations", plan.populations},
          {"respondents", plan.respondents},
          {"mean", {{"sample", plan.meanOfSample}, {"with_predictions", plan.meanWithPredictions}}},
          {"each",
           {{"sample", numberJson(plan.eachOfSample)},
            {"with_predictions", plan.eachWithPredictions}}}};
}

std::string inPoints(double error) { return fmt::format("{:.1f}", 100.0 * error); }

// The best ones, the first, the last, and others spread evenly in between.
std::set<std::size_t> shownOf(const InterviewPlans& plans) {
  std::set<std::size_t> shown{plans.bestForMean, plans.bestForEach};
  const std::size_t last = plans.plans.size() - 1;
  for (std::size_t i = 0; i < shownPlans - 2; ++i) shown.insert(i * last / (shownPlans - 3));
  std::erase_if(shown, [&](std::size_t index) { return index > last; });
  return shown;
}

std::string planTable(const InterviewPlans& plans, const TerminalStyle& style) {
  const std::string none(sign("–", "-", style));
  std::vector<std::vector<std::string>> rows{{"populations", "interviews\nin each",
                                              "mean of all:\nsample alone", "with\npredictions",
                                              "each one:\nsample alone", "with\npredictions", ""}};
  rows.push_back({"none", none, none, inPoints(plans.meanOfPredictions), none,
                  inPoints(plans.eachOfPredictions), ""});
  for (const std::size_t index : shownOf(plans)) {
    const InterviewPlan& plan = plans.plans[index];
    std::string marks;
    if (index == plans.bestForMean) marks += " best for the mean";
    if (index == plans.bestForEach) marks += marks.empty() ? " best for each" : " and for each";
    rows.push_back({grouped(plan.populations), grouped(plan.respondents),
                    inPoints(plan.meanOfSample), inPoints(plan.meanWithPredictions),
                    plan.eachOfSample ? inPoints(*plan.eachOfSample) : none,
                    inPoints(plan.eachWithPredictions), marks});
  }
  return plainTable(rows, style);
}

}  // namespace

Json interviewPlansToJson(const InterviewPlans& plans, const InterviewCosts& costs) {
  const QuestionVariances& of = plans.variances;
  Json json{
      {"budget", costs.budget},
      {"cost_per_population", costs.perPopulation},
      {"learned_from",
       {{"questions", of.questions},
        {"sampling", of.sampling},
        {"between", of.between},
        {"left", of.left},
        {"item_error", of.itemError},
        {"mean_error", of.meanError},
        {"options", of.options}}},
      {"predictions_alone", {{"mean", plans.meanOfPredictions}, {"each", plans.eachOfPredictions}}},
      {"best_for_mean", planJson(plans.plans[plans.bestForMean])},
      {"best_for_each", planJson(plans.plans[plans.bestForEach])},
      {"plans", Json::array()}};
  for (const InterviewPlan& plan : plans.plans) json["plans"].push_back(planJson(plan));
  return json;
}

std::string interviewPlansText(const InterviewPlans& plans, const InterviewCosts& costs,
                               const TerminalStyle& style) {
  const InterviewPlan& mean = plans.plans[plans.bestForMean];
  const InterviewPlan& each = plans.plans[plans.bestForEach];
  std::string text =
      paragraph(
          fmt::format(
              "Expected errors of a share, in percentage points (root mean square), as "
              "{} show, for a budget of {:g} interviews{}:",
              counted(plans.variances.questions, "observed question"), costs.budget,
              costs.perPopulation > 0.0
                  ? fmt::format(", of which entering a population costs {:g}", costs.perPopulation)
                  : ""),
          style) +
      "\n" + planTable(plans, style) + "\n";
  text +=
      paragraph(fmt::format("For the mean over all populations: interview {} in each of {}, drawn "
                            "at random, and rectify it with predictions (combine estimate).",
                            mean.respondents, counted(mean.populations, "population")),
                style);
  text += paragraph(
      plans.eachOfPredictions <= each.eachWithPredictions
          ? std::string("For each population: predictions alone are as good.")
          : fmt::format("For each population: interview {} in each of {}, shrunk to predictions{}.",
                        each.respondents, counted(each.populations, "population"),
                        each.eachOfSample ? "" : "; take the others as they are predicted"),
      style);
  return text;
}

}  // namespace canvass
