#pragma once

#include <cstddef>
#include <string>

namespace canvass {

// In bytes: the unit in which progress through files is counted.
inline constexpr std::size_t megabyte = 1'000'000;

// How library code reports that work is going on. The library never prints: the command line
// passes an implementation that draws a line with rate and time left; the default does nothing.
class Progress {
 public:
  virtual ~Progress() = default;
  // `done` of `total` units (items, files) are finished; `note` is a short text such as a loss.
  virtual void update(std::size_t done, std::size_t total, const std::string& note) {
    (void)done, (void)total, (void)note;
  }
  // A line worth keeping, such as the validation result of an epoch.
  virtual void message(const std::string& text) { (void)text; }
  // True once the user has asked to stop (Ctrl-C): finish the current file and return.
  virtual bool stopRequested() const { return false; }
};

// For work that nobody is watching.
inline Progress& noProgress() {
  static Progress none;
  return none;
}

}  // namespace canvass
