#include "cli/terminal_progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <utility>

#include "cli/messages.h"
#include "report/terminal/terminal_text.h"

namespace canvass {
namespace {

std::atomic<bool> interrupted{false};

void onInterrupt(int) {
  if (interrupted.exchange(true)) ::_exit(130);
}

constexpr std::chrono::milliseconds redrawInterval(100);
constexpr std::chrono::seconds plainInterval(10);
constexpr double secondsToJudge = 2.0;  // before a rate is trusted
constexpr double longWork = 20.0;       // seconds that are worth announcing

}  // namespace

TerminalProgress::TerminalProgress(std::string what, std::string unit)
    : what_(std::move(what)),
      unit_(std::move(unit)),
      onTerminal_(terminalWidth(STDERR_FILENO).has_value()),
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
  const std::chrono::duration<double> elapsed = Clock::now() - start_;
  pace_.see(done, total, elapsed.count());
  if (done >= total) return clearLine();
  const std::string text = progressText(what_, unit_, done, total, pace_, note);
  if (onTerminal_) {
    redraw(text);
  } else {
    tellNowAndThen(text, total);
  }
}

// A line that is wider than the terminal could not be removed again.
void TerminalProgress::redraw(const std::string& text) {
  if (lineDrawn_ && !isTimeFor(redrawInterval)) return;
  const std::size_t width = terminalWidth(STDERR_FILENO).value_or(80) - 1;
  std::fprintf(stderr, "\r\x1b[K%s", shortened(text, width, {}).c_str());
  std::fflush(stderr);
  lineDrawn_ = true;
}

void TerminalProgress::tellNowAndThen(const std::string& text, std::size_t total) {
  const auto left = pace_.secondsLeft();
  if (!durationTold_ && left && pace_.secondsElapsed() >= secondsToJudge) {
    durationTold_ = true;
    if (*left > longWork) {
      tell(fmt::format("{} {} {}: {}", what_, grouped(total), unit_, roughDurationText(*left)));
    }
  }
  if (isTimeFor(plainInterval)) tell(text);
}

bool TerminalProgress::isTimeFor(Clock::duration interval) {
  const auto now = Clock::now();
  if (now - lastShown_ < interval) return false;
  lastShown_ = now;
  return true;
}

void TerminalProgress::message(const std::string& text) {
  clearLine();
  tell(text);
}

bool TerminalProgress::stopRequested() const { return interrupted.load(); }

}  // namespace canvass
