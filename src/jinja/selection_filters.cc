#include "jinja/access.h"
#include "jinja/filters.h"
#include "jinja/source.h"

// map, select, reject, selectattr, rejectattr: filters that apply a filter or a test to elements.
namespace canvass::jinja {
namespace {

// The first argument, taken out of the arguments.
Value takeFirst(const std::string& filter, Arguments& arguments) {
  if (arguments.positional.empty()) throw Failure{filter + " needs an argument"};
  const Value first = arguments.positional.front();
  arguments.positional.erase(arguments.positional.begin());
  return first;
}

Value mapByAttribute(const Value& input, const Arguments& arguments) {
  const Value* path = nullptr;
  const Value* otherwise = nullptr;
  for (const auto& [name, value] : arguments.named) {
    if (name == "attribute")
      path = &value;
    else if (name == "default")
      otherwise = &value;
    else
      throw Failure{"map has no argument '" + name + "' besides 'attribute'"};
  }
  std::vector<Value> found;
  for (const Value& element : elementsOf(input)) {
    found.push_back(lookUpPath(element, *path, otherwise == nullptr ? Value() : *otherwise));
  }
  return makeSequence(Sequence::Kind::generator, std::move(found));
}

bool namesAttribute(const Arguments& arguments) {
  for (const auto& [name, value] : arguments.named) {
    if (name == "attribute") return arguments.positional.empty();
  }
  return false;
}

Value mapFilter(const Value& input, const Arguments& given) {
  if (namesAttribute(given)) return mapByAttribute(input, given);
  Arguments arguments = given;
  const std::string filter = requireString(takeFirst("map", arguments), "the filter of map");
  std::vector<Value> results;
  for (const Value& element : elementsOf(input)) {
    results.push_back(applyFilter(filter, element, arguments));
  }
  return makeSequence(Sequence::Kind::generator, std::move(results));
}

// The test that select and the like are given; without one, what is true passes.
class ElementTest {
 public:
  explicit ElementTest(Arguments arguments) : arguments_(std::move(arguments)) {
    if (arguments_.positional.empty()) return;
    name_ = requireString(takeFirst("select", arguments_), "the test");
  }
  bool passes(const Value& value) const {
    return name_ ? applyTest(*name_, value, arguments_) : isTrue(value);
  }

 private:
  Arguments arguments_;
  std::optional<std::string> name_;
};

template <bool wanted>
Value selectFilter(const Value& input, const Arguments& arguments) {
  const auto elements = elementsOf(input);
  if (elements.empty()) return makeSequence(Sequence::Kind::generator, {});
  const ElementTest test(arguments);
  std::vector<Value> kept;
  for (const Value& element : elements) {
    if (test.passes(element) == wanted) kept.push_back(element);
  }
  return makeSequence(Sequence::Kind::generator, std::move(kept));
}

template <bool wanted>
Value selectByAttributeFilter(const Value& input, const Arguments& given) {
  Arguments arguments = given;
  const Value path = takeFirst("selectattr", arguments);
  const auto elements = elementsOf(input);
  if (elements.empty()) return makeSequence(Sequence::Kind::generator, {});
  const ElementTest test(arguments);
  std::vector<Value> kept;
  for (const Value& element : elements) {
    if (test.passes(lookUpPath(element, path)) == wanted) kept.push_back(element);
  }
  return makeSequence(Sequence::Kind::generator, std::move(kept));
}

}  // namespace

const FilterTable& selectionFilters() {
  static const FilterTable filters = {
      {"map", mapFilter},
      {"select", selectFilter<true>},
      {"reject", selectFilter<false>},
      {"selectattr", selectByAttributeFilter<true>},
      {"rejectattr", selectByAttributeFilter<false>},
  };
  return filters;
}

}  // namespace canvass::jinja
