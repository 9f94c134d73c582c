#include "cli/pace.h"

#include <fmt/format.h>

#include <cmath>

#include "report/terminal/terminal_text.h"

namespace canvass {
namespace {

constexpr double minRate = 0.05;  // less would be shown as 0.0

// To the next multiple.
long upTo(double number, long multiple) {
  return static_cast<long>(std::ceil(number / static_cast<double>(multiple))) * multiple;
}

}  // namespace

void Pace::see(std::size_t done, std::size_t total, double seconds) {
  if (!begun_ || done < done_ || total != total_) {
    begun_ = true;
    first_ = done;
    start_ = seconds;
  }
  done_ = done;
  total_ = total;
  now_ = seconds;
}

std::optional<double> Pace::rate() const {
  if (done_ <= first_ || now_ <= start_) return std::nullopt;
  return static_cast<double>(done_ - first_) / (now_ - start_);
}

std::optional<double> Pace::secondsLeft() const {
  const auto perSecond = rate();
  if (!perSecond || done_ > total_) return std::nullopt;
  return static_cast<double>(total_ - done_) / *perSecond;
}

std::string durationText(double seconds) {
  const long whole = upTo(seconds, 1);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

std::string roughDurationText(double seconds) {
  const long minutes = seconds < 3600 ? upTo(seconds / 60, 1) : upTo(seconds / 60, 10);
  if (seconds <= 50) return fmt::format("about {} s", upTo(seconds, 10));
  if (minutes < 60) return fmt::format("about {} min", minutes);
  if (minutes % 60 == 0) return fmt::format("about {} h", minutes / 60);
  return fmt::format("about {} h {} min", minutes / 60, minutes % 60);
}

std::string progressText(const std::string& what, const std::string& unit, std::size_t done,
                         std::size_t total, const Pace& pace, const std::string& note) {
  std::string text = fmt::format("{} {}/{} {}", what, grouped(done), grouped(total), unit);
  const auto rate = pace.rate();
  // "95/s" of items, but "12 MB/s", as everybody writes it.
  const std::string unitOfRate = unit == "MB" ? " MB" : "";
  if (rate && *rate >= minRate) text += fmt::format(", {}{}/s", shortNumber(*rate), unitOfRate);
  if (const auto left = pace.secondsLeft()) text += fmt::format(", {} left", durationText(*left));
  return note.empty() ? text : text + ", " + note;
}

}  // namespace canvass
