#include "model_cli/work_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <variant>

#include "base/memory.h"
#include "report/terminal/terminal_text.h"

namespace canvass {
namespace {

std::string rate(std::size_t count, double seconds) {
  return shortNumber(static_cast<double>(count) / std::max(seconds, 1e-9));
}

Json workJson(const ScoringWork& work) {
  return {{"items", work.items},
          {"prompt_tokens", work.promptTokens},
          {"distinct_tokens", work.distinctTokens},
          {"computed_tokens", work.computedTokens},
          {"forests", work.forests},
          {"workers", work.workers.workers},
          {"encode_seconds", work.encodeSeconds},
          {"compute_seconds", work.computeSeconds},
          {"peak_memory_mb", peakMemoryMegabytes()}};
}

std::string workText(const ScoringWork& work) {
  return fmt::format("{} prompt tokens, {} computed after sharing; {} items per second",
                     grouped(work.promptTokens), grouped(work.computedTokens),
                     rate(work.items, work.computeSeconds));
}

Json workJson(const WrittenPredictWork& work) {
  Json kinds;
  for (std::size_t kind = 0; kind < answerKindCount; ++kind) {
    kinds[answerKindName(static_cast<AnswerKind>(kind))] = work.byKind[kind];
  }
  return {{"items", work.writing.tasks},
          {"failed", work.failed},
          {"texts", kinds},
          {"prompt_tokens", work.writing.promptTokens},
          {"written_tokens", work.writing.writtenTokens},
          {"seconds", work.writing.seconds},
          {"peak_memory_mb", peakMemoryMegabytes()}};
}

std::string workText(const WrittenPredictWork& work) {
  std::string text = fmt::format("{} tokens written, {} per second; {} of {} got no answer",
                                 grouped(work.writing.writtenTokens),
                                 rate(work.writing.writtenTokens, work.writing.seconds),
                                 grouped(work.failed), counted(work.writing.tasks, "item"));
  std::size_t texts = 0;
  for (const std::size_t count : work.byKind) texts += count;
  if (texts == 0) return text;
  const auto share = [&](AnswerKind kind) {
    return percent(static_cast<double>(work.byKind[static_cast<std::size_t>(kind)]) /
                   static_cast<double>(texts));
  };
  return text + fmt::format(
                    "; of the texts, {} name a label, {} have an option's words, {} refuse, {} do "
                    "none of these",
                    share(AnswerKind::label), share(AnswerKind::text), share(AnswerKind::refusal),
                    share(AnswerKind::none));
}

Json workJson(const OptionScoringWork& work) {
  return {
      {"items", work.items}, {"seconds", work.seconds}, {"peak_memory_mb", peakMemoryMegabytes()}};
}

std::string workText(const OptionScoringWork& work) {
  return fmt::format("{} items per second", rate(work.items, work.seconds));
}

}  // namespace

Json workJson(const PredictionWork& work) {
  return std::visit([](const auto& cost) { return workJson(cost); }, work.cost);
}

std::string workText(const PredictionWork& work) {
  return std::visit([](const auto& cost) { return workText(cost); }, work.cost);
}

}  // namespace canvass
