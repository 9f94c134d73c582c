#include "tasks/table_task.h"

#include <utility>

#include "base/error.h"
#include "tasks/respondents_task.h"

namespace canvass {

Tables makeTables(const TableTask& task, Progress& progress) {
  Tables result;
  if (task.source.options.mapping.empty()) {
    result.tables = tablesOf(loadSurvey(task.source.inputs.front()), task.options);
    return result;
  }
  RespondentData data = readRespondents(task.source, /*baseWeights=*/false, progress);
  result.tables = tablesOf(data.plan, data.respondents, task.options);
  result.reading = std::move(data.reading);
  return result;
}

}  // namespace canvass
