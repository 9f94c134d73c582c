#include "model_cli/demo_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/options.h"
#include "cli/pace.h"
#include "report/evaluation/evaluation_text.h"
#include "report/terminal/terminal.h"
#include "stats/item_metrics.h"

namespace canvass {
namespace {

std::string comparisonLine(double model, double other, std::string_view title,
                           const Differences& differences, std::size_t metric) {
  const auto& difference = differences.metrics[metric];
  const bool isNoise = !difference || difference->isNoise();
  return fmt::format("  {:<25} {:<20} ({:.3f} vs. {:.3f})\n",
                     isNoise         ? "is indistinguishable from"
                     : model > other ? "beats"
                                     : "is beaten by",
                     title, model, other);
}

// What the figures say in words, bad news included: by how much the model differs from itself
// before it learned and from each baseline, or that chance may explain the difference.
std::string verdict(const std::vector<RunEvaluation>& runs) {
  const std::size_t metric = metricIndex("js_similarity");
  const auto meanOf = [&](const Evaluation& evaluation) {
    return evaluation.metrics.means[metric].mean;
  };
  const RunEvaluation& run = runs.front();
  const double model = meanOf(run.evaluation);
  std::string text;
  for (std::size_t i = 1; i < runs.size(); ++i) {
    text += comparisonLine(model, meanOf(runs[i].evaluation), "itself before",
                           run.uncertainty.fromRuns[i - 1], metric);
  }
  for (std::size_t i = 0; i < run.baselines.size(); ++i) {
    text +=
        comparisonLine(model, meanOf(run.baselines[i].evaluation), run.baselines[i].baseline->title,
                       run.uncertainty.fromBaselines[i], metric);
  }
  return fmt::format("By JS similarity over the held-out cells, the {}model\n{}",
                     runs.size() > 1 ? "specialized " : "", text);
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

std::string figuresText(const std::vector<RunEvaluation>& figures, const Survey& heldOut,
                        const TerminalStyle& style) {
  return headlineTable(columnsOfRuns(figures), style) + "\n" + verdict(figures) +
         extremes(heldOut, figures.front().evaluation, style);
}

std::string nextSteps(const Demo& demo, const std::string& folder, double seconds) {
  const DemoFiles& files = demo.files();
  const std::string trained =
      demo.hasNewModel()
          ? fmt::format("--model {}", files.trained.string())
          : fmt::format("--model {} --adapter {}", demo.model().describe(), files.trained.string());
  std::string text = fmt::format(
      "\nDone in {duration}. Everything is in {folder}/:\n"
      "  held-out.jsonl  predictions.jsonl  evaluation.json\n"
      "  trained/ ({contents}, run.json, history)\n"
      "\nAsk the model something:\n"
      "  {canvass} ask {trained} \\\n"
      "    --population Japan --question \"How much do friends matter in your life?\" \\\n"
      "    --option \"A great deal\" --option \"A fair amount\" \\\n"
      "    --option \"Not much\" --option \"Not at all\"\n",
      fmt::arg("duration", durationText(seconds)), fmt::arg("folder", folder),
      fmt::arg("contents", demo.hasNewModel() ? "model" : "adapter"),
      fmt::arg("canvass", programName()), fmt::arg("trained", trained));
  if (!demo.hasNewModel()) return text;
  return text +
         fmt::format(
             "\nWith a real model (a Hugging Face folder or a GGUF file), in a few minutes:\n"
             "  {canvass} demo --model Qwen2.5-0.5B -o real-demo\n",
             fmt::arg("canvass", programName()));
}

}  // namespace canvass
