#include "engine/training/loss.h"

#include <ATen/ATen.h>

#include <cstdint>
#include <limits>
#include <unordered_map>

#include "base/error.h"

namespace canvass {
namespace {

struct NamedLoss {
  LossKind kind;
  const char* name;
};

constexpr NamedLoss losses[] = {{LossKind::kl, "kl"}, {LossKind::klLegacy, "kl-legacy"},
                                {LossKind::js, "js"}, {LossKind::emd, "emd"},
                                {LossKind::ce, "ce"}, {LossKind::shift, "shift"}};

at::Tensor logPredicted(const at::Tensor& logits, const Targets& targets) {
  const at::Tensor absent = targets.present.logical_not();
  return logits.masked_fill(absent, -std::numeric_limits<float>::infinity())
      .log_softmax(-1)
      .masked_fill(absent, 0.0);
}

at::Tensor crossEntropy(const at::Tensor& logQ, const Targets& targets) {
  return -(targets.shares * logQ).sum(-1);
}

at::Tensor klDivergence(const at::Tensor& logQ, const Targets& targets) {
  return at::xlogy(targets.shares, targets.shares).sum(-1) + crossEntropy(logQ, targets);
}

at::Tensor jsDivergence(const at::Tensor& logQ, const Targets& targets) {
  const at::Tensor p = targets.shares;
  const at::Tensor q = logQ.exp() * targets.present;
  const at::Tensor middle = ((p + q) * 0.5).clamp_min(std::numeric_limits<float>::min());
  const at::Tensor ofObserved = (at::xlogy(p, p) - p * middle.log()).sum(-1);
  const at::Tensor ofPredicted = (q * (logQ - middle.log())).sum(-1);
  return (ofObserved + ofPredicted) * 0.5;
}

at::Tensor earthMoversDistance(const at::Tensor& logQ, const Targets& targets) {
  const at::Tensor q = logQ.exp() * targets.present;
  const at::Tensor gaps = (targets.shares - q).cumsum(-1).abs() * targets.present;
  return gaps.sum(-1) / (targets.counts - 1.0);
}

// The place of each row's question among those of all rows, in the order of first appearance.
at::Tensor placesOf(const std::vector<std::size_t>& questions) {
  std::unordered_map<std::size_t, std::int64_t> places;
  std::vector<std::int64_t> result;
  for (const std::size_t question : questions) {
    const auto next = static_cast<std::int64_t>(places.size());
    result.push_back(places.emplace(question, next).first->second);
  }
  return at::tensor(result, at::kLong);
}

// The variance of the errors q - p over the rows of a question, for each of its rows; 0 for one
// alone. Of m rows, sum |d - mean|^2 is 1/m times the sum of |d_a - d_b|^2 over pairs: none has to
// be formed.
at::Tensor differenceErrors(const at::Tensor& logQ, const Targets& targets) {
  const at::Tensor errors = logQ.exp() * targets.present - targets.shares;
  const at::Tensor places = placesOf(targets.questions);
  const at::Tensor rows =
      at::zeros_like(targets.counts).index_add(0, places, at::ones_like(targets.counts));
  const at::Tensor members = rows.index_select(0, places);
  const at::Tensor sums = at::zeros_like(errors).index_add(0, places, errors);
  const at::Tensor centered = errors - sums.index_select(0, places) / members.unsqueeze(-1);
  return centered.square().sum(-1) * members / (members - 1.0).clamp_min(1.0);
}

}  // namespace

const char* lossName(LossKind kind) {
  for (const NamedLoss& loss : losses) {
    if (loss.kind == kind) return loss.name;
  }
  return "";
}

LossKind parseLoss(const std::string& name) {
  std::string known;
  for (const NamedLoss& loss : losses) {
    if (name == loss.name) return loss.kind;
    known += std::string(known.empty() ? "" : ", ") + loss.name;
  }
  throw Error("the loss \"" + name + "\" is not known", {}, "choose one of " + known);
}

at::Tensor lossSum(LossKind kind, const at::Tensor& logits, const Targets& targets,
                   double shiftWeight) {
  const at::Tensor logQ = logPredicted(logits, targets);
  switch (kind) {
    case LossKind::kl:
      return klDivergence(logQ, targets).sum();
    case LossKind::klLegacy:
      return (klDivergence(logQ, targets) / targets.counts).sum();
    case LossKind::js:
      return jsDivergence(logQ, targets).sum();
    case LossKind::emd:
      return earthMoversDistance(logQ, targets).sum();
    case LossKind::ce:
      return crossEntropy(logQ, targets).sum();
    case LossKind::shift:
      if (shiftWeight == 0.0) return klDivergence(logQ, targets).sum();
      return (klDivergence(logQ, targets) + shiftWeight * differenceErrors(logQ, targets)).sum();
  }
  throw Error("an unknown loss");
}

}  // namespace canvass
