#pragma once

namespace CLI {
class App;
}

namespace canvass {

// The verbs of `canvass calibrate`: fit a correction of predicted shares; apply it to others.
void addCalibrateFit(CLI::App& calibrate);
void addCalibrateApply(CLI::App& calibrate);
void addCalibrateCrossQuestion(CLI::App& calibrate);

}  // namespace canvass
