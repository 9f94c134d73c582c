#pragma once

#include <span>
#include <string_view>

namespace canvass {

// Loading libtorch takes half a second. So the verbs that need it, and those that describe all
// verbs, are in a separate program, canvass-engine, which canvass executes for them only.

struct EngineVerb {
  const char* name;
  const char* description;
};

std::span<const EngineVerb> engineVerbs();
bool isEngineVerb(std::string_view name);
// The description of a verb in every help text.
const char* descriptionOf(std::string_view name);

// Returns only if there is no such program: then reports that and returns 1.
int execEngineProgram(char** argv);

}  // namespace canvass
