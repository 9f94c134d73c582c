// Which variant of the kernels canvass computes with.
#include <algorithm>
#include <cstdlib>
#include <string>

#include "kernels/variants.h"

namespace canvass {
namespace {

using kernels::chosenKernels;
using kernels::kernelsNamed;
using kernels::kernelVariants;
using test::errorOf;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(KernelSelection, FindsEachVariantByItsName) {
  for (const kernels::Kernels* variant : kernelVariants()) {
    EXPECT_EQ(&kernelsNamed(variant->name), variant);
  }
}

TEST(KernelSelection, RefusesAnUnknownNameAndListsThoseThatRunHere) {
  EXPECT_THAT(
      errorOf([] { kernelsNamed("avx3"); }),
      AllOf(StartsWith("CANVASS_KERNELS: there are no kernels named \"avx3\""),
            HasSubstr(kernelVariants().front()->name), HasSubstr(kernelVariants().back()->name)));
}

TEST(KernelSelection, RefusesWhatTheProcessorDoesNotRun) {
#if defined(__x86_64__)
  for (const char* name : {"avx512", "avx2"}) {
    const bool runs = std::ranges::any_of(
        kernelVariants(), [name](auto* variant) { return std::string(name) == variant->name; });
    if (runs) continue;
    EXPECT_THAT(errorOf([name] { kernelsNamed(name); }),
                AllOf(HasSubstr("this processor lacks instructions that \"" + std::string(name)),
                      HasSubstr("portable")));
  }
#else
  GTEST_SKIP() << "the only variant runs on every processor";
#endif
}

// The choice is made once, so this is all that one process can say of the environment.
TEST(KernelSelection, FollowsTheEnvironment) {
  const kernels::Kernels* slowest = kernelVariants().back();
  setenv("CANVASS_KERNELS", slowest->name, 1);
  EXPECT_EQ(&chosenKernels(), slowest);
  setenv("CANVASS_KERNELS", "another", 1);
  EXPECT_EQ(&chosenKernels(), slowest);
  unsetenv("CANVASS_KERNELS");
}

}  // namespace
}  // namespace canvass
