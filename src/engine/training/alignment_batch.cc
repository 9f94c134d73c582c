#include "engine/training/alignment_batch.h"

#include <fmt/format.h>
#include <torch/torch.h>

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
  Targets targets{at::zeros(labels.tokens.sizes(), at::kFloat), labels.present,
                  labels.present.sum(-1).to(at::kFloat)};
  auto shares = targets.shares.accessor<float, 2>();
  for (std::size_t row = 0; row < forest.prompts.size(); ++row) {
    const Distribution& observed = items.observed[forest.prompts[row]];
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
                            const std::string& templateName, LossKind loss) {
  checkItems(survey, loss);
  AlignmentItems items;
  for (const Item& item : survey.items) {
    items.observed.push_back(*item.observed);
    items.groups.push_back(item.question);
  }
  items.prompts = encodeItems(model, survey, templateName);
  return items;
}

ForestPlan planChosen(const AlignmentItems& items, const std::vector<std::size_t>& chosen,
                      const ForestOptions& options, int threads) {
  std::vector<const std::vector<TokenId>*> sequences;
  for (const std::size_t item : chosen) sequences.push_back(&items.prompts[item].tokens);
  ForestPlan plan = planForests(sequences, options, threads);
  for (Forest& forest : plan.forests) {
    for (std::size_t& prompt : forest.prompts) prompt = chosen[prompt];
  }
  return plan;
}

Alignment align(const Decoder& decoder, const AlignmentItems& items, const Forest& forest,
                ExecutionContext& context) {
  const LabelTokens labels = labelTokensOf(forest, items.prompts);
  const at::Tensor states = decoder.answerStates(pack(forest), context);
  return {decoder.logitsOf(states, labels.tokens).cpu(), targetsOf(items, forest, labels)};
}

}  // namespace canvass
