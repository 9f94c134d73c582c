#pragma once

#include <span>
#include <string_view>

namespace canvass {

// Loading libtorch takes half a second. So the verbs that need it, and those that speak of all
// verbs, live in a program of their own, canvass-engine, and canvass turns into that program for
// them and for nothing else.

struct EngineVerb {
  const char* name;
  const char* description;
};

std::span<const EngineVerb> engineVerbs();
bool isEngineVerb(std::string_view name);
// By its name; the description is the one of every help text.
const char* descriptionOf(std::string_view name);

// Does not come back but where there is no such program: then it says so and returns 1.
int becomeEngineProgram(char** argv);

}  // namespace canvass
