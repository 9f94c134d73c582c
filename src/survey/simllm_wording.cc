#include "survey/simllm_wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"

namespace canvass::simllm {
namespace {

constexpr std::array<Wording, 2> wordings{{
    {"en", "How would someone from ", " answer the following question:\n\n",
     " \nHere are the options: \n", "someone from ", ""},
    {"zh", "来自", "的人会如何回答以下问题：\n\n", "\n以下是选项：\n", "来自", "的人"},
}};

bool follows(std::string_view instruction, const Wording& wording) {
  return instruction.size() > wording.beforePopulation.size() + wording.afterPopulation.size() &&
         instruction.starts_with(wording.beforePopulation) &&
         instruction.ends_with(wording.afterPopulation);
}

}  // namespace

const Wording& findWording(std::string_view instruction) {
  const auto found =
      std::find_if(wordings.begin(), wordings.end(),
                   [instruction](const Wording& wording) { return follows(instruction, wording); });
  if (found != wordings.end()) return *found;
  throw Error(fmt::format("the instruction \"{}\" has neither the English nor the Chinese form",
                          instruction));
}

std::string populationName(const Wording& wording, std::string_view instruction) {
  instruction.remove_prefix(wording.beforePopulation.size());
  instruction.remove_suffix(wording.afterPopulation.size());
  return std::string(instruction);
}

const Wording* wordingOf(std::string_view language) {
  const auto found =
      std::find_if(wordings.begin(), wordings.end(),
                   [language](const Wording& wording) { return wording.language == language; });
  return found == wordings.end() ? nullptr : &*found;
}

std::optional<std::string> nameInPhrase(const Wording& wording, std::string_view phrase) {
  const std::size_t around = wording.phraseBefore.size() + wording.phraseAfter.size();
  if (phrase.size() <= around || !phrase.starts_with(wording.phraseBefore) ||
      !phrase.ends_with(wording.phraseAfter)) {
    return std::nullopt;
  }
  return std::string(phrase.substr(wording.phraseBefore.size(), phrase.size() - around));
}

std::string questionText(const Wording& wording, std::string_view input) {
  if (!input.ends_with(wording.afterQuestion)) {
    throw Error(fmt::format("the input does not end in \"{}\"", wording.afterQuestion));
  }
  input.remove_suffix(wording.afterQuestion.size());
  return std::string(input);
}

}  // namespace canvass::simllm
