#include "model_cli/timing.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/scoring/product_rate.h"
#include "model/decoder.h"
#include "report/terminal/terminal_text.h"

namespace canvass {
namespace {

double percent(double part, double whole) { return whole > 0.0 ? 100.0 * part / whole : 0.0; }

std::size_t typicalRows(const ScoringWork& work) {
  return work.forests == 0 ? 0 : work.computedTokens / work.forests;
}

}  // namespace

double Timing::workerSeconds() const {
  return work.computeSeconds * static_cast<double>(work.workers.workers);
}

double Timing::restSeconds() const {
  return std::max(
      workerSeconds() - work.operations.productSeconds - work.operations.attentionSeconds, 0.0);
}

double Timing::rate() const {
  return work.computeSeconds > 0.0 ? work.operations.productOperations / work.computeSeconds : 0.0;
}

Timing timingOf(const LanguageModel& model, const ScoringWork& work, double loadSeconds) {
  Timing timing{work, loadSeconds, 0.0};
  if (work.items > 0) {
    timing.bareRate = bareProductRate(*model.decoder, work.workers, typicalRows(work));
  }
  return timing;
}

std::string timingText(const Timing& timing) {
  const ScoringWork& work = timing.work;
  const double whole = timing.workerSeconds();
  const std::size_t shared = work.promptTokens - work.computedTokens;
  const auto line = [](const char* what, const std::string& figure) {
    return fmt::format("  {:<22}{}\n", what, figure);
  };
  const auto share = [&](double seconds) {
    return fmt::format("{:>5.1f} % of computing", percent(seconds, whole));
  };
  return line("loading", fmt::format("{:.2f} s", timing.loadSeconds)) +
         line("prompts to tokens", fmt::format("{:.2f} s", work.encodeSeconds)) +
         line("computing",
              fmt::format("{:.2f} s, workers: {}, threads of each: {}", work.computeSeconds,
                          work.workers.workers, work.workers.threadsEach)) +
         line("tokens in", grouped(work.promptTokens)) +
         line("tokens shared", fmt::format("{} ({:.1f} %), in {} forests", grouped(shared),
                                           percent(static_cast<double>(shared),
                                                   static_cast<double>(work.promptTokens)),
                                           grouped(work.forests))) +
         line("matrix products", share(work.operations.productSeconds)) +
         line("attention", share(work.operations.attentionSeconds)) +
         line("rest", share(timing.restSeconds())) +
         line(
             "rate",
             fmt::format("{:.0f} GFLOP/s of products, {:.0f} % of the {:.0f} that they reach alone",
                         timing.rate() / 1e9, percent(timing.rate(), timing.bareRate),
                         timing.bareRate / 1e9));
}

Json timingJson(const Timing& timing) {
  return {{"load_seconds", timing.loadSeconds},
          {"worker_seconds", timing.workerSeconds()},
          {"product_seconds", timing.work.operations.productSeconds},
          {"attention_seconds", timing.work.operations.attentionSeconds},
          {"rest_seconds", timing.restSeconds()},
          {"gflops", timing.rate() / 1e9},
          {"bare_gflops", timing.bareRate / 1e9}};
}

}  // namespace canvass
