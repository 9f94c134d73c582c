#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace canvass {

// What labels suggest, by words of English that surveys use. Guesses, for a person to check.

enum class MissingKind { dontKnow, refused, notAsked };

// Of a code's label: "Don't know", "Prefer not to answer", "Not applicable". Such words may be
// anywhere in the label, unlike those of isNoAnswer (import/published/no_answer.h): a person
// checks what is drafted.
std::optional<MissingKind> guessMissing(std::string_view label);

// True if labels such as "agree", "somewhat" or "never" show that options have an order.
bool looksOrdered(const std::vector<std::string>& labels);

// What populations are usually made of.
enum class Demographic { country, sex, age, education, region };

const char* demographicName(Demographic demographic);
std::optional<Demographic> guessDemographic(std::string_view name, std::string_view label);

enum class DesignRole { weight, strata, cluster };

std::optional<DesignRole> guessDesignRole(std::string_view name, std::string_view label);

}  // namespace canvass
