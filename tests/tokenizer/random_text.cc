#include "tokenizer/random_text.h"

#include <nlohmann/json.hpp>

#include "base/utf8.h"

namespace canvass::test {
namespace {

class SplitMix {
 public:
  explicit SplitMix(std::uint64_t seed) : state_(seed) {}

  std::uint64_t below(std::uint64_t bound) {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15ULL;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return (z ^ (z >> 31)) % bound;
  }

 private:
  std::uint64_t state_;
};

}  // namespace

std::string randomText(const Json& plan, std::uint64_t number) {
  SplitMix stream(number);
  const Json& kinds = plan.at("kinds");
  std::string text;
  const std::uint64_t atoms = 1 + stream.below(plan.at("longest").get<std::uint64_t>());
  for (std::uint64_t i = 0; i < atoms; ++i) {
    const Json& kind = kinds.at(stream.below(kinds.size()));
    if (kind.contains("texts")) {
      const Json& texts = kind.at("texts");
      text += texts.at(stream.below(texts.size())).get<std::string>();
    } else {
      const auto first = kind.at("first").get<std::uint64_t>();
      const auto size = kind.at("last").get<std::uint64_t>() - first + 1;
      appendUtf8(text, static_cast<char32_t>(first + stream.below(size)));
    }
  }
  return text;
}

}  // namespace canvass::test
