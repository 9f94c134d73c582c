#include "cli/verbs.h"

#include <CLI/CLI.hpp>

#include "cli/engine_program.h"

namespace canvass {

void addVerbs(CLI::App& app) {
  addImport(app);
  addExport(app);
  addDescribe(app);
  addTable(app);
  addWeight(app);
  addSplit(app);
  addAudit(app);
  addTemplates(app);
  addModels(app);
  addBaseline(app);
  addCombine(app);
  addEvaluate(app);
  addCompare(app);
  addCalibrate(app);
  addInterval(app);
  addPlan(app);
  addReflect(app);
  addPicture(app);
  addReport(app);
}

void nameEngineVerbs(CLI::App& app) {
  for (const EngineVerb& verb : engineVerbs()) app.add_subcommand(verb.name, verb.description);
}

}  // namespace canvass
