#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "base/error.h"

namespace canvass {

// What the program that downloads tells the one that started it, a line of JSON each.

struct DownloadProgress {
  std::string file;
  std::uint64_t done = 0;  // bytes, of all files together
  std::uint64_t total = 0;

  bool operator==(const DownloadProgress&) const = default;
};
// A sentence for the user: "waiting for another program that is downloading model.safetensors".
struct DownloadNote {
  std::string text;

  bool operator==(const DownloadNote&) const = default;
};
// The snapshot that now holds the model's files.
struct DownloadDone {
  std::string path;

  bool operator==(const DownloadDone&) const = default;
};
struct DownloadFault {
  std::string fault, where, remedy;

  bool operator==(const DownloadFault&) const = default;
};

using DownloadMessage = std::variant<DownloadProgress, DownloadNote, DownloadDone, DownloadFault>;

// With the line break at its end.
std::string downloadLine(const DownloadMessage& message);
// Throws Error if it is not such a line.
DownloadMessage parseDownloadLine(const std::string& line);

}  // namespace canvass
