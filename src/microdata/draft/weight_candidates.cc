#include "microdata/draft/weight_candidates.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <limits>
#include <optional>

#include "microdata/draft/column_names.h"
#include "microdata/draft/phrase_table.h"

namespace canvass {
namespace {

constexpr int lastRank = 4;                // below those of rankByWords
constexpr double maxUsableWeight = 1e100;  // as the import has it

constexpr const char* weightNames =
    "weight|weights|weighting|wt|wgt|wgts|wts|pspwght|anweight|dweight|pweight|gweight|pwght|"
    "wtssps|wtssnrps|wtssall|wtssnr|wtss|withinwt|combinwt|weight1500|finalweight|finalwt|fweight|"
    "commonweight|commonpostweight|w weight|ponde|pond|pondera|ponderacion|ponderador|ponderacao|"
    "poids|peso|gewicht|gewichtung|factor de expansion|fexp|waga|agirlik|ves";
constexpr const char* weightLabels =
    "weight|weights|weighting|weighting factor|weight factor|weight variable|weight coefficient|"
    "pondération|poids|coefficient de pondération|poids de sondage|ponderación|peso|ponderador|"
    "factor de ponderación|factor de expansión|ponderação|fator de ponderação|Gewicht|Gewichtung|"
    "Gewichtungsfaktor|Gewichtungsvariable|ponderazione|gewicht|weegfactor|wegingsfactor|vikt|vægt|"
    "waga|вес|весовой коэффициент|вага|ağırlık|ağırlık katsayısı|الوزن|وزن|权重|加权|権数|가중치";
constexpr const char* qualifiers =
    "design|sampling|sample|survey|post stratification|poststratification|stratification|"
    "population|person|household|final|analysis|calibration|calibrated|expansion|replicate|"
    "combined|within country|cross sectional|longitudinal|nonresponse|trimmed|full sample|"
    "interview|respondent|raked|normalized|standardized|original|demographic|national|country";
constexpr const char* bodies =
    "kg|kgs|kilo|kilos|kilogram|kilograms|kilogramme|kilogrammes|lb|lbs|pound|pounds|gram|grams|"
    "stone|ounces|body|birth|your|ideal|current|lose|loss|gain|height|baby|child|newborn|"
    "overweight|weigh|weighs|much|perceived|desired|poids corporel|peso corporal|peso al nacer|"
    "Körpergewicht|worried|control|problem|problems|self reported";

bool hasPhrase(const PhraseTable& table, const std::vector<LabelWord>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!table.at(words, i).empty()) return true;
  }
  return false;
}

PhraseTable tableOfPhrases(const char* phrases) {
  PhraseTable table;
  table.add(phrases, 0);
  return table;
}

// Lower is better; nothing if neither name nor label calls it a weight.
std::optional<int> rankByWords(const Variable& variable) {
  static const PhraseTable names = tableOfPhrases(weightNames);
  static const PhraseTable labels = tableOfPhrases(weightLabels);
  static const PhraseTable qualified = tableOfPhrases(qualifiers);
  static const PhraseTable ofBodies = tableOfPhrases(bodies);
  const auto name = labelWords(variable.name);
  const std::string_view label = withoutNumber(variable.label);
  const auto words = labelWords(label);
  if (hasPhrase(ofBodies, words) || hasPhrase(ofBodies, name)) return std::nullopt;
  if (names.whole(variable.name).words > 0) return 0;
  if (hasPhrase(names, name)) return 1;
  if (labels.whole(label).words > 0) return 2;
  if (hasPhrase(labels, words) && hasPhrase(qualified, words)) return 3;
  return std::nullopt;
}

// Names such as WTSAF2YR, PERWT or HHWGT, of variables with many values that are no whole numbers.
// Such a name alone is no proof: they are shown, and not taken.
bool isWeightByForm(const Variable& variable, const ObservedCodes& observed) {
  std::string name;
  for (const char c : variable.name) {
    name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  const bool isNamedSo = name.starts_with("wt") || name.starts_with("wgt") ||
                         name.ends_with("wt") || name.ends_with("wgt") || name.ends_with("weight");
  const bool isMeasured = observed.isTooMany && !observed.areWhole && observed.least >= 0.0;
  return isNamedSo && isMeasured;
}

std::string whyUnusable(const ObservedCodes& observed) {
  if (observed.texts > 0) return "some values are texts";
  if (observed.missing + observed.codedMissing > 0) return "some values are missing";
  if (observed.numbers == 0) return "it has no values";
  if (observed.least < 0.0) return "some values are negative";
  if (observed.greatest > maxUsableWeight) return "some values are too large";
  if (observed.greatest <= 0.0) return "all values are 0";
  return {};
}

bool hasLabeledValues(const Variable& variable) {
  return std::count_if(variable.valueLabels.begin(), variable.valueLabels.end(),
                       [&variable](const ValueLabel& one) {
                         return !one.label.empty() && one.label != one.code &&
                                !variable.isUserMissing(valueOf(one.code));
                       }) > 1;
}

std::string whyDoubtful(const Variable& variable, const ObservedCodes& observed) {
  if (hasLabeledValues(variable)) return "its values have labels";
  const double mean =
      observed.sum / static_cast<double>(std::max<std::size_t>(observed.numbers, 1));
  const bool isFlag = !observed.isTooMany && observed.counts.size() == 2 && observed.least == 0.0 &&
                      observed.greatest == 1.0;
  if (isFlag) return "its values are only 0 and 1";
  const bool isLikeABody = mean >= 20.0 && mean <= 300.0 && observed.least > 0.0 &&
                           observed.greatest / observed.least <= 8.0 &&
                           observed.greatest > observed.least;
  return isLikeABody ? fmt::format("its mean is {:.3g}, as if bodies were weighed", mean)
                     : std::string();
}

}  // namespace

std::string weightFigures(const ObservedCodes& observed) {
  const auto n = static_cast<double>(observed.numbers);
  return fmt::format("mean {:.4g}, {:.4g} to {:.4g}, design effect {:.3g}", observed.sum / n,
                     observed.least, observed.greatest,
                     n * observed.sumOfSquares / (observed.sum * observed.sum));
}

std::vector<WeightCandidate> findWeights(const std::vector<Variable>& variables,
                                         const std::vector<ObservedCodes>& observed,
                                         const KnownSurvey* known) {
  std::vector<std::pair<int, WeightCandidate>> ranked;
  const auto advised = known != nullptr ? namesIn(known->weights) : namesIn("");
  for (std::size_t i = 0; i < variables.size(); ++i) {
    std::optional<int> rank = rankByWords(variables[i]);
    const bool isNamedSo = !rank && isWeightByForm(variables[i], observed[i]);
    if (isNamedSo) rank = lastRank;
    bool isCertain = variables[i].isFileWeight;
    for (std::size_t k = 0; k < advised.size(); ++k) {
      if (isSameName(variables[i].name, advised[k])) {
        rank = static_cast<int>(k) - 1000;
        isCertain = true;
      }
    }
    if (variables[i].isFileWeight) rank = std::numeric_limits<int>::min();
    if (!rank) continue;
    std::string doubt = isCertain ? "" : whyDoubtful(variables[i], observed[i]);
    if (isNamedSo && !isCertain && doubt.empty()) doubt = "only its name is like a weight's";
    ranked.push_back({*rank, {i, whyUnusable(observed[i]), doubt}});
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<WeightCandidate> candidates;
  for (auto& [rank, candidate] : ranked) candidates.push_back(std::move(candidate));
  return candidates;
}

}  // namespace canvass
