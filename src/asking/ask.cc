#include "asking/ask.h"

#include <fmt/format.h>

#include "base/error.h"

namespace canvass {

std::vector<Prompt> renderItems(const Survey& survey, const Template& asking,
                                const EvidenceFor& evidence) {
  const std::size_t wanted = asking.evidenceWanted();
  if (wanted > 0 && !evidence) {
    throw Error(fmt::format("the template '{}' shows answers to other questions", asking.name()),
                "", "give --evidence SURVEY, or choose another template");
  }
  std::vector<Prompt> prompts;
  prompts.reserve(survey.items.size());
  for (const Item& item : survey.items) {
    const Question& question = survey.questionOf(item);
    const Population& population = survey.populationOf(item);
    const auto shown =
        wanted > 0 ? evidence(question, population, wanted) : std::vector<Evidence>();
    prompts.push_back(asking.render(question, population, survey.language, shown));
  }
  return prompts;
}

}  // namespace canvass
