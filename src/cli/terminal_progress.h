#pragma once

#include <chrono>
#include <string>

#include "base/progress.h"

namespace canvass {

// Progress on standard error: on a terminal one line that is redrawn, with rate and time left;
// elsewhere a plain line every 10 seconds. The first Ctrl-C asks the work to stop with a complete
// file, the second ends the program.
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
  void clearLine();

  std::string what_;
  std::string unit_;
  bool onTerminal_;
  bool lineDrawn_ = false;
  Clock::time_point start_;
  Clock::time_point lastShown_;
};

// "1 m 20 s".
std::string durationText(double seconds);
// "predicting 120/800 items, 95/s, 7 s left, loss 0.12".
std::string progressText(const std::string& what, const std::string& unit, std::size_t done,
                         std::size_t total, double seconds, const std::string& note);

}  // namespace canvass
