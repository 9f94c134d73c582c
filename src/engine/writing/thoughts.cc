#include "engine/writing/thoughts.h"

#include <algorithm>

#include "engine/scoring/encoded_prompt.h"

namespace canvass {
namespace {

// The prompt up to the point where the thoughts continue.
Prompt beginningOf(const Prompt& prompt) {
  const std::size_t turn = prompt.thoughts->turn;
  Prompt beginning;
  beginning.turns.assign(prompt.turns.begin(),
                         prompt.turns.begin() + static_cast<std::ptrdiff_t>(turn));
  beginning.answerPrefix = prompt.turns[turn].content;
  return beginning;
}

}  // namespace

bool writeThoughts(std::vector<Prompt>& prompts, const LanguageModel& model, const Survey& survey,
                   WritingOptions options, Progress& progress) {
  const PromptEncoder encoder(model);
  std::vector<WritingTask> tasks;
  options.samples = 1;
  options.maxTokens = 0;
  for (std::size_t i = 0; i < prompts.size(); ++i) {
    const Question& question = survey.questionOf(survey.items[i]);
    const Population& population = survey.populationOf(survey.items[i]);
    tasks.push_back({encoder.tokensOf(beginningOf(prompts[i]), question, population),
                     placeOf(question, population)});
    options.maxTokens = std::max(options.maxTokens, prompts[i].thoughts->maxTokens);
  }
  const auto sink = [&](std::size_t task, std::vector<WrittenText> texts) {
    prompts[task].turns[prompts[task].thoughts->turn].content += texts.front().text;
  };
  return writeTexts(sink, model, tasks, options, progress).tasks == tasks.size();
}

}  // namespace canvass
