#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "hub/download_messages.h"

namespace canvass {

// Tells the program that started this one, on standard output. Ends this process if nobody is
// listening any more.
class Reporter {
 public:
  void say(const DownloadMessage& message);

  // How many bytes all files have together, and how many of them were there before.
  void begin(std::uint64_t total, std::uint64_t done);
  // More bytes of this file have come. Not each call is worth a message.
  void add(const std::string& file, std::uint64_t bytes);
  // So many that had come must come again.
  void takeBack(std::uint64_t bytes) { done_ -= bytes; }

 private:
  using Clock = std::chrono::steady_clock;
  std::uint64_t total_ = 0;
  std::uint64_t done_ = 0;
  Clock::time_point lastSaid_;
};

}  // namespace canvass
