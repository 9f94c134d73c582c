#include "microdata/draft/known_surveys.h"

#include <algorithm>

#include "microdata/draft/column_names.h"

namespace canvass {
namespace {

// From the programs' own user guides. A row is tried before those below it.
constexpr KnownSurvey surveys[] = {
    {"the European Social Survey", "cntry|idno|essround", "anweight|pspwght|dweight", "stratum",
     "psu",
     "anweight for every analysis; in files without it pspwght within a country, times pweight for "
     "countries together"},
    {"the European Social Survey", "cntry|pspwght|pweight", "anweight|pspwght|dweight", "stratum",
     "psu",
     "anweight for every analysis; in files without it pspwght within a country, times pweight for "
     "countries together"},
    {"the World Values Survey", "B_COUNTRY|W_WEIGHT", "W_WEIGHT", "", "",
     "W_WEIGHT within a country; times PWGHT for countries together in proportion to their people"},
    {"the World Values Survey", "S002VS|S003", "S017|S018", "", "",
     "S017 within a country; S018 makes countries count equally"},
    {"the General Social Survey", "vpsu|vstrat", "wtssps|wtssnrps|wtssall|wtssnr|wtss", "vstrat",
     "vpsu", "wtssps, which all years have; wtssnrps also adjusts for nonresponse from 2004 on"},
    {"Afrobarometer", "RESPNO|withinwt", "withinwt", "", "",
     "withinwt within a country; combinwt for countries together"},
    {"Afrobarometer", "RESPNO|withinwt_hh", "withinwt_hh|withinwt_ea", "", "",
     "a withinwt within a country; a combinwt for countries together"},
    {"the AmericasBarometer", "estratopri|upm|wt", "wt", "estratopri", "upm",
     "wt within a country; weight1500 makes countries count equally"},
    {"the AmericasBarometer", "estratopri|upm|weight1500", "weight1500", "estratopri", "upm",
     "weight1500 for countries together"},
    {"the American National Election Study of 2020", "V200001|V200010b", "V200010b|V200010a",
     "V200010d", "V200010c",
     "V200010b if questions of the post-election interview are used, else V200010a"},
    {"the American National Election Studies", "VCF0004|VCF0009z", "VCF0009z", "", "",
     "VCF0009z for face-to-face and web interviews together"},
    {"NHANES", "SDMVPSU|WTMEC2YR", "WTMEC2YR|WTINT2YR", "SDMVSTRA", "SDMVPSU",
     "WTMEC2YR if anything from the examination is used, else WTINT2YR"},
    {"NHANES", "SDMVPSU|WTINT2YR", "WTINT2YR", "SDMVSTRA", "SDMVPSU", "WTINT2YR for interviews"},
    {"the Cooperative Election Study", "commonweight|inputstate", "commonpostweight|commonweight",
     "", "", "commonpostweight for questions of the post-election wave, else commonweight"},
    {"Eurobarometer", "isocntry|w1", "w1", "", "",
     "w1 within a country; another weight (its label names the group) for countries together"},
};

bool hasAll(const std::vector<Variable>& variables, std::string_view names) {
  const auto all = namesIn(names);
  return std::all_of(all.begin(), all.end(), [&variables](std::string_view name) {
    return findColumn(variables, {name}).has_value();
  });
}

}  // namespace

std::vector<std::string_view> namesIn(std::string_view names) {
  std::vector<std::string_view> all;
  for (std::size_t begin = 0; begin < names.size();) {
    const std::size_t end = std::min(names.find('|', begin), names.size());
    all.push_back(names.substr(begin, end - begin));
    begin = end + 1;
  }
  return all;
}

const KnownSurvey* findKnownSurvey(const std::vector<Variable>& variables) {
  for (const KnownSurvey& one : surveys) {
    if (hasAll(variables, one.evidence)) return &one;
  }
  return nullptr;
}

}  // namespace canvass
