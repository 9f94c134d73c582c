#include "model_cli/verbs.h"

namespace canvass {

void addModelVerbs(CLI::App& app) {
  addInit(app);
  addPredict(app);
  addProbe(app);
  addTrain(app);
  addConfidence(app);
  addAsk(app);
  addDemo(app);
  addCompletions(app);
  addManual(app);
}

}  // namespace canvass
