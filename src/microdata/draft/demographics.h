#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace canvass {

// What populations are usually made of.
enum class Demographic { wave, country, sex, age, education, region };

const char* demographicName(Demographic demographic);
// The words a prompt uses for somebody: "a {sex}".
const char* demographicPhrase(Demographic demographic);

// By the variable's whole name or its whole label, without the number in front and words such as
// "of respondent": "B_COUNTRY", "Q101. Gender of respondent", "Sexo", "Geschlecht". Words inside a
// longer label mean nothing: "Is sex a taboo?".
std::optional<Demographic> guessDemographic(std::string_view name, std::string_view label);

}  // namespace canvass
