#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "jinja/access.h"
#include "jinja/arguments.h"
#include "jinja/budget.h"
#include "jinja/operators.h"
#include "jinja/python_string.h"
#include "jinja/python_text.h"
#include "jinja/source.h"

namespace canvass::jinja {
namespace {

using StringMethod = Value (*)(const std::string& text, const Arguments& arguments);
using DictionaryMethod = Value (*)(const Mapping& dictionary, const Arguments& arguments);

Value listOf(const std::vector<std::string>& texts) {
  return makeList({texts.begin(), texts.end()});
}

template <Side side>
Value stripMethod(const std::string& text, const Arguments& arguments) {
  const Parameters parameters("strip", arguments, {"chars"});
  const Value* characters = parameters.find("chars");
  if (characters == nullptr || characters->is<None>()) return strip(text, side);
  return strip(text, side, requireString(*characters, "'chars' of strip"));
}

template <std::string (*convert)(const std::string&)>
Value caseMethod(const std::string& text, const Arguments& arguments) {
  Parameters("a method without arguments", arguments, {});
  return convert(text);
}

Value splitMethod(const std::string& text, const Arguments& arguments) {
  const Parameters parameters("split", arguments, {"sep", "maxsplit"});
  const Value* separator = parameters.find("sep");
  const std::int64_t limit = parameters.integer("maxsplit", -1);
  if (separator == nullptr || separator->is<None>()) return listOf(split(text, {}, limit));
  return listOf(split(text, requireString(*separator, "'sep' of split"), limit));
}

Value splitLinesMethod(const std::string& text, const Arguments& arguments) {
  Parameters("splitlines", arguments, {});
  return listOf(splitLines(text));
}

Value replaceMethod(const std::string& text, const Arguments& arguments) {
  const Parameters parameters("replace", arguments, {"old", "new", "count"});
  parameters.require("old");
  parameters.require("new");
  return replaced(text, parameters.string("old", ""), parameters.string("new", ""),
                  parameters.integer("count", -1));
}

// startswith and endswith take one text or a tuple of them.
template <typename Matches>
Value anyAffix(const std::string& name, const Arguments& arguments, const Matches& matches) {
  const Parameters parameters(name, arguments, {"prefix"});
  const Value& affix = parameters.require("prefix");
  if (!affix.sequence(Sequence::Kind::tuple)) {
    return matches(requireString(affix, "the argument of " + name));
  }
  const auto& choices = affix.sequence()->items;
  return std::any_of(choices.begin(), choices.end(), [&](const Value& choice) {
    return matches(requireString(choice, "an argument of " + name));
  });
}

Value startsWithMethod(const std::string& text, const Arguments& arguments) {
  return anyAffix("startswith", arguments,
                  [&](const std::string& prefix) { return text.starts_with(prefix); });
}

Value endsWithMethod(const std::string& text, const Arguments& arguments) {
  return anyAffix("endswith", arguments,
                  [&](const std::string& suffix) { return text.ends_with(suffix); });
}

Value joinMethod(const std::string& text, const Arguments& arguments) {
  const Parameters parameters("join", arguments, {"iterable"});
  std::string result;
  bool first = true;
  for (const Value& element : elementsOf(parameters.require("iterable"))) {
    if (!std::exchange(first, false)) append(result, text);
    append(result, requireString(element, "what a string joins"));
  }
  return result;
}

// find() counts code points.
Value findMethod(const std::string& text, const Arguments& arguments) {
  const Parameters parameters("find", arguments, {"sub"});
  const std::size_t found = findIn(text, requireString(parameters.require("sub"), "'sub' of find"));
  if (found == std::string::npos) return std::int64_t{-1};
  return lengthOf(text.substr(0, found));
}

Value countMethod(const std::string& text, const Arguments& arguments) {
  const Parameters parameters("count", arguments, {"sub"});
  const auto& part = requireString(parameters.require("sub"), "'sub' of count");
  if (part.empty()) throw Failure{"count needs a text that is not empty"};
  return static_cast<std::int64_t>(split(text, part, -1).size() - 1);
}

const std::map<std::string, StringMethod>& stringMethods() {
  static const std::map<std::string, StringMethod> methods = {
      {"strip", stripMethod<Side::both>},
      {"lstrip", stripMethod<Side::left>},
      {"rstrip", stripMethod<Side::right>},
      {"upper", caseMethod<upperCase>},
      {"lower", caseMethod<lowerCase>},
      {"title", caseMethod<titleCase>},
      {"capitalize", caseMethod<capitalized>},
      {"split", splitMethod},
      {"splitlines", splitLinesMethod},
      {"replace", replaceMethod},
      {"startswith", startsWithMethod},
      {"endswith", endsWithMethod},
      {"join", joinMethod},
      {"find", findMethod},
      {"count", countMethod},
  };
  return methods;
}

Value pair(const Value& key, const Value& value) {
  return makeSequence(Sequence::Kind::tuple, {key, value});
}

Value itemsMethod(const Mapping& dictionary, const Arguments& arguments) {
  Parameters("items", arguments, {});
  std::vector<Value> pairs;
  for (const auto& [key, value] : dictionary.entries) pairs.push_back(pair(key, value));
  return makeSequence(Sequence::Kind::view, std::move(pairs));
}

Value keysMethod(const Mapping& dictionary, const Arguments& arguments) {
  Parameters("keys", arguments, {});
  std::vector<Value> keys;
  for (const auto& [key, value] : dictionary.entries) keys.push_back(key);
  return makeSequence(Sequence::Kind::view, std::move(keys));
}

Value valuesMethod(const Mapping& dictionary, const Arguments& arguments) {
  Parameters("values", arguments, {});
  std::vector<Value> values;
  for (const auto& [key, value] : dictionary.entries) values.push_back(value);
  return makeSequence(Sequence::Kind::view, std::move(values));
}

Value getMethod(const Mapping& dictionary, const Arguments& arguments) {
  const Parameters parameters("get", arguments, {"key", "default"});
  requireHashable(parameters.require("key"));
  if (const Value* found = dictionary.find(parameters.require("key"))) return *found;
  const Value* otherwise = parameters.find("default");
  return otherwise == nullptr ? Value(None{}) : *otherwise;
}

const std::map<std::string, DictionaryMethod>& dictionaryMethods() {
  static const std::map<std::string, DictionaryMethod> methods = {
      {"items", itemsMethod}, {"keys", keysMethod}, {"values", valuesMethod}, {"get", getMethod}};
  return methods;
}

// Other methods of Python's types: ignoring them would print nothing where Python prints something,
// or change what the sandbox of Python protects.
const std::set<std::string>& unsupportedMembers(const Value& value) {
  static const std::set<std::string> text = {
      "casefold",     "center",  "encode",    "expandtabs",  "format",       "format_map",
      "index",        "isalnum", "isalpha",   "isascii",     "isdecimal",    "isdigit",
      "isidentifier", "islower", "isnumeric", "isprintable", "isspace",      "istitle",
      "isupper",      "ljust",   "maketrans", "partition",   "removeprefix", "removesuffix",
      "rfind",        "rindex",  "rjust",     "rpartition",  "rsplit",       "swapcase",
      "translate",    "zfill"};
  static const std::set<std::string> dictionary = {"clear",   "copy",       "fromkeys", "pop",
                                                   "popitem", "setdefault", "update"};
  static const std::set<std::string> list = {"append", "clear",   "copy",   "count",
                                             "extend", "index",   "insert", "pop",
                                             "remove", "reverse", "sort"};
  static const std::set<std::string> number = {
      "as_integer_ratio", "bit_count", "bit_length", "conjugate", "denominator",
      "from_bytes",       "fromhex",   "hex",        "imag",      "is_integer",
      "numerator",        "real",      "to_bytes"};
  static const std::set<std::string> range = {"count", "index", "start", "step", "stop"};
  static const std::set<std::string> view = {"isdisjoint", "mapping"};
  static const std::set<std::string> generator = {"close", "send", "throw"};
  static const std::set<std::string> none;
  if (value.is<std::string>()) return text;
  if (value.isNumber()) return number;
  if (value.mapping(Mapping::Kind::dictionary)) return dictionary;
  if (value.sequence(Sequence::Kind::range)) return range;
  if (value.sequence(Sequence::Kind::view)) return view;
  if (value.sequence(Sequence::Kind::generator)) return generator;
  return value.sequence() ? list : none;
}

// Python's methods take arguments by name only if it says so here.
void checkNames(const std::string& method, const Arguments& arguments) {
  if (!arguments.named.empty() && method != "split") {
    throw Failure{"the method " + method + " takes no arguments by name"};
  }
}

}  // namespace

std::optional<Value> methodOf(const Value& value, const std::string& name) {
  if (unsupportedMembers(value).contains(name)) {
    throw Failure{"the method " + name + " of " + typeName(value) + " is not supported"};
  }
  if (const auto* text = value.as<std::string>()) {
    const auto found = stringMethods().find(name);
    if (found == stringMethods().end()) return std::nullopt;
    spendOnText(text->size());
    return makeCallable(name,
                        [name, text = *text, method = found->second](const Arguments& arguments) {
                          checkNames(name, arguments);
                          return method(text, arguments);
                        });
  }
  const auto* dictionary = value.as<std::shared_ptr<Mapping>>();
  if (dictionary == nullptr || (*dictionary)->kind != Mapping::Kind::dictionary) {
    return std::nullopt;
  }
  const auto found = dictionaryMethods().find(name);
  if (found == dictionaryMethods().end()) return std::nullopt;
  return makeCallable(
      name,
      [name, keep = *dictionary, method = found->second](const Arguments& arguments) {
        checkNames(name, arguments);
        return method(*keep, arguments);
      },
      (*dictionary)->holdsMutable);
}

}  // namespace canvass::jinja
