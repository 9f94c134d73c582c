#include "cli/terminal_progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <utility>

#include "cli/messages.h"

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

TerminalProgress::~TerminalProgress() { removeLine(); }

void TerminalProgress::removeLine() {
  if (lineDrawn_) clearLine();
  lineDrawn_ = false;
}

void TerminalProgress::update(std::size_t done, std::size_t total, const std::string& note) {
  const std::chrono::duration<double> elapsed = Clock::now() - start_;
  pace_.see(done, total, elapsed.count());
  if (done >= total) return removeLine();
  const std::string text = progressText(what_, unit_, done, total, pace_, note);
  if (onTerminal_) {
    redraw(text);
  } else {
    tellNowAndThen(text, total);
  }
}

void TerminalProgress::redraw(const std::string& text) {
  if (lineDrawn_ && !isTimeFor(redrawInterval)) return;
  redrawLine(text);
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
  removeLine();
  tell(text);
}

bool TerminalProgress::stopRequested() const { return interrupted.load(); }

}  // namespace canvass
