#pragma once

#include <string>

namespace CLI {
class App;
}

namespace canvass {

// Each adds its verb, with options, help and what it does, to the command line. One file a verb.
void addImport(CLI::App& app);
void addDescribe(CLI::App& app);
void addSplit(CLI::App& app);
void addInit(CLI::App& app);
void addPredict(CLI::App& app);
void addTrain(CLI::App& app);
void addEvaluate(CLI::App& app);
void addAsk(CLI::App& app);
void addDemo(CLI::App& app);

}  // namespace canvass
