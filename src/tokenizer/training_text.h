#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace canvass {

// The text in the form that SentencePiece's trainer accepts without dropping any of it: sentences
// of spaces and of the characters that get tokens of their own. These are A to Z, those of
// `wholeWords`, and of the others the most frequent, up to 99.95% of the text and half of the
// vocabulary that is left. The rest the model writes as bytes, and the text is cut there. Throws
// Error if there is no text or the vocabulary has no room for the characters.
std::vector<std::string> prepareTrainingText(const std::vector<std::string>& lines,
                                             const std::vector<std::string>& wholeWords,
                                             std::size_t vocabularySize);

}  // namespace canvass
