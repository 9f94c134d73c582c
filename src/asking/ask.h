#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "prompt/prompt.h"
#include "prompt/template.h"
#include "survey/survey.h"

namespace canvass {

// Finds up to `count` observed answers to show when a question is asked of a population.
using EvidenceFor =
    std::function<std::vector<Evidence>(const Question&, const Population&, std::size_t count)>;

// The prompt of each item of a survey, in order. Throws Error if the template wants evidence and
// there is nothing to find it.
std::vector<Prompt> renderItems(const Survey& survey, const Template& asking,
                                const EvidenceFor& evidence = {});

}  // namespace canvass
