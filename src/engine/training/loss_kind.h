#pragma once

#include <string>

namespace canvass {

// p observed, q predicted, K options; each is averaged over items.
enum class LossKind {
  kl,        // sum p ln(p/q)
  klLegacy,  // kl / K: the reference's, where short questions weigh more
  js,        // Jensen-Shannon divergence, natural log
  emd,       // sum |CDF_p - CDF_q| / (K - 1): ordinal questions, equal gaps
  ce,        // -sum p ln q: same gradient as kl, different value
  // kl, and from the middle of a run on also how far populations differ from one another: over the
  // items of one question that are drawn together, the variance of q - p, summed over options. It
  // is half the mean square error of the difference between two populations.
  shift,
};

const char* lossName(LossKind kind);  // "kl", "kl-legacy", "js", "emd", "ce", "shift"
// Throws Error naming the known ones.
LossKind parseLoss(const std::string& name);

}  // namespace canvass
