#include "microdata/draft/phrase_table.h"

#include <algorithm>

namespace canvass {

void PhraseTable::add(std::string_view phrases, std::size_t meaning) {
  for (std::size_t begin = 0; begin <= phrases.size();) {
    const std::size_t end = std::min(phrases.find('|', begin), phrases.size());
    const std::vector<LabelWord> words = labelWords(phrases.substr(begin, end - begin));
    if (!words.empty()) meanings_.emplace(joinedWords(words, 0, words.size()), meaning);
    longest_ = std::max(longest_, words.size());
    begin = end + 1;
  }
}

std::vector<PhraseTable::Match> PhraseTable::at(const std::vector<LabelWord>& words,
                                                std::size_t position) const {
  std::vector<Match> matches;
  for (std::size_t count = std::min(longest_, words.size() - position); count > 0; --count) {
    const auto found = meanings_.find(joinedWords(words, position, count));
    if (found != meanings_.end()) matches.push_back({count, found->second});
  }
  return matches;
}

PhraseTable::Match PhraseTable::whole(std::string_view label) const {
  const std::vector<LabelWord> words = labelWords(label);
  const auto found = meanings_.find(joinedWords(words, 0, words.size()));
  return found == meanings_.end() ? Match{} : Match{words.size(), found->second};
}

}  // namespace canvass
