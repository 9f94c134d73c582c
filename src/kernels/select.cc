#include <vector>

#include "kernels/kernels.h"

namespace canvass::kernels {

namespace portable {
extern const Kernels table;
}
#if defined(__x86_64__)
namespace avx2 {
extern const Kernels table;
}
namespace avx512 {
extern const Kernels table;
}
#endif

namespace {

std::vector<const Kernels*> runnable() {
  std::vector<const Kernels*> found;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("x86-64-v4")) found.push_back(&avx512::table);
  if (__builtin_cpu_supports("x86-64-v3")) found.push_back(&avx2::table);
#endif
  found.push_back(&portable::table);
  return found;
}

const std::vector<const Kernels*>& variants() {
  static const std::vector<const Kernels*> all = runnable();
  return all;
}

}  // namespace

const Kernels& bestKernels() { return *variants().front(); }

std::span<const Kernels* const> kernelVariants() { return variants(); }

std::size_t attentionScratch(std::int64_t keys, std::int64_t headSize) {
  // To whole lanes of the variant with the most.
  const auto padded = [](std::int64_t count) { return (count + 15) / 16 * 16; };
  const std::int64_t tables = 5 * padded(keys) * padded(headSize);
  const std::int64_t blocks = 8 * (4 * padded(headSize) + 2 * padded(keys));
  return static_cast<std::size_t>(tables + blocks);
}

}  // namespace canvass::kernels
