#pragma once

#include <chrono>
#include <string>

#include "base/progress.h"
#include "cli/pace.h"

namespace canvass {

// Progress on standard error: on a terminal one line that is redrawn, with rate and time left, and
// that is gone when the work is done; elsewhere how long the work will take, once that is known and
// if it is worth saying, and a plain line every 10 seconds. The first Ctrl-C asks the work to stop
// with a complete file, the second ends the program.
class TerminalProgress : public Progress {
 public:
  // `what`: what is being done ("predicting"); `unit`: unit of the counts ("items").
  TerminalProgress(std::string what, std::string unit);
  ~TerminalProgress() override;

  void update(std::size_t done, std::size_t total, const std::string& note) override;
  void message(const std::string& text) override;
  bool stopRequested() const override;

 private:
  using Clock = std::chrono::steady_clock;
  void redraw(const std::string& text);
  void tellNowAndThen(const std::string& text, std::size_t total);
  bool isTimeFor(Clock::duration interval);
  void removeLine();

  std::string what_;
  std::string unit_;
  bool onTerminal_;
  bool lineDrawn_ = false;
  bool durationTold_ = false;
  Pace pace_;
  Clock::time_point start_;
  Clock::time_point lastShown_;
};

}  // namespace canvass
