#pragma once

namespace CLI {
class App;
}

namespace canvass {

// Each adds its verb, with options, help and action, to the command line. One file per verb;
// cli/engine_program.h has their names and descriptions.
void addInit(CLI::App& app);
void addPredict(CLI::App& app);
void addProbe(CLI::App& app);
void addTrain(CLI::App& app);
void addConfidence(CLI::App& app);
void addAsk(CLI::App& app);
void addDemo(CLI::App& app);
void addCompletions(CLI::App& app);
void addManual(CLI::App& app);

// All of the above.
void addModelVerbs(CLI::App& app);

}  // namespace canvass
