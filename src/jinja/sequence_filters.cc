#include <algorithm>
#include <utility>

#include "jinja/access.h"
#include "jinja/arguments.h"
#include "jinja/budget.h"
#include "jinja/filters.h"
#include "jinja/operators.h"
#include "jinja/python_string.h"
#include "jinja/python_text.h"
#include "jinja/source.h"

namespace canvass::jinja {
namespace {

Value lengthFilter(const Value& input, const Arguments& arguments) {
  Parameters("length", arguments, {});
  return lengthOf(input);
}

Value listFilter(const Value& input, const Arguments& arguments) {
  Parameters("list", arguments, {});
  return makeList(elementsOf(input));
}

Value firstFilter(const Value& input, const Arguments& arguments) {
  Parameters("first", arguments, {});
  const auto elements = elementsOf(input);
  return elements.empty() ? Value(Undefined{"there is no first item"}) : elements.front();
}

std::vector<Value> backwards(const Value& input) {
  auto elements = elementsOf(input);
  std::reverse(elements.begin(), elements.end());
  return elements;
}

Value lastFilter(const Value& input, const Arguments& arguments) {
  Parameters("last", arguments, {});
  if (input.sequence(Sequence::Kind::generator)) {
    throw Failure{"last cannot walk a generator backwards; turn it into a list first"};
  }
  const auto elements = backwards(input);
  return elements.empty() ? Value(Undefined{"there is no last item"}) : elements.front();
}

Value reverseFilter(const Value& input, const Arguments& arguments) {
  Parameters("reverse", arguments, {});
  auto elements = backwards(input);
  if (!input.is<std::string>()) return makeSequence(Sequence::Kind::generator, std::move(elements));
  std::string text;
  for (const Value& character : elements) text += *character.as<std::string>();
  return text;
}

Value joinFilter(const Value& input, const Arguments& arguments) {
  const Parameters parameters("join", arguments, {"d", "attribute"});
  const Value* separator = parameters.find("d");
  const Value* attribute = parameters.find("attribute");
  std::string text;
  bool first = true;
  for (const Value& element : elementsOf(input)) {
    if (!std::exchange(first, false) && separator != nullptr) append(text, textOf(*separator));
    append(text, textOf(attribute == nullptr ? element : lookUpPath(element, *attribute)));
  }
  return text;
}

Value itemsFilter(const Value& input, const Arguments& arguments) {
  Parameters("items", arguments, {});
  if (input.is<Undefined>()) return makeSequence(Sequence::Kind::generator, {});
  const Mapping* dictionary = input.mapping(Mapping::Kind::dictionary);
  if (dictionary == nullptr) throw Failure{"items needs a dict, not " + typeName(input)};
  std::vector<Value> pairs;
  for (const auto& [key, value] : dictionary->entries) {
    pairs.push_back(makeSequence(Sequence::Kind::tuple, {key, value}));
  }
  return makeSequence(Sequence::Kind::generator, std::move(pairs));
}

// What sorting and comparing look at: strings without their case unless it counts.
Value comparable(const Value& value, bool caseSensitive) {
  const auto* text = value.as<std::string>();
  return text == nullptr || caseSensitive ? value : Value(lowerCase(*text));
}

using Key = std::function<Value(const Value&)>;

std::vector<Value> sorted(const std::vector<Value>& elements, const Key& key, bool reverse) {
  std::vector<std::pair<Value, Value>> keyed;
  for (const Value& element : elements) keyed.emplace_back(key(element), element);
  std::stable_sort(keyed.begin(), keyed.end(), [&](const auto& a, const auto& b) {
    return reverse ? isLess(b.first, a.first) : isLess(a.first, b.first);
  });
  std::vector<Value> result;
  for (auto& [sortedBy, element] : keyed) result.push_back(std::move(element));
  return result;
}

// What `attribute` of sort names: one path, or several after commas; None for the element itself.
std::vector<Value> sortPaths(const Value* attribute) {
  if (attribute == nullptr) return {None{}};
  if (!attribute->is<std::string>()) return {*attribute};
  const auto paths = split(*attribute->as<std::string>(), ",", -1);
  return {paths.begin(), paths.end()};
}

Value sortFilter(const Value& input, const Arguments& arguments) {
  const Parameters parameters("sort", arguments, {"reverse", "case_sensitive", "attribute"});
  const bool caseSensitive = parameters.truth("case_sensitive", false);
  const Value* attribute = parameters.find("attribute");
  // As lists, which compare values only if they differ: equal ones need no order.
  const Key key = [&](const Value& element) {
    std::vector<Value> keys;
    for (const Value& path : sortPaths(attribute)) {
      const Value value = path.is<None>() ? element : lookUpPath(element, path);
      keys.push_back(comparable(value, caseSensitive));
    }
    return makeList(std::move(keys));
  };
  return makeList(sorted(elementsOf(input), key, parameters.truth("reverse", false)));
}

Value dictSortFilter(const Value& input, const Arguments& arguments) {
  const Parameters parameters("dictsort", arguments, {"case_sensitive", "by", "reverse"});
  const bool caseSensitive = parameters.truth("case_sensitive", false);
  const std::string by = parameters.string("by", "key");
  if (by != "key" && by != "value") throw Failure{"dictsort sorts by 'key' or 'value'"};
  const Key key = [&](const Value& pair) {
    return comparable(pair.sequence()->items[by == "key" ? 0 : 1], caseSensitive);
  };
  if (input.is<Undefined>()) throw Failure{input.as<Undefined>()->reason};
  const auto pairs = elementsOf(itemsFilter(input, {}));
  return makeList(sorted(pairs, key, parameters.truth("reverse", false)));
}

Value uniqueFilter(const Value& input, const Arguments& arguments) {
  const Parameters parameters("unique", arguments, {"case_sensitive"});
  const bool caseSensitive = parameters.truth("case_sensitive", false);
  std::vector<Value> kept;
  std::vector<Value> seen;
  for (const Value& element : elementsOf(input)) {
    const Value key = comparable(element, caseSensitive);
    requireHashable(key);
    const bool known = std::any_of(seen.begin(), seen.end(),
                                   [&](const Value& other) { return equals(key, other); });
    if (known) continue;
    seen.push_back(key);
    kept.push_back(element);
  }
  return makeSequence(Sequence::Kind::generator, std::move(kept));
}

Value sumFilter(const Value& input, const Arguments& arguments) {
  const Parameters parameters("sum", arguments, {});
  Value sum = std::int64_t{0};
  for (const Value& element : elementsOf(input)) sum = arithmetic("+", sum, element);
  return sum;
}

Value defaultFilter(const Value& input, const Arguments& arguments) {
  const Parameters parameters("default", arguments, {"default_value", "boolean"});
  const bool replace =
      input.is<Undefined>() || (parameters.truth("boolean", false) && !isTrue(input));
  if (!replace) return input;
  const Value* otherwise = parameters.find("default_value");
  return otherwise == nullptr ? Value("") : *otherwise;
}

}  // namespace

const FilterTable& sequenceFilters() {
  static const FilterTable filters = {
      {"length", lengthFilter}, {"count", lengthFilter},      {"list", listFilter},
      {"first", firstFilter},   {"last", lastFilter},         {"reverse", reverseFilter},
      {"join", joinFilter},     {"items", itemsFilter},       {"sort", sortFilter},
      {"unique", uniqueFilter}, {"dictsort", dictSortFilter}, {"sum", sumFilter},
      {"d", defaultFilter},     {"default", defaultFilter},
  };
  return filters;
}

}  // namespace canvass::jinja
