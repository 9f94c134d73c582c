#include "engine/training/train_options.h"

#include "base/error.h"

namespace canvass {
namespace {

struct NamedSchedule {
  Schedule schedule;
  const char* name;
};

constexpr NamedSchedule schedules[] = {{Schedule::constant, "constant"},
                                       {Schedule::linear, "linear"},
                                       {Schedule::cosine, "cosine"},
                                       {Schedule::step, "step"}};

}  // namespace

const char* scheduleName(Schedule schedule) {
  for (const NamedSchedule& named : schedules) {
    if (named.schedule == schedule) return named.name;
  }
  return "";
}

Schedule parseSchedule(const std::string& name) {
  for (const NamedSchedule& named : schedules) {
    if (name == named.name) return named.schedule;
  }
  throw Error("the schedule \"" + name + "\" is not known", {},
              "choose constant, linear, cosine or step");
}

}  // namespace canvass
