#include "cli/terminal_progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <utility>

#include "report/terminal/terminal_text.h"

namespace canvass {
namespace {

std::atomic<bool> interrupted{false};

void onInterrupt(int) {
  if (interrupted.exchange(true)) ::_exit(130);
}

constexpr std::chrono::milliseconds redrawInterval(100);
constexpr std::chrono::seconds plainInterval(10);

}  // namespace

std::string durationText(double seconds) {
  const auto whole = static_cast<long>(std::ceil(seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} m {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} m", whole / 3600, whole / 60 % 60);
}

std::string progressText(const std::string& what, const std::string& unit, std::size_t done,
                         std::size_t total, double seconds, const std::string& note) {
  std::string text = fmt::format("{} {}/{} {}", what, grouped(done), grouped(total), unit);
  if (seconds > 0.0 && done > 0) {
    const double rate = static_cast<double>(done) / seconds;
    text += fmt::format(", {}/s", shortNumber(rate));
    text += fmt::format(", {} left", durationText(static_cast<double>(total - done) / rate));
  }
  return note.empty() ? text : text + ", " + note;
}

TerminalProgress::TerminalProgress(std::string what, std::string unit)
    : what_(std::move(what)),
      unit_(std::move(unit)),
      onTerminal_(::isatty(STDERR_FILENO) != 0),
      start_(Clock::now()),
      lastShown_(start_) {
  std::signal(SIGINT, onInterrupt);
}

TerminalProgress::~TerminalProgress() { clearLine(); }

void TerminalProgress::clearLine() {
  if (lineDrawn_) std::fputs("\r\x1b[K", stderr);
  lineDrawn_ = false;
}

void TerminalProgress::update(std::size_t done, std::size_t total, const std::string& note) {
  const auto now = Clock::now();
  if (now - lastShown_ <
      (onTerminal_ ? Clock::duration(redrawInterval) : Clock::duration(plainInterval))) {
    return;
  }
  lastShown_ = now;
  const std::chrono::duration<double> elapsed = now - start_;
  const std::string text = progressText(what_, unit_, done, total, elapsed.count(), note);
  if (onTerminal_) {
    std::fprintf(stderr, "\r\x1b[K%s", text.c_str());
    std::fflush(stderr);
    lineDrawn_ = true;
  } else {
    std::fprintf(stderr, "%s\n", text.c_str());
  }
}

void TerminalProgress::message(const std::string& text) {
  clearLine();
  std::fprintf(stderr, "%s\n", text.c_str());
}

bool TerminalProgress::stopRequested() const { return interrupted.load(); }

}  // namespace canvass
