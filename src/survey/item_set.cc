#include "survey/item_set.h"

namespace canvass {

ItemId idOf(const Survey& survey, const Item& item) {
  return {survey.questionOf(item).id, survey.populationOf(item).id};
}

bool ItemSet::contains(const Survey& survey, const Item& item) const {
  return contains(survey.questionOf(item).id, survey.populationOf(item).id);
}

bool ItemSet::contains(const std::string& question, const std::string& population) const {
  return index_.item(question, population).has_value();
}

Survey withoutItemsOf(const Survey& survey, const Survey& other) {
  const ItemSet left(other);
  Survey result = survey;
  std::erase_if(result.items, [&](const Item& item) { return left.contains(survey, item); });
  return result;
}

}  // namespace canvass
