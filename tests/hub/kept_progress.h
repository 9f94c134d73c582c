#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <vector>

#include "base/progress.h"

namespace canvass::test {

// Progress that keeps what it is told, and asks to stop once `stopAt` units are done.
class KeptProgress : public Progress {
 public:
  explicit KeptProgress(std::size_t stopAt = static_cast<std::size_t>(-1)) : stopAt_(stopAt) {}

  void update(std::size_t done, std::size_t total, const std::string&) override {
    if (done > total) ahead = true;
    lastDone = done;
    lastTotal = total;
    if (total > 0 && done >= stopAt_) stop_ = true;
  }
  void message(const std::string& text) override { messages += text + "\n"; }
  bool stopRequested() const override { return stop_; }

  bool ahead = false;  // more was done than there is
  std::size_t lastDone = 0, lastTotal = 0;
  std::string messages;

 private:
  std::size_t stopAt_;
  bool stop_ = false;
};

}  // namespace canvass::test
