#include <map>

#include "jinja/arguments.h"
#include "jinja/budget.h"
#include "jinja/filters.h"
#include "jinja/operators.h"
#include "jinja/python_string.h"
#include "jinja/python_text.h"
#include "jinja/source.h"

namespace canvass::jinja {
namespace {

// What a value is, asked without an argument.
using Question = bool (*)(const Value& value);
// How a value relates to another.
using Relation = bool (*)(const Value& value, const Value& other);

template <typename Kind>
bool isOf(const Value& value) {
  return value.is<Kind>();
}

bool isDefined(const Value& value) { return !value.is<Undefined>(); }
bool isText(const Value& value) { return value.is<std::string>() || value.is<SafeText>(); }
bool isAnyNumber(const Value& value) { return value.isNumber(); }
bool isDictionary(const Value& value) { return value.mapping(Mapping::Kind::dictionary); }
bool isCallable(const Value& value) { return value.callable() || value.is<Undefined>(); }

// What has a length and can be indexed.
bool isSequence(const Value& value) {
  if (const Sequence* sequence = value.sequence()) {
    return sequence->kind != Sequence::Kind::generator && sequence->kind != Sequence::Kind::view;
  }
  return isText(value) || isDictionary(value) || value.is<Undefined>();
}

bool isIterable(const Value& value) {
  return isText(value) || isDictionary(value) || value.sequence() || value.is<Undefined>() ||
         value.mapping(Mapping::Kind::loop);
}

bool isTruth(const Value& value, bool truth) {
  return value.is<bool>() && *value.as<bool>() == truth;
}
bool isExactlyTrue(const Value& value) { return isTruth(value, true); }
bool isExactlyFalse(const Value& value) { return isTruth(value, false); }

bool divides(const Value& value, const Value& divisor) {
  return equals(arithmetic("%", value, divisor), std::int64_t{0});
}
bool isEven(const Value& value) { return divides(value, std::int64_t{2}); }
bool isOdd(const Value& value) {
  return equals(arithmetic("%", value, std::int64_t{2}), std::int64_t{1});
}

bool isLower(const Value& value) { return isLowerCase(textOf(value)); }
bool isUpper(const Value& value) { return isUpperCase(textOf(value)); }

// Jinja has filters that canvass does not have, and says yes there.
bool namesAFilter(const Value& value) {
  const std::string& name = requireString(value, "a filter's name");
  if (!hasFilter(name)) throw Failure{"canvass has no filter '" + name + "'"};
  return true;
}

// Identity: None, truths, and shared values. Whether equal texts or numbers are one object is up
// to Python's implementation.
bool isSame(const Value& value, const Value& other) {
  if (value.sequence() || other.sequence()) return value.sequence() == other.sequence();
  if (value.mapping() || other.mapping()) return value.mapping() == other.mapping();
  if (typeName(value) != typeName(other) || !equals(value, other)) return false;
  if (value.is<None>() || value.is<bool>()) return true;
  throw Failure{"'sameas' cannot determine whether two equal values of type " + typeName(value) +
                " are one; use =="};
}

bool isIn(const Value& value, const Value& hay) { return contains(hay, value); }

template <char first, char second = '\0'>
bool compared(const Value& value, const Value& other) {
  static const std::string operation =
      second == '\0' ? std::string{first} : std::string{first, second};
  return compares(operation, value, other);
}

const std::map<std::string, Question>& questions() {
  static const std::map<std::string, Question> tests = {
      {"defined", isDefined},
      {"undefined", isOf<Undefined>},
      {"none", isOf<None>},
      {"string", isText},
      {"number", isAnyNumber},
      {"integer", isOf<std::int64_t>},
      {"float", isOf<double>},
      {"boolean", isOf<bool>},
      {"true", isExactlyTrue},
      {"false", isExactlyFalse},
      {"mapping", isDictionary},
      {"sequence", isSequence},
      {"iterable", isIterable},
      {"callable", isCallable},
      {"even", isEven},
      {"odd", isOdd},
      {"lower", isLower},
      {"upper", isUpper},
      {"escaped", isOf<SafeText>},
      {"filter", namesAFilter},
  };
  return tests;
}

const std::map<std::string, Relation>& relations() {
  static const std::map<std::string, Relation> tests = {
      {"==", compared<'=', '='>},
      {"eq", compared<'=', '='>},
      {"equalto", compared<'=', '='>},
      {"!=", compared<'!', '='>},
      {"ne", compared<'!', '='>},
      {"<", compared<'<'>},
      {"lt", compared<'<'>},
      {"lessthan", compared<'<'>},
      {"<=", compared<'<', '='>},
      {"le", compared<'<', '='>},
      {">", compared<'>'>},
      {"gt", compared<'>'>},
      {"greaterthan", compared<'>'>},
      {">=", compared<'>', '='>},
      {"ge", compared<'>', '='>},
      {"divisibleby", divides},
      {"in", isIn},
      {"sameas", isSame},
  };
  return tests;
}

}  // namespace

bool applyTest(const std::string& name, const Value& value, const Arguments& arguments) {
  spend(kStepsOfCall);
  if (const auto found = questions().find(name); found != questions().end()) {
    Parameters("the test " + name, arguments, {});
    return found->second(value);
  }
  if (const auto found = relations().find(name); found != relations().end()) {
    const Parameters parameters("the test " + name, arguments, {"other"});
    return found->second(value, parameters.require("other"));
  }
  throw Failure{"there is no test '" + name + "'"};
}

}  // namespace canvass::jinja
