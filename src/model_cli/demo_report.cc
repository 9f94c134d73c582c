#include "model_cli/demo_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/options.h"
#include "cli/pace.h"
#include "report/terminal/terminal.h"
#include "stats/item_metrics.h"

namespace canvass {
namespace {

// What the figures say in words, bad news included: by how much the model differs from each
// baseline, or that chance may explain the difference.
std::string verdict(const RunEvaluation& run) {
  const std::size_t metric = metricIndex("js_similarity");
  const double model = run.evaluation.metrics.means[metric].mean;
  std::string text;
  for (std::size_t i = 0; i < run.baselines.size(); ++i) {
    const BaselineEvaluation& baseline = run.baselines[i];
    const double other = baseline.evaluation.metrics.means[metric].mean;
    const auto& difference = run.uncertainty.fromBaselines[i].metrics[metric];
    const bool isNoise = !difference || difference->isNoise();
    text += fmt::format("  {:<25} {:<20} ({:.3f} vs. {:.3f})\n",
                        isNoise         ? "is indistinguishable from"
                        : model > other ? "beats"
                                        : "is beaten by",
                        baseline.baseline->title, model, other);
  }
  return "By JS similarity over the held-out cells, the model\n" + text;
}

std::string extremes(const Survey& survey, const Evaluation& evaluation,
                     const TerminalStyle& style) {
  const auto worse = [&](const ItemScores& a, const ItemScores& b) {
    return *a.scores.front() < *b.scores.front();
  };
  const auto [worst, best] =
      std::minmax_element(evaluation.items.begin(), evaluation.items.end(), worse);
  std::string text;
  for (const auto& [title, scores] :
       {std::pair("Best item", best), std::pair("Worst item", worst)}) {
    const Item& item = survey.items[scores->item];
    text += fmt::format("\n{} (JS similarity {:.3f})\n", title, *scores->scores.front());
    text += itemBars(survey.questionOf(item), survey.populationOf(item), *item.observed,
                     scores->predicted, style);
  }
  return text;
}

}  // namespace

std::string surveyText(const Survey& survey, const TerminalStyle& style) {
  return paragraph(
             fmt::format("The survey: {} asked in {} countries, {} of real answers",
                         counted(survey.questions.size(), "question"),
                         grouped(survey.populations.size()), counted(survey.items.size(), "cell")),
             style) +
         paragraph(fmt::format("({})", survey.source), style) + "\n";
}

std::string figuresText(const RunEvaluation& figures, const Survey& heldOut,
                        const TerminalStyle& style) {
  std::vector<TableColumn> columns = columnsOf(figures, "model");
  markNoise(columns, figures.uncertainty);
  return headlineTable(columns, style) + "\n" + verdict(figures) +
         extremes(heldOut, figures.evaluation, style);
}

std::string nextSteps(const DemoFiles& files, const std::string& folder, double seconds) {
  return fmt::format(
      "\nDone in {duration}. Everything is in {folder}/:\n"
      "  held-out.jsonl  predictions.jsonl  evaluation.json\n"
      "  trained/ (model, run.json, history)\n"
      "\nAsk the model something:\n"
      "  {canvass} ask --model {trained} --population Japan \\\n"
      "    --question \"How much do friends matter in your life?\" \\\n"
      "    --option \"A great deal\" --option \"A fair amount\" \\\n"
      "    --option \"Not much\" --option \"Not at all\"\n"
      "\nWith a real model (a Hugging Face folder, such as Qwen2.5-0.5B):\n"
      "  {canvass} train --model Qwen2.5-0.5B --survey {train} -o adapter\n"
      "  {canvass} predict --model Qwen2.5-0.5B --adapter adapter \\\n"
      "    --items {heldOut} -o predictions.jsonl\n"
      "  {canvass} evaluate --survey {heldOut} \\\n"
      "    --train {train} --predictions predictions.jsonl\n",
      fmt::arg("duration", durationText(seconds)), fmt::arg("folder", folder),
      fmt::arg("canvass", programName()), fmt::arg("trained", files.trained.string()),
      fmt::arg("train", files.train.string()), fmt::arg("heldOut", files.heldOut.string()));
}

}  // namespace canvass
