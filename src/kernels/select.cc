#include <fmt/format.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/list_text.h"
#include "kernels/kernels.h"

namespace canvass::kernels {

#if defined(__x86_64__)
namespace avx512 {
extern const Kernels table;
}
namespace avx2 {
extern const Kernels table;
}
#endif
#if defined(__aarch64__)
namespace neon {
extern const Kernels table;
}
#else
namespace portable {
extern const Kernels table;
}
#endif

namespace {

struct Variant {
  const Kernels* kernels;
  bool runs;  // on this processor
};

// The fastest first; the last runs everywhere.
std::vector<Variant> compiledVariants() {
#if defined(__aarch64__)
  return {{&neon::table, true}};
#elif defined(__x86_64__)
  return {{&avx512::table, __builtin_cpu_supports("x86-64-v4") != 0},
          {&avx2::table, __builtin_cpu_supports("x86-64-v3") != 0},
          {&portable::table, true}};
#else
  return {{&portable::table, true}};
#endif
}

const std::vector<const Kernels*>& runnable() {
  static const std::vector<const Kernels*> all = [] {
    std::vector<const Kernels*> found;
    for (const Variant& variant : compiledVariants()) {
      if (variant.runs) found.push_back(variant.kernels);
    }
    return found;
  }();
  return all;
}

[[noreturn]] void refuse(const std::string& fault) {
  std::vector<std::string> names;
  for (const Kernels* kernels : runnable()) names.emplace_back(kernels->name);
  throw Error(fault, "CANVASS_KERNELS",
              "choose one that this processor runs: " + listText(names) + "; or leave it unset");
}

}  // namespace

std::span<const Kernels* const> kernelVariants() { return runnable(); }

const Kernels& kernelsNamed(std::string_view name) {
  for (const Variant& variant : compiledVariants()) {
    if (name != variant.kernels->name) continue;
    if (!variant.runs) {
      refuse(fmt::format("this processor lacks instructions that \"{}\" needs", name));
    }
    return *variant.kernels;
  }
  refuse(fmt::format("there are no kernels named \"{}\"", name));
}

const Kernels& chosenKernels() {
  static const Kernels& chosen = []() -> const Kernels& {
    const char* name = std::getenv("CANVASS_KERNELS");
    return name == nullptr || *name == 0 ? *runnable().front() : kernelsNamed(name);
  }();
  return chosen;
}

std::size_t attentionScratch(std::int64_t keys, std::int64_t headSize) {
  // To whole lanes of the variant with the most.
  const auto padded = [](std::int64_t count) { return (count + 15) / 16 * 16; };
  const std::int64_t tables = 5 * padded(keys) * padded(headSize);
  const std::int64_t blocks = 8 * (4 * padded(headSize) + 3 * padded(keys));
  return static_cast<std::size_t>(tables + blocks);
}

}  // namespace canvass::kernels
