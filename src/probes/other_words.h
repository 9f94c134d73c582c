#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "probes/variant.h"

namespace canvass {

// The survey with other labels for its options: 1 2 3, a b c, P Q R. Questions with more options
// than a set has labels are left out of it.
std::vector<Variant> labelVariants(const Survey& survey);

// Every item asked of another population: the control of arXiv 2502.07068. Each population gets
// the name, phrase and attributes of another one, the same for all questions, in a circle drawn
// with the seed. Throws Error if there is only one population.
Variant otherPopulations(const Survey& survey, std::uint64_t seed);

// The same items in the words of another survey: another language, another wording of options,
// paraphrased questions. Question and populations are taken by their ids; items for which the other
// survey has no wording are left out. Throws Error if no item is left, or a question has another
// number of options there.
Variant otherWording(const Survey& survey, const Survey& other, const std::string& name);

// Each item with nothing asked: question and options are "N/A", the population stays. Its answer
// then is its prior over the labels (contextual calibration, Zhao et al. 2021).
Variant contentFree(const Survey& survey);

// The same survey with the answer opened by other words, such as " My answer is (": those given,
// else built-in ones. Throws Error if the survey is not in English and none are given.
std::vector<Variant> prefixVariants(const Survey& survey, const std::vector<std::string>& prefixes);

// The same survey under other templates, by name or file.
std::vector<Variant> templateVariants(const Survey& survey,
                                      const std::vector<std::string>& templates);

}  // namespace canvass
