#include "microdata/phrase.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "text/near_matches.h"

namespace canvass {

Phrase::Phrase(std::string_view text, const std::vector<std::string>& names,
               const std::string& where) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool isBrace = text[i] == '{' || text[i] == '}';
    if (!isBrace || (i + 1 < text.size() && text[i + 1] == text[i])) {
      plain += text[i];
      if (isBrace) ++i;
      continue;
    }
    const std::size_t end = text[i] == '{' ? text.find('}', i) : std::string_view::npos;
    if (end == std::string_view::npos) {
      throw Error(fmt::format("\"{}\" has an unmatched brace", text), where,
                  "write {{ or }} for a brace itself");
    }
    std::string name(text.substr(i + 1, end - i - 1));
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      throw Error(fmt::format("\"{}\" has a placeholder for \"{}\", which is not filled in here",
                              text, name),
                  where, suggestion(name, names));
    }
    pieces_.push_back({std::exchange(plain, {}), false});
    pieces_.push_back({std::move(name), true});
    i = end;
  }
  pieces_.push_back({std::move(plain), false});
}

void Phrase::requireAll(const std::vector<std::string>& names, const std::string& where) const {
  for (const std::string& name : names) {
    const bool there = std::any_of(pieces_.begin(), pieces_.end(), [&name](const Piece& one) {
      return one.isName && one.text == name;
    });
    if (!there) {
      throw Error(
          fmt::format("there is no placeholder for \"{}\": two populations would get the same text",
                      name),
          where, fmt::format("add {{{}}} to it", name));
    }
  }
}

std::string Phrase::fill(const std::map<std::string, std::string>& words) const {
  std::string text;
  for (const Piece& piece : pieces_) text += piece.isName ? words.at(piece.text) : piece.text;
  return text;
}

}  // namespace canvass
