#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace canvass {

// SentencePiece's handling of spaces: each is written as a visible mark, and one is put before the
// text.
struct Metaspace {
  enum class Prefix { kAlways, kFirst, kNever };

  std::string replacement = "\u2581";
  Prefix prefix = Prefix::kAlways;  // kFirst: only if a piece begins the whole text

  // From a pre-tokenizer or decoder of a tokenizer.json, older forms included. Throws Error at
  // `where` for a setting that is not supported.
  static Metaspace fromJson(const Json& component, const std::string& where);

  // The text with spaces marked, and with the mark in front if it is not there yet.
  std::string mark(std::string_view text, bool opensText) const;
};

}  // namespace canvass
