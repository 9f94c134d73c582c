#include "designs/parts.h"

namespace canvass {

void addPart(Parts& parts, const std::string& name, const Survey& survey,
             const std::vector<std::size_t>& items) {
  if (items.empty()) {
    parts.emptyParts.push_back(name);
  } else {
    parts.parts.push_back({name, selectItems(survey, items)});
  }
}

}  // namespace canvass
