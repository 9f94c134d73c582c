#include "jinja/operators.h"

#include <algorithm>
#include <limits>

#include "jinja/budget.h"
#include "jinja/python_string.h"
#include "jinja/source.h"

namespace canvass::jinja {
namespace {

// Holds every double and every 64-bit integer exactly: Python compares them without rounding.
static_assert(std::numeric_limits<long double>::digits >= 63);

long double exactNumber(const Value& value) {
  if (const double* number = value.as<double>()) return *number;
  return static_cast<long double>(requireInteger(value, "the operand"));
}

bool bothIntegers(const Value& left, const Value& right) {
  return left.isNumber() && right.isNumber() && !left.is<double>() && !right.is<double>();
}

bool numbersEqual(const Value& left, const Value& right) {
  if (!bothIntegers(left, right)) return exactNumber(left) == exactNumber(right);
  return requireInteger(left, "the operand") == requireInteger(right, "the operand");
}

bool sequencesEqual(const Sequence& left, const Sequence& right) {
  return left.kind == right.kind && std::equal(left.items.begin(), left.items.end(),
                                               right.items.begin(), right.items.end(), equals);
}

bool dictionariesEqual(const Mapping& left, const Mapping& right) {
  if (left.entries.size() != right.entries.size()) return false;
  return std::all_of(left.entries.begin(), left.entries.end(), [&](const auto& entry) {
    const Value* other = right.find(entry.first);
    return other != nullptr && equals(entry.second, *other);
  });
}

bool mappingsEqual(const Mapping& left, const Mapping& right) {
  const bool plain = left.kind == Mapping::Kind::dictionary && right.kind == left.kind;
  return plain ? dictionariesEqual(left, right) : &left == &right;
}

bool isOrderedSequence(const Sequence* sequence) {
  return sequence != nullptr &&
         (sequence->kind == Sequence::Kind::list || sequence->kind == Sequence::Kind::tuple);
}

}  // namespace

bool equals(const Value& left, const Value& right) {
  spend(kStepsOfComparison);
  if (left.isNumber() && right.isNumber()) return numbersEqual(left, right);
  if (left.is<Undefined>() || left.is<None>()) {
    return left.is<Undefined>() == right.is<Undefined>() && left.is<None>() == right.is<None>();
  }
  const bool texts = (left.is<std::string>() || left.is<SafeText>()) &&
                     (right.is<std::string>() || right.is<SafeText>());
  if (texts) {
    const auto text = [](const Value& value) -> const std::string& {
      const auto* plain = value.as<std::string>();
      return plain != nullptr ? *plain : value.as<SafeText>()->text;
    };
    spendOnText(std::min(text(left).size(), text(right).size()));
    return text(left) == text(right);
  }
  if (left.sequence() && right.sequence()) {
    return sequencesEqual(*left.sequence(), *right.sequence());
  }
  if (left.mapping() && right.mapping()) return mappingsEqual(*left.mapping(), *right.mapping());
  return left.callable() != nullptr && left.callable() == right.callable();
}

bool isLess(const Value& left, const Value& right) {
  spend(kStepsOfComparison);
  if (left.isNumber() && right.isNumber()) {
    if (!bothIntegers(left, right)) return exactNumber(left) < exactNumber(right);
    return requireInteger(left, "the operand") < requireInteger(right, "the operand");
  }
  // The order of UTF-8 bytes is the order of code points.
  if (left.is<std::string>() && right.is<std::string>()) {
    spendOnText(std::min(left.as<std::string>()->size(), right.as<std::string>()->size()));
    return *left.as<std::string>() < *right.as<std::string>();
  }
  const Sequence* first = left.sequence();
  const Sequence* second = right.sequence();
  if (isOrderedSequence(first) && isOrderedSequence(second) && first->kind == second->kind) {
    const auto [a, b] = std::mismatch(first->items.begin(), first->items.end(),
                                      second->items.begin(), second->items.end(), equals);
    if (a == first->items.end() || b == second->items.end()) return b != second->items.end();
    return isLess(*a, *b);
  }
  throw Failure{typeName(left) + " and " + typeName(right) + " cannot be ordered"};
}

void requireHashable(const Value& value) {
  spend(1);
  const bool dictionary = value.mapping(Mapping::Kind::dictionary);
  if (dictionary || value.sequence(Sequence::Kind::list) || value.sequence(Sequence::Kind::view)) {
    throw Failure{typeName(value) + " cannot be looked up, because it has no hash"};
  }
  if (!value.sequence(Sequence::Kind::tuple)) return;
  for (const Value& item : value.sequence()->items) requireHashable(item);
}

bool contains(const Value& hay, const Value& needle) {
  if (const auto* text = hay.as<std::string>()) {
    return findIn(*text, requireString(needle, "what is looked for in a string")) !=
           std::string::npos;
  }
  if (hay.mapping(Mapping::Kind::dictionary)) requireHashable(needle);
  const auto elements = elementsOf(hay);
  return std::any_of(elements.begin(), elements.end(),
                     [&](const Value& element) { return equals(element, needle); });
}

bool compares(const std::string& operation, const Value& left, const Value& right) {
  if (operation == "==") return equals(left, right);
  if (operation == "!=") return !equals(left, right);
  if (operation == "<") return isLess(left, right);
  if (operation == ">") return isLess(right, left);
  // Not the negation of the strict order: that would be true for NaN.
  if (operation == "<=") return isLess(left, right) || equals(left, right);
  return isLess(right, left) || equals(left, right);
}

}  // namespace canvass::jinja
