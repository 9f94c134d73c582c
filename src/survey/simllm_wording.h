#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace canvass::simllm {

// The fixed texts around population and question in one language of the simllm format, which is
// both read and written.
struct Wording {
  std::string_view language;          // "en"
  std::string_view beforePopulation;  // opens the instruction
  std::string_view afterPopulation;   // closes it
  std::string_view afterQuestion;     // closes the input
  std::string_view phraseBefore;      // "someone from " + population + phraseAfter
  std::string_view phraseAfter;
};

// The wording that the instruction follows; throws Error if it follows neither.
const Wording& findWording(std::string_view instruction);

// "Japan" of "How would someone from Japan answer the following question:\n\n".
std::string populationName(const Wording& wording, std::string_view instruction);

// The wording of a survey's language; nothing if the format has none.
const Wording* wordingOf(std::string_view language);

// "Japan" of the phrase "someone from Japan"; nothing for a phrase of another form, which the
// format cannot hold.
std::optional<std::string> nameInPhrase(const Wording& wording, std::string_view phrase);

// The question's text of an input, empty if the file has none; throws Error if the input does not
// end as the wording does.
std::string questionText(const Wording& wording, std::string_view input);

}  // namespace canvass::simllm
