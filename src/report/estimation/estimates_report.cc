#include "report/estimation/estimates_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "estimation/estimate_file.h"
#include "report/json_parts.h"
#include "report/terminal/terminal.h"

namespace canvass {
namespace {

std::string priorText(const PriorFit& fit) {
  return fmt::format(
      "Items: the predictions improve each estimate as much as {:.1f} more interviews per item "
      "would; {:.1f} of these are due to the model, the rest to shrinkage alone.",
      fit.interviewsSaved, fit.savedByModel());
}

double medianGain(const std::vector<QuestionEstimate>& questions) {
  std::vector<double> gains;
  for (const QuestionEstimate& question : questions) gains.push_back(question.mean.gain);
  const auto middle = gains.begin() + std::ssize(gains) / 2;
  std::ranges::nth_element(gains, middle);
  return *middle;
}

std::string meansText(const std::vector<QuestionEstimate>& questions) {
  if (questions.empty()) {
    return "No question was asked in two or more populations: no means over populations.";
  }
  const auto helped = std::ranges::count_if(
      questions, [](const QuestionEstimate& question) { return question.mean.weight > 0.0; });
  return fmt::format(
      "Means over populations of {}: predictions help for {} of them; without predictions the "
      "sample would need {:.2f} times as many populations (median).",
      counted(questions.size(), "question"), helped, medianGain(questions));
}

Json figuresToJson(const EstimateFigures& figures) {
  return {{"estimated", figures.estimated},
          {"coverage", figures.coverage},
          {"lowest_coverage", figures.lowestCoverage},
          {"highest_coverage", figures.highestCoverage},
          {"sample_coverage", figures.sampleCoverage},
          {"mean_squared_error", figures.error},
          {"sample_mean_squared_error", figures.sampleError},
          {"model_mean_squared_error", figures.modelError},
          {"gain", figures.gain()}};
}

std::string row(const char* title, const EstimateFigures& figures) {
  return fmt::format("{:<22}{:>7}{:>15}{:>10.5f}{:>9.5f}{:>9.5f}{:>7.2f}\n", title,
                     percent(figures.coverage),
                     fmt::format("{:.1f}-{:.1f}%", 100.0 * figures.lowestCoverage,
                                 100.0 * figures.highestCoverage),
                     figures.error, figures.sampleError, figures.modelError, figures.gain());
}

}  // namespace

Json estimatesToJson(const SampleEstimates& estimates) {
  Json result{{"items", estimates.items.size()},
              {"prior", priorToJson(estimates.prior)},
              {"means", estimates.questions.size()},
              {"skipped", skippedJson(estimates.skipped)}};
  result["median_gain"] =
      estimates.questions.empty() ? Json(nullptr) : Json(medianGain(estimates.questions));
  return result;
}

std::string estimatesText(const SampleEstimates& estimates, const TerminalStyle& style) {
  return paragraph(priorText(estimates.prior), style) +
         paragraph(meansText(estimates.questions), style) +
         leftOutText(estimates.skipped, "item", style);
}

Json samplingStudyToJson(const SamplingStudy& study) {
  return {{"items", figuresToJson(study.shrunk)},
          {"worst_predicted_items", figuresToJson(study.shrunkAtWorst)},
          {"means", figuresToJson(study.rectified)},
          {"claimed_interviews_saved", study.claimedInterviews},
          {"claimed_interviews_saved_by_model", study.claimedByModel},
          {"weight", study.meanWeight}};
}

std::string samplingStudyText(const SamplingStudy& study, const SamplingStudyOptions& options,
                              const TerminalStyle& style) {
  std::string text =
      paragraph(fmt::format("{} of {} respondents per item, {} populations per question",
                            counted(options.simulations, "simulated survey"),
                            grouped(options.respondents), grouped(options.populations)),
                style);
  text += fmt::format("\n{:>44}{:>28}\n", "95% intervals hold", "mean squared error");
  text += fmt::format("{:<22}{:>7}{:>15}{:>10}{:>9}{:>9}{:>7}\n", "", "all", "each survey",
                      "combined", "sample", "model", "gain");
  text += row("items, shrunk", study.shrunk);
  text += row("  the worst predicted", study.shrunkAtWorst);
  text += row("means, rectified", study.rectified);
  const double gained = static_cast<double>(options.respondents) * (study.shrunk.gain() - 1.0);
  return text + "\n" +
         paragraph(
             fmt::format("The sample alone would need {:.1f} more interviews per item to do "
                         "as well; estimated from the samples: {:.1f}, of which {:.1f} due "
                         "to the model. Mean weight in means: {:.2f}.",
                         gained, study.claimedInterviews, study.claimedByModel, study.meanWeight),
             style);
}

}  // namespace canvass
