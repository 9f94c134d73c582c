#include "survey/survey_fields.h"

#include <array>

#include "base/error.h"

namespace canvass {
namespace {

void writeScale(const Question& question, const char* key, Json& object) {
  object[key] = scaleName(question.scale);
}

void readScale(const Json& object, const char* key, const std::string& where, Question& question) {
  question.scale = parseScale(requireKey<std::string>(object, key, where), where);
}

void writeAttributes(const Population& population, const char* key, Json& object) {
  if (!population.attributes.empty()) object[key] = population.attributes;
}

void readAttributes(const Json& object, const char* key, const std::string& where,
                    Population& population) {
  const auto found = object.find(key);
  if (found == object.end()) return;
  if (!found->is_object()) throw Error("\"attributes\" must be an object of strings", where);
  for (const auto& [name, value] : found->items()) {
    population.attributes[name] = requireKey<std::string>(*found, name.c_str(), where);
  }
}

void writeSample(const Population& population, const char* key, Json& object) {
  if (!population.sample) return;
  Json sample = {{"respondents", population.sample->respondents}};
  if (!population.sample->shared.empty()) sample["shared"] = population.sample->shared;
  object[key] = std::move(sample);
}

void readSample(const Json& object, const char* key, const std::string& where,
                Population& population) {
  const auto found = object.find(key);
  if (found == object.end()) return;
  rejectUnknownKeys(*found, {"respondents", "shared"}, where);
  PopulationSample sample{requireCount(*found, "respondents", where), {}};
  if (const auto shared = found->find("shared"); shared != found->end()) {
    if (!shared->is_object()) throw Error("\"shared\" must be an object of numbers", where);
    for (const auto& [id, count] : shared->items()) {
      sample.shared[id] = requireCount(*shared, id.c_str(), where);
    }
  }
  population.sample = std::move(sample);
}

constexpr std::array headerTable = {optionalField<Survey, &Survey::name>("name"),
                                    optionalField<Survey, &Survey::source>("source"),
                                    requiredField<Survey, &Survey::language>("language"),
                                    optionalField<Survey, &Survey::weighting>("weighting")};

constexpr std::array optionTable = {requiredField<Option, &Option::label>("label"),
                                    requiredField<Option, &Option::text>("text"),
                                    fieldIfGiven<Option, &Option::value>("value")};

constexpr std::array questionTable = {
    requiredField<Question, &Question::id>("id"),
    requiredField<Question, &Question::text>("text"),
    optionalField<Question, &Question::topic>("topic"),
    Field<Question>{"scale", writeScale, readScale},
    listField<Question, &Question::options, optionFields>("options"),
    optionalField<Question, &Question::missingCodes>("missing_codes"),
    optionalField<Question, &Question::date>("date")};

constexpr std::array populationTable = {
    requiredField<Population, &Population::id>("id"),
    requiredField<Population, &Population::name>("name"),
    requiredField<Population, &Population::phrase>("phrase"),
    Field<Population>{"attributes", writeAttributes, readAttributes},
    Field<Population>{"sample", writeSample, readSample},
    optionalField<Population, &Population::date>("date")};

constexpr std::array itemTable = {
    requiredField<ItemRecord, &ItemRecord::questionId>("question"),
    requiredField<ItemRecord, &ItemRecord::populationId>("population"),
    fieldIfGiven<ItemRecord, &Item::observed>("distribution"),
    fieldIfGiven<ItemRecord, &Item::standardErrors>("se"),
    fieldIfGiven<ItemRecord, &Item::meanStandardError>("mean_se"),
    fieldIfGiven<ItemRecord, &Item::degrees>("df"),
    fieldIfGiven<ItemRecord, &Item::respondents>("n"),
    fieldIfGiven<ItemRecord, &Item::effectiveSampleSize>("n_eff"),
    fieldIfGiven<ItemRecord, &Item::dontKnow>("dont_know"),
    fieldIfGiven<ItemRecord, &Item::refused>("refused")};

}  // namespace

Fields<Survey> surveyHeaderFields() { return headerTable; }
Fields<Question> questionFields() { return questionTable; }
Fields<Option> optionFields() { return optionTable; }
Fields<Population> populationFields() { return populationTable; }
Fields<ItemRecord> itemFields() { return itemTable; }

}  // namespace canvass
