#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace canvass {

// How fast work goes on, measured from where it began: what was done before (by an earlier run, or
// while loading) counts for nothing. Work that starts again, or has another total, begins anew.
class Pace {
 public:
  // `done` of `total` units are finished at `seconds` of a clock that never stops.
  void see(std::size_t done, std::size_t total, double seconds);

  double secondsElapsed() const { return now_ - start_; }
  // Units per second; nothing until one is finished.
  std::optional<double> rate() const;
  std::optional<double> secondsLeft() const;

 private:
  bool begun_ = false;
  std::size_t first_ = 0;  // done when it began
  std::size_t done_ = 0;
  std::size_t total_ = 0;
  double start_ = 0.0;
  double now_ = 0.0;
};

// "45 s", "1 min 20 s", "2 h 05 min".
std::string durationText(double seconds);
// For an estimate: "about 40 s", "about 3 min", "about 2 h 10 min".
std::string roughDurationText(double seconds);

// "predicting 120/800 items, 95/s, 7 s left, loss 0.12".
std::string progressText(const std::string& what, const std::string& unit, std::size_t done,
                         std::size_t total, const Pace& pace, const std::string& note);

}  // namespace canvass
