#include "model_cli/timing_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "report/terminal/terminal_text.h"

namespace canvass {
namespace {

double percentOf(double part, double whole) { return whole > 0.0 ? 100.0 * part / whole : 0.0; }

}  // namespace

std::string timingText(const Timing& timing) {
  const ScoringWork& work = timing.work;
  const double whole = timing.work.operations.workerSeconds;
  const std::size_t shared = work.promptTokens - work.computedTokens;
  const auto line = [](const char* what, const std::string& figure) {
    return fmt::format("  {:<22}{}\n", what, figure);
  };
  const auto share = [&](double seconds) {
    return fmt::format("{:>5.1f}% of computing", percentOf(seconds, whole));
  };
  std::string text =
      line("loading", fmt::format("{:.2f} s", timing.loadSeconds)) +
      line("prompts to tokens", fmt::format("{:.2f} s", work.encodeSeconds)) +
      line("computing",
           fmt::format("{:.2f} s, workers: {}, threads of each: {}", work.computeSeconds,
                       work.workers.workers, work.workers.threadsEach)) +
      line("tokens in", grouped(work.promptTokens)) +
      line("tokens shared",
           fmt::format(
               "{} ({:.1f}%) of {} that could be, in {}", grouped(shared),
               percentOf(static_cast<double>(shared), static_cast<double>(work.promptTokens)),
               grouped(work.promptTokens - work.distinctTokens), counted(work.forests, "forest"))) +
      line("matrix products", share(work.operations.productSeconds)) +
      line("attention", share(work.operations.attentionSeconds)) +
      line("rest", share(timing.work.operations.restSeconds())) +
      line("rate", fmt::format("{:.0f} GFLOP/s in products, {:.0f}% of the {:.0f} they reach alone",
                               timing.rate() / 1e9, percentOf(timing.rate(), timing.bareRate),
                               timing.bareRate / 1e9));
  text.pop_back();
  return text;
}

Json timingJson(const Timing& timing) {
  return {{"load_seconds", timing.loadSeconds},
          {"worker_seconds", timing.work.operations.workerSeconds},
          {"product_seconds", timing.work.operations.productSeconds},
          {"attention_seconds", timing.work.operations.attentionSeconds},
          {"rest_seconds", timing.work.operations.restSeconds()},
          {"gflops", timing.rate() / 1e9},
          {"bare_gflops", timing.bareRate / 1e9}};
}

}  // namespace canvass
