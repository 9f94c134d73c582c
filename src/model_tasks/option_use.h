#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <string>

#include "base/error.h"

namespace canvass {

// Why an option does nothing, and what can be done about it.
struct WithoutUse {
  std::string because;
  std::string remedy = "leave it out";
};

// Empty for an option that does something.
using NoUse = std::optional<WithoutUse>;

// When an option that was given does something. `Options`: what the user chose; `Way`: what follows
// from it.
template <typename Options, typename Way>
struct OptionUse {
  const char* name;  // as the command line spells it
  bool (*isGiven)(const Options&);
  NoUse (*withoutUse)(const Way&);
};

// Throws Error naming the first option that was given and would do nothing.
template <typename Options, typename Way, std::size_t count>
void refuseWithoutUse(const OptionUse<Options, Way> (&uses)[count], const Options& options,
                      const Way& way) {
  for (const OptionUse<Options, Way>& use : uses) {
    if (!use.isGiven(options)) continue;
    if (const NoUse fault = use.withoutUse(way)) {
      throw Error(fmt::format("{} does nothing here: {}", use.name, fault->because), "",
                  fault->remedy);
    }
  }
}

}  // namespace canvass
