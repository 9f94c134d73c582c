#include "cli/engine_program.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/installation.h"
#include "cli/messages.h"

namespace canvass {
namespace {

constexpr std::array verbs = {
    EngineVerb{"init", "Create a small untrained model and its tokenizer from a survey's text"},
    EngineVerb{"predict", "Ask a model about every item of a survey"},
    EngineVerb{"probe", "Ask the same questions in other ways, and measure how the answers change"},
    EngineVerb{"train", "Specialize a model by first-token alignment"},
    EngineVerb{"confidence",
               "Learn from the text of questions and answers how far to trust each answer"},
    EngineVerb{"ask", "Ask one question of one population"},
    EngineVerb{
        "demo",
        "Run everything on the bundled survey in about a minute: a new model learns real answers"},
    EngineVerb{"completions", "Print a shell script that completes verbs and options"},
    EngineVerb{"manual", "Write the reference of all verbs, as man pages or Markdown"},
};

const EngineVerb* findVerb(std::string_view name) {
  const auto found =
      std::ranges::find_if(verbs, [&](const EngineVerb& verb) { return name == verb.name; });
  return found == verbs.end() ? nullptr : &*found;
}

constexpr int keepWhatTheUserSet = 0;

// OpenBLAS uses AVX2 on processors newer than itself. It reads this setting when it is loaded, so
// it is set before the other program is executed.
void preferWidestInstructions() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512vl") != 0) {
    ::setenv("OPENBLAS_CORETYPE", "SkylakeX", keepWhatTheUserSet);
  }
#endif
}

// Idle threads look for work 300,000 times before they sleep, and keep the processors from other
// programs; between canvass's many small products that is far too long.
void waitBriefly() {
  if (std::getenv("OMP_WAIT_POLICY") == nullptr) {
    ::setenv("GOMP_SPINCOUNT", "1000", keepWhatTheUserSet);
  }
}

}  // namespace

std::span<const EngineVerb> engineVerbs() { return verbs; }

bool isEngineVerb(std::string_view name) { return findVerb(name) != nullptr; }

const char* descriptionOf(std::string_view name) {
  const EngineVerb* const verb = findVerb(name);
  return verb == nullptr ? "" : verb->description;
}

int execEngineProgram(char** argv) {
  preferWidestInstructions();
  waitBriefly();
  const auto program = installedFile("canvass-engine", CANVASS_BUILT_ENGINE_FOLDER);
  ::execv(program.c_str(), argv);
  tell("canvass: " + program.string() +
       ": cannot be run; this canvass was built or installed without the part that loads models");
  return 1;
}

}  // namespace canvass
