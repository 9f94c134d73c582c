#include "predictions/prediction_fields.h"

#include <array>

#include "base/error.h"

namespace canvass {
namespace {

using Input = PooledSource::Input;

// What failed has no probabilities.
void writeProbabilities(const Prediction& prediction, const char* key, Json& object) {
  if (prediction.failure.empty()) object[key] = prediction.probabilities;
}

void readProbabilities(const Json& object, const char* key, const std::string& where,
                       Prediction& prediction) {
  if (!prediction.failure.empty() && !object.contains(key)) return;
  prediction.probabilities = requireKey<std::vector<double>>(object, key, where);
}

void writeValidationItems(const PooledSource& pooled, const char* key, Json& object) {
  object[key] = pooled.validationItems;
}

void readValidationItems(const Json& object, const char* key, const std::string& where,
                         PooledSource& pooled) {
  pooled.validationItems = requireCount(object, key, where);
  if (pooled.validationItems == 0) throw Error("\"validation_items\" is below 1", where);
}

// A std::optional of a record.
template <typename Record, auto member, auto fields>
constexpr Field<Record> recordIfGiven(const char* key) {
  using Inner = typename MemberType<Record, member>::value_type;
  return {key,
          [](const Record& record, const char* name, Json& object) {
            if (record.*member) writeRecord<Inner>(fields(), *(record.*member), object[name]);
          },
          [](const Json& object, const char* name, const std::string& where, Record& record) {
            const auto found = object.find(name);
            if (found == object.end()) return;
            readRecord<Inner>(fields(), *found, where + ", \"" + name + "\"",
                              (record.*member).emplace());
          }};
}

constexpr std::array inputTable = {requiredField<Input, &Input::name>("name"),
                                   requiredField<Input, &Input::weight>("weight"),
                                   requiredField<Input, &Input::similarity>("js_similarity")};

constexpr std::array pooledTable = {
    requiredField<PooledSource, &PooledSource::pool>("pool"),
    listField<PooledSource, &PooledSource::inputs, pooledInputFields>("inputs"),
    Field<PooledSource>{"validation_items", writeValidationItems, readValidationItems},
    requiredField<PooledSource, &PooledSource::similarity>("js_similarity")};

constexpr std::array intervalTable = {
    requiredField<IntervalSource, &IntervalSource::level>("level"),
    requiredField<IntervalSource, &IntervalSource::newBy>("new"),
    fieldIfGiven<IntervalSource, &IntervalSource::respondents>("respondents"),
    countField<IntervalSource, &IntervalSource::items>("items"),
    countField<IntervalSource, &IntervalSource::groups>("groups")};

constexpr std::array sourceTable = {
    requiredField<PredictionSource, &PredictionSource::model>("model"),
    optionalField<PredictionSource, &PredictionSource::adapter>("adapter"),
    optionalField<PredictionSource, &PredictionSource::templateName>("template"),
    optionalField<PredictionSource, &PredictionSource::precision>("precision"),
    optionalField<PredictionSource, &PredictionSource::reading>("reading"),
    optionalField<PredictionSource, &PredictionSource::evidence>("evidence"),
    optionalField<PredictionSource, &PredictionSource::calibration>("calibration"),
    recordIfGiven<PredictionSource, &PredictionSource::pooled, pooledFields>("combination"),
    recordIfGiven<PredictionSource, &PredictionSource::intervals, intervalFields>("intervals")};

constexpr std::array sampledTable = {
    countField<SampledAnswers, &SampledAnswers::chosen>("chosen"),
    countField<SampledAnswers, &SampledAnswers::refused>("refused"),
    countField<SampledAnswers, &SampledAnswers::unmatched>("unmatched")};

constexpr std::array predictionTable = {
    requiredField<Prediction, &Prediction::question>("question"),
    requiredField<Prediction, &Prediction::population>("population"),
    requiredField<Prediction, &Prediction::labels>("labels"),
    optionalField<Prediction, &Prediction::failure>("failure"),
    Field<Prediction>{"probabilities", writeProbabilities, readProbabilities},
    optionalField<Prediction, &Prediction::logits>("logits"),
    optionalField<Prediction, &Prediction::low>("low"),
    optionalField<Prediction, &Prediction::high>("high"),
    fieldIfGiven<Prediction, &Prediction::optionMass>("option_mass"),
    fieldIfGiven<Prediction, &Prediction::confidence>("confidence"),
    recordIfGiven<Prediction, &Prediction::sampled, sampledFields>("sampled")};

}  // namespace

Fields<PredictionSource> sourceFields() { return sourceTable; }
Fields<PooledSource> pooledFields() { return pooledTable; }
Fields<PooledSource::Input> pooledInputFields() { return inputTable; }
Fields<IntervalSource> intervalFields() { return intervalTable; }
Fields<Prediction> predictionFields() { return predictionTable; }
Fields<SampledAnswers> sampledFields() { return sampledTable; }

}  // namespace canvass
