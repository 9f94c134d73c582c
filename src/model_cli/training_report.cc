#include "model_cli/training_report.h"

#include <fmt/format.h>

#include "cli/pace.h"
#include "report/terminal/terminal_text.h"

namespace canvass {

std::string presetText(const TrainingPlan& plan, const TrainingChoice& choice) {
  if (choice.preset || std::string_view(plan.preset->name) == "adapter") return "";
  return fmt::format("settings of --preset {}, for {}: {}", plan.preset->name,
                     plan.preset->description, choice.model.model->describe());
}

std::string epochText(const EpochRecord& record, std::size_t epochs, bool isBest) {
  std::string text =
      fmt::format("epoch {}/{}: loss {:.4f}", record.epoch, epochs, record.trainLoss);
  if (record.validLoss) {
    text += fmt::format(", valid {:.4f}, JS similarity {:.3f}", *record.validLoss,
                        *record.validSimilarity);
    if (isBest) text += " (best)";
  }
  return text + fmt::format(", {}/s, {}", shortNumber(record.itemsPerSecond),
                            durationText(record.seconds));
}

}  // namespace canvass
