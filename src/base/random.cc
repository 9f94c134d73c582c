#include "base/random.h"

#include <cmath>
#include <locale>
#include <numbers>
#include <sstream>

#include "base/error.h"

namespace canvass {
namespace {

// FNV-1a: std::hash may differ between libraries, and a stream must not.
std::uint64_t hashName(std::string_view name) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

}  // namespace

RandomStream::RandomStream(std::uint64_t seed, std::string_view name) {
  const std::uint64_t hash = hashName(name);
  std::seed_seq sequence{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32),
                         static_cast<std::uint32_t>(hash), static_cast<std::uint32_t>(hash >> 32)};
  engine_.seed(sequence);
}

std::uint64_t RandomStream::below(std::uint64_t bound) {
  const std::uint64_t threshold = -bound % bound;  // values below it would be drawn too often
  for (;;) {
    const std::uint64_t value = bits();
    if (value >= threshold) return value % bound;
  }
}

double RandomStream::normal() {
  const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
  return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

std::string RandomStream::state() const {
  std::ostringstream text;
  text.imbue(std::locale::classic());
  text << engine_;
  return text.str();
}

RandomStream RandomStream::fromState(const std::string& state, const std::string& where) {
  RandomStream stream(0, "");
  std::istringstream text(state);
  text.imbue(std::locale::classic());
  if (!(text >> stream.engine_)) throw Error("not a random stream's state", where);
  return stream;
}

}  // namespace canvass
