#include "jinja/access.h"

#include <algorithm>

#include "base/utf8.h"
#include "jinja/budget.h"
#include "jinja/python_string.h"
#include "jinja/python_text.h"
#include "jinja/source.h"

namespace canvass::jinja {
namespace {

void refuseUndefined(const Value& value) {
  if (const auto* undefined = value.as<Undefined>()) throw Failure{undefined->reason};
}

Value missing(const Value& value, const Value& key) {
  return Undefined{typeName(value) + " has no " + quotedTextOf(key)};
}

std::optional<Value> keyOf(const Value& value, const Value& key) {
  const Mapping* mapping = value.mapping();
  const Value* found = mapping == nullptr ? nullptr : mapping->find(key);
  return found == nullptr ? std::nullopt : std::optional<Value>(*found);
}

void refuseSafeText(const Value& value) {
  if (value.is<SafeText>()) throw Failure{typeName(value) + " can only be printed"};
}

bool isIndexable(const Value& value) {
  const Sequence* sequence = value.sequence();
  return value.is<std::string>() ||
         (sequence != nullptr && sequence->kind != Sequence::Kind::generator &&
          sequence->kind != Sequence::Kind::view);
}

std::optional<Value> elementOf(const Value& value, const Value& key) {
  const bool whole = key.is<std::int64_t>() || key.is<bool>();
  if (!isIndexable(value) || !whole) return std::nullopt;
  const auto size = lengthOf(value);
  std::int64_t index = requireInteger(key, "the index");
  if (index < 0) index += size;
  if (index < 0 || index >= size) return std::nullopt;
  const auto place = static_cast<std::size_t>(index);
  if (const Sequence* sequence = value.sequence()) return sequence->items[place];
  std::string character;
  appendUtf8(character, decodeUtf8(*value.as<std::string>())[place]);
  return character;
}

// Python has these, and they may print something where ignoring them would print nothing.
void refuseUnknownMember(const Value& value, const std::string& name) {
  if (value.mapping(Mapping::Kind::loop) || value.callable()) {
    throw Failure{"canvass has no " + typeName(value) + "." + name};
  }
}

// Where a slice begins and ends, clipped as Python clips it.
struct SliceRange {
  std::int64_t begin, end, step;
};

std::int64_t clipped(const Value& bound, std::int64_t size, std::int64_t otherwise, bool forward) {
  if (bound.is<None>()) return otherwise;
  std::int64_t index = requireInteger(bound, "a bound of the slice");
  if (index < 0) index = std::max<std::int64_t>(index, -size - 1) + size;
  return std::clamp<std::int64_t>(index, forward ? 0 : -1, forward ? size : size - 1);
}

SliceRange sliceRange(const Value& begin, const Value& end, const Value& step, std::int64_t size) {
  const std::int64_t stride = step.is<None>() ? 1 : requireInteger(step, "the step of the slice");
  if (stride == 0) throw Failure{"the step of a slice must not be 0"};
  const bool forward = stride > 0;
  return {clipped(begin, size, forward ? 0 : size - 1, forward),
          clipped(end, size, forward ? size : -1, forward),
          std::clamp<std::int64_t>(stride, -size - 1, size + 1)};
}

template <typename Element>
std::vector<Element> chosenFrom(const std::vector<Element>& elements, const Value& begin,
                                const Value& end, const Value& step) {
  const auto range = sliceRange(begin, end, step, static_cast<std::int64_t>(elements.size()));
  std::vector<Element> chosen;
  for (std::int64_t i = range.begin; range.step > 0 ? i < range.end : i > range.end;
       i += range.step) {
    chosen.push_back(elements[static_cast<std::size_t>(i)]);
  }
  return chosen;
}

bool isIndex(const std::string& part) {
  return !part.empty() && part.find_first_not_of("0123456789") == std::string::npos;
}

std::vector<Value> pathKeys(const Value& path) {
  spendOnCopy(path);
  if (!path.is<std::string>()) return {path};
  std::vector<Value> keys;
  for (const std::string& part : split(*path.as<std::string>(), ".", -1)) {
    spend(kStepsOfItem);
    keys.push_back(isIndex(part) ? Value(integerOf(part)) : Value(part));
  }
  return keys;
}

}  // namespace

Value attributeOf(const Value& value, const std::string& name) {
  spend(1);
  refuseUndefined(value);
  refuseSafeText(value);
  if (auto method = methodOf(value, name)) return *method;
  if (auto found = keyOf(value, name)) return *found;
  refuseUnknownMember(value, name);
  return missing(value, name);
}

Value itemOf(const Value& value, const Value& key) {
  spend(1);
  refuseUndefined(value);
  refuseSafeText(value);
  if (auto found = keyOf(value, key)) return *found;
  if (auto found = elementOf(value, key)) return *found;
  if (const auto* name = key.as<std::string>()) {
    if (auto method = methodOf(value, *name)) return *method;
    refuseUnknownMember(value, *name);
  }
  return missing(value, key);
}

Value lookUpPath(Value value, const Value& path, const Value& otherwise) {
  if (path.is<None>()) return value;
  for (const Value& key : pathKeys(path)) {
    value = itemOf(value, key);
    if (value.is<Undefined>() && !otherwise.is<None>()) value = otherwise;
  }
  return value;
}

Value sliceOf(const Value& value, const Value& begin, const Value& end, const Value& step) {
  refuseUndefined(value);
  if (!isIndexable(value)) throw Failure{typeName(value) + " cannot be sliced"};
  if (const Sequence* sequence = value.sequence()) {
    return makeSequence(sequence->kind, chosenFrom(sequence->items, begin, end, step));
  }
  const std::string& text = *value.as<std::string>();
  spendOnCharacters(text.size());
  std::string chosen;
  for (const char32_t c : chosenFrom(decodeUtf8(text), begin, end, step)) appendUtf8(chosen, c);
  return chosen;
}

}  // namespace canvass::jinja
