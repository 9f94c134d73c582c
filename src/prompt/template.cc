#include "prompt/template.h"

#include "base/error.h"
#include "prompt/templates/templates.h"

namespace canvass {
namespace {

// The registration table: templates are found by the names they have.
const std::vector<const Template*>& builtInTemplates() {
  static const std::vector<const Template*> all = {&paperTemplate(), &questionFirstTemplate()};
  return all;
}

}  // namespace

std::vector<std::string> templateNames() {
  std::vector<std::string> names;
  for (const Template* candidate : builtInTemplates()) names.push_back(candidate->name());
  return names;
}

const Template& findTemplate(std::string_view name) {
  std::string known;
  for (const Template* candidate : builtInTemplates()) {
    if (candidate->name() == name) return *candidate;
    known += (known.empty() ? "" : ", ") + candidate->name();
  }
  throw Error("there is no template '" + std::string(name) + "'", "", "use one of: " + known);
}

}  // namespace canvass
