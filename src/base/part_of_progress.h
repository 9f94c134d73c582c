#pragma once

#include <algorithm>
#include <cstddef>
#include <string>

#include "base/progress.h"

namespace canvass {

// Progress of one part of work, reported as that of the whole: after `before` units of `total`. A
// part that counts its units more than once is seen the first time only.
class PartOfProgress : public Progress {
 public:
  PartOfProgress(Progress& whole, std::size_t before, std::size_t total)
      : whole_(whole), before_(before), total_(total) {}

  void update(std::size_t done, std::size_t, const std::string& note) override {
    if (done < furthest_) return;
    furthest_ = done;
    whole_.update(std::min(before_ + done, total_), total_, note);
  }
  void message(const std::string& text) override { whole_.message(text); }
  bool stopRequested() const override { return whole_.stopRequested(); }

 private:
  Progress& whole_;
  std::size_t before_;
  std::size_t total_;
  std::size_t furthest_ = 0;
};

}  // namespace canvass
