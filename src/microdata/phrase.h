#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace canvass {

// A text with placeholders to fill in: "a {sex} from {country}". A brace itself is written twice.
class Phrase {
 public:
  // Throws Error at `where` if a brace is not closed or a placeholder is not among `names`.
  Phrase(std::string_view text, const std::vector<std::string>& names, const std::string& where);

  // Throws Error at `where` if one of `names` has no placeholder in the text.
  void requireAll(const std::vector<std::string>& names, const std::string& where) const;
  // `words`: by name; each of the phrase's names must be there.
  std::string fill(const std::map<std::string, std::string>& words) const;

 private:
  struct Piece {
    std::string text;
    bool isName = false;
  };

  std::vector<Piece> pieces_;
};

}  // namespace canvass
