#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "survey/survey.h"

namespace canvass {

// How the people of one population relate to those of another.
enum class PopulationRelation { separate, overlapping, contains, within, same };

// By the respondents whom the two have in common, if both have a known sample. Otherwise by their
// attributes: a value that differs keeps them apart; all of one's attributes among those of the
// other mean that it contains the other; and "women" overlaps with "under 30". Of a population
// without attributes nothing is known: it is separate from all others. Two of one id are the same.
PopulationRelation relationOf(const Population& one, const Population& other);

// Any relation but `separate`.
bool shareRespondents(const Population& one, const Population& other);

// For each population, the index of its family: the first of those whom it belongs together with,
// directly or through others. Populations belong together if their estimates vary together: if the
// respondents whom two have in common are more than a quarter of the geometric mean of their
// samples, which is the correlation of their sampling errors; or, where that is unknown, if one
// contains the other. So Japan and the women of Japan are one family, and those of a survey in one
// country mostly are, too; but women all over the world and Japan are two.
std::vector<std::size_t> familiesOf(const Survey& survey);

// The pairs of an item of `survey` and one of `other`, by their indices, that ask the same
// question, by its id, of respondents whom their populations have in common; in the order of the
// items of `survey`.
std::vector<std::pair<std::size_t, std::size_t>> pairsSharingRespondents(const Survey& survey,
                                                                         const Survey& other);
// The items of `survey` in such a pair.
std::vector<std::size_t> itemsSharingRespondents(const Survey& survey, const Survey& other);

}  // namespace canvass
