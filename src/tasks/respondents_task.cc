#include "tasks/respondents_task.h"

#include <utility>

#include "base/error.h"

namespace canvass {

RespondentData readRespondents(const ImportTask& task, bool baseWeights, Progress& progress) {
  RespondentData data;
  bool isTaken = false;
  ImportTask reading = task;
  reading.options.baseWeights = baseWeights;
  reading.options.takeRespondents = [&](const Mapping& mapping, const ImportPlan& plan,
                                        const Respondents& respondents) {
    data.mapping = mapping;
    data.plan = plan;
    data.respondents = respondents;
    isTaken = true;
  };
  data.reading = importSurvey(reading, progress).result;
  if (isTaken) return data;
  throw Error("these files hold no respondents", task.inputs.front(),
              "give a file of respondents, with --mapping");
}

}  // namespace canvass
