#include "tokenizer/metaspace.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/utf8.h"
#include "tokenizer/component.h"

namespace canvass {
namespace {

// Files from before "prepend_scheme" have only "add_prefix_space".
Metaspace::Prefix prefixOf(const Json& component, const std::string& where) {
  const bool addPrefix = optionalKey(component, "add_prefix_space", true, where);
  const auto scheme =
      optionalKey(component, "prepend_scheme", std::string(addPrefix ? "always" : "never"), where);
  if (!addPrefix && scheme != "never") {
    throw Error("\"add_prefix_space\" and \"prepend_scheme\" contradict each other", where);
  }
  if (scheme == "always") return Metaspace::Prefix::kAlways;
  if (scheme == "first") return Metaspace::Prefix::kFirst;
  if (scheme == "never") return Metaspace::Prefix::kNever;
  throw Error(fmt::format("the prepend_scheme \"{}\" is not supported", scheme), where);
}

}  // namespace

Metaspace Metaspace::fromJson(const Json& component, const std::string& where) {
  refuseUnknownSettings(
      component, {"replacement", "str_rep", "add_prefix_space", "prepend_scheme", "split"}, where);
  const auto replacement = requireKey<std::string>(component, "replacement", where);
  if (decodeUtf8(replacement).size() != 1) {
    throw Error("\"replacement\" must be one character", where);
  }
  return {replacement, prefixOf(component, where)};
}

std::string Metaspace::mark(std::string_view text, bool opensText) const {
  std::string marked;
  for (const char c : text) {
    if (c == ' ') {
      marked += replacement;
    } else {
      marked += c;
    }
  }
  const bool wanted = prefix == Prefix::kAlways || (prefix == Prefix::kFirst && opensText);
  return wanted && !marked.starts_with(replacement) ? replacement + marked : marked;
}

}  // namespace canvass
