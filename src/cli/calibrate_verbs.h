#pragma once

namespace CLI {
class App;
}

namespace canvass {

// The verbs of `canvass calibrate`: learn how to correct predicted shares; correct others.
void addCalibrateFit(CLI::App& calibrate);
void addCalibrateApply(CLI::App& calibrate);

}  // namespace canvass
