#include "engine/training/alignment_batch.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include "base/error.h"
#include "engine/forest/pack.h"
#include "engine/scoring/option_logits.h"
#include "stats/metrics.h"

namespace canvass {
namespace {

void checkItem(const Question& question, const Population& population, const Item& item,
               LossKind loss) {
  const std::string where = fmt::format("question {}, population {}", question.id, population.id);
  if (!item.observed) {
    throw Error("the item has no observed distribution to train on", where);
  }
  if (loss == LossKind::emd && question.scale == Scale::nominal) {
    throw Error("the loss \"emd\" needs ordered options, and this question is nominal", where,
                "choose another loss");
  }
}

Targets targetsOf(const AlignmentItems& items, const Forest& forest, const LabelTokens& labels) {
  Targets targets{at::zeros(labels.tokens.sizes(), at::kFloat),
                  labels.present,
                  labels.present.sum(-1).to(at::kFloat),
                  {}};
  auto shares = targets.shares.accessor<float, 2>();
  for (std::size_t row = 0; row < forest.slots.size(); ++row) {
    const PromptSlot& slot = forest.slots[row];
    targets.questions.push_back(items.groups[slot.prompt]);
    const Distribution& observed = items.observed[slotOf(items.prompts, slot).item];
    for (std::size_t option = 0; option < observed.size(); ++option) {
      shares[static_cast<std::int64_t>(row)][static_cast<std::int64_t>(option)] =
          static_cast<float>(observed[option]);
    }
  }
  return targets;
}

}  // namespace

void checkItems(const Survey& survey, LossKind loss) {
  for (const Item& item : survey.items) {
    checkItem(survey.questionOf(item), survey.populationOf(item), item, loss);
  }
}

double logitSimilarity(const at::Tensor& logits, const Distribution& observed) {
  const at::Tensor shares =
      logits.to(at::kDouble).narrow(0, 0, static_cast<std::int64_t>(observed.size())).softmax(0);
  return jsSimilarity(observed, {shares.data_ptr<double>(), observed.size()});
}

AlignmentItems prepareItems(const LanguageModel& model, const Survey& survey,
                            const Template& asking, LossKind loss) {
  checkItems(survey, loss);
  AlignmentItems items;
  for (const Item& item : survey.items) {
    items.observed.push_back(*item.observed);
    items.groups.push_back(item.question);
  }
  items.prompts = encodeItems(model, survey, asking);
  return items;
}

std::size_t slotCount(const AlignmentItems& items, const std::vector<std::size_t>& chosen) {
  std::size_t count = 0;
  for (const std::size_t prompt : chosen) count += items.prompts[prompt].slots.size();
  return count;
}

ForestPlan planChosen(const AlignmentItems& items, const std::vector<std::size_t>& chosen,
                      const ForestOptions& options, int threads) {
  std::vector<ForestPrompt> prompts;
  for (const std::size_t prompt : chosen) prompts.push_back(forestPromptOf(items.prompts[prompt]));
  ForestPlan plan = planForests(prompts, options, threads);
  for (Forest& forest : plan.forests) {
    for (PromptSlot& slot : forest.slots) slot.prompt = chosen[slot.prompt];
  }
  return plan;
}

Alignment align(const Decoder& decoder, const AlignmentItems& items, const Forest& forest,
                ExecutionContext& context) {
  const LabelTokens labels = labelTokensOf(forest, items.prompts);
  const at::Tensor states = decoder.answerStates(pack(forest), context);
  return {decoder.head().logitsOf(states, labels.tokens, context).cpu(),
          targetsOf(items, forest, labels)};
}

}  // namespace canvass
