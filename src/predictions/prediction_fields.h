#pragma once

#include "predictions/predictions.h"
#include "survey/record_fields.h"

// The fields of predictions.jsonl.
namespace canvass {

Fields<PredictionSource> sourceFields();  // of the header, in addition to those of every header
Fields<PooledSource> pooledFields();      // of the header's "combination"
Fields<PooledSource::Input> pooledInputFields();
Fields<IntervalSource> intervalFields();  // of the header's "intervals"
Fields<Prediction> predictionFields();
Fields<SampledAnswers> sampledFields();  // of a prediction's "sampled"

}  // namespace canvass
