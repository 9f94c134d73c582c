#pragma once

#include <string>

namespace CLI {
class App;
}

namespace canvass {

// Each adds its verb, with options, help and action, to the command line. One file per verb.
void addImport(CLI::App& app);
void addExport(CLI::App& app);
void addDescribe(CLI::App& app);
void addTable(CLI::App& app);
void addWeight(CLI::App& app);
void addSplit(CLI::App& app);
void addAudit(CLI::App& app);
void addTemplates(CLI::App& app);
void addModels(CLI::App& app);
void addBaseline(CLI::App& app);
void addCombine(CLI::App& app);
void addEvaluate(CLI::App& app);
void addCompare(CLI::App& app);
void addCalibrate(CLI::App& app);
void addInterval(CLI::App& app);
void addPlan(CLI::App& app);
void addPicture(CLI::App& app);
void addReflect(CLI::App& app);
void addReport(CLI::App& app);

// All of the above.
void addVerbs(CLI::App& app);
// The names of the verbs of the other program (engine_program.h), for the list in the help.
void nameEngineVerbs(CLI::App& app);

}  // namespace canvass
