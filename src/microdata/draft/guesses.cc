#include "microdata/draft/guesses.h"

#include <algorithm>
#include <array>
#include <span>

namespace canvass {
namespace {

using Words = std::span<const std::string_view>;

// The bytes of the apostrophe that the text opens with, in any of the ways it is written; or 0.
std::size_t apostropheAt(std::string_view text) {
  for (const std::string_view one : {"'", "\u2019", "\u2018", "\u00B4", "`"}) {
    if (text.starts_with(one)) return one.size();
  }
  return 0;
}

// Lower-case letters and digits, with single blanks for everything between them but apostrophes:
// " don t know " and "DONT KNOW" are " dont know ".
std::string normalizedText(std::string_view text) {
  std::string words = " ";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool isUpper = c >= 'A' && c <= 'Z';
    const bool isKept = isUpper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                        static_cast<unsigned char>(c) >= 0x80;
    if (const std::size_t length = apostropheAt(text.substr(i)); length > 0) {
      i += length - 1;
    } else if (isKept) {
      words += isUpper ? static_cast<char>(c - 'A' + 'a') : c;
    } else if (words.back() != ' ') {
      words += ' ';
    }
  }
  return words.back() == ' ' ? words : words + ' ';
}

// True if one of the phrases occurs in the text as whole words.
bool hasAny(const std::string& normalized, Words phrases) {
  return std::any_of(phrases.begin(), phrases.end(), [&normalized](std::string_view phrase) {
    return normalized.find(' ' + std::string(phrase) + ' ') != std::string::npos;
  });
}

constexpr std::array<std::string_view, 10> dontKnowWords{
    "dont know", "do not know", "dk",    "cant choose", "cannot choose",
    "not sure",  "unsure",      "dk na", "no opinion",  "cant say"};
constexpr std::array<std::string_view, 12> refusedWords{"refused",
                                                        "refusal",
                                                        "refuse",
                                                        "no answer",
                                                        "not answered",
                                                        "nonresponse",
                                                        "prefer not to say",
                                                        "prefer not to answer",
                                                        "declined",
                                                        "na refused",
                                                        "did not answer",
                                                        "no response"};
constexpr std::array<std::string_view, 18> notAskedWords{"not asked",
                                                         "not applicable",
                                                         "inap",
                                                         "inapplicable",
                                                         "iap",
                                                         "n a",
                                                         "na",
                                                         "nan",
                                                         "skipped",
                                                         "skip",
                                                         "missing",
                                                         "not available",
                                                         "not in survey",
                                                         "not stated",
                                                         "system missing",
                                                         "not included",
                                                         "filter",
                                                         "other missing"};

constexpr std::array<std::string_view, 44> orderWords{
    "agree",    "disagree", "very",       "quite",       "rather",     "somewhat",   "not at all",
    "strongly", "always",   "often",      "sometimes",   "rarely",     "never",      "seldom",
    "a lot",    "a little", "great deal", "fair amount", "not much",   "most",       "least",
    "high",     "low",      "better",     "worse",       "excellent",  "good",       "fair",
    "poor",     "too much", "too little", "about right", "daily",      "weekly",     "monthly",
    "more",     "less",     "extremely",  "slightly",    "moderately", "completely", "hardly",
    "mostly",   "increase"};

struct DemographicWords {
  Demographic demographic;
  const char* name;
  std::array<std::string_view, 6> variables;  // whole names
  std::array<std::string_view, 4> phrases;    // in labels
};

// Empty entries match nothing: no text holds two blanks in a row.
constexpr std::array<DemographicWords, 5> demographics{{
    {Demographic::country,
     "country",
     {"country", "cntry", "b country", "b country alpha", "nation", "ctry"},
     {"country", "country code", "", ""}},
    {Demographic::sex,
     "sex",
     {"sex", "gender", "gndr", "", "", ""},
     {"sex", "gender", "sex of respondent", ""}},
    {Demographic::age,
     "age",
     {"age", "agea", "age years", "", "", ""},
     {"age", "age of respondent", "age in years", "age group"}},
    {Demographic::education,
     "education",
     {"educ", "education", "edulvlb", "eisced", "degree", ""},
     {"level of education", "highest education", "educational attainment", "education"}},
    {Demographic::region,
     "region",
     {"region", "state", "province", "", "", ""},
     {"region", "province", "", ""}},
}};

constexpr std::array<std::string_view, 13> weightNames{
    "weight", "wt",       "wgt",     "w weight", "pspwght", "anweight", "dweight",
    "wtssps", "wtssnrps", "wtssall", "weights",  "gweight", "w"};
constexpr std::array<std::string_view, 5> strataNames{"strata", "stratum", "vstrat", "stratify",
                                                      "strat"};
constexpr std::array<std::string_view, 5> clusterNames{"psu", "vpsu", "cluster", "clusters",
                                                       "sampling unit"};

bool isOneOf(const std::string& normalized, Words names) {
  return std::any_of(names.begin(), names.end(), [&normalized](std::string_view name) {
    return !name.empty() && normalized == ' ' + std::string(name) + ' ';
  });
}

}  // namespace

std::optional<MissingKind> guessMissing(std::string_view label) {
  const std::string text = normalizedText(label);
  if (hasAny(text, dontKnowWords)) return MissingKind::dontKnow;
  if (hasAny(text, refusedWords)) return MissingKind::refused;
  if (hasAny(text, notAskedWords)) return MissingKind::notAsked;
  return std::nullopt;
}

bool looksOrdered(const std::vector<std::string>& labels) {
  return std::count_if(labels.begin(), labels.end(), [](const std::string& label) {
           return hasAny(normalizedText(label), orderWords);
         }) >= 2;
}

const char* demographicName(Demographic demographic) {
  return demographics[static_cast<std::size_t>(demographic)].name;
}

std::optional<Demographic> guessDemographic(std::string_view name, std::string_view label) {
  const std::string variable = normalizedText(name);
  const std::string text = normalizedText(label);
  for (const DemographicWords& one : demographics) {
    if (isOneOf(variable, one.variables) || isOneOf(text, one.phrases)) return one.demographic;
  }
  return std::nullopt;
}

std::optional<DesignRole> guessDesignRole(std::string_view name, std::string_view label) {
  const std::string variable = normalizedText(name);
  const std::string text = normalizedText(label);
  constexpr std::array<std::string_view, 2> weightWords{"weight", "weighting"};
  if (isOneOf(variable, strataNames)) return DesignRole::strata;
  if (isOneOf(variable, clusterNames)) return DesignRole::cluster;
  if (isOneOf(variable, weightNames) || hasAny(text, weightWords)) return DesignRole::weight;
  return std::nullopt;
}

}  // namespace canvass
