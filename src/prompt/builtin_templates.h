#pragma once

#include <span>
#include <string_view>

namespace canvass {

// The files of src/prompt/templates, compiled in.
struct BuiltInTemplate {
  std::string_view name;
  std::string_view text;
};

// In the order of the list in CMakeLists.txt.
std::span<const BuiltInTemplate> builtInTemplates();

}  // namespace canvass
