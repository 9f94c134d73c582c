#pragma once

#include "predictions/predictions.h"
#include "survey/survey.h"

namespace canvass {

// What the same people answered in the latest earlier wave in which they were asked the question
// (survey/waves.h), in the training survey or among the items themselves. No prediction if there is
// none.
Predictions predictLastWave(const Survey& training, const Survey& items);

}  // namespace canvass
