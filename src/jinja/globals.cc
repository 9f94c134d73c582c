#include <fmt/format.h>

#include "base/list_text.h"
#include "jinja/arguments.h"
#include "jinja/context.h"
#include "jinja/python_text.h"

namespace canvass::jinja {
namespace {

constexpr std::size_t kMaxTimeFormat = 1000;  // in bytes

// dict(other, key=value, ...) and namespace of the same.
Value makeFromArguments(Mapping::Kind kind, const Arguments& arguments) {
  Value result = makeMapping(kind);
  if (arguments.positional.size() > 1) throw Failure{"it takes one dict at most"};
  if (!arguments.positional.empty()) {
    const Mapping* other = arguments.positional[0].mapping(Mapping::Kind::dictionary);
    if (other == nullptr) throw Failure{"a dict was expected here"};
    for (const auto& [name, value] : other->entries) {
      spend(2 * kStepsOfItem);
      spendOnCopy(name);
      spendOnCopy(value);
    }
    result.mapping()->entries = other->entries;
    result.mapping()->depth = other->depth;
    result.mapping()->holdsMutable = other->holdsMutable;
  }
  for (const auto& [name, value] : arguments.named) result.mapping()->set(name, value);
  if (kind != Mapping::Kind::nameSpace) return result;
  for (const auto& [name, value] : result.mapping()->entries) checkNamespaceEntry(name, value);
  return result;
}

Value rangeOf(const Arguments& arguments) {
  const auto& given = arguments.positional;
  if (given.empty() || given.size() > 3 || !arguments.named.empty()) {
    throw Failure{"range takes one to three integers"};
  }
  const auto integer = [&](std::size_t i) { return requireInteger(given[i], "a bound of range"); };
  const std::int64_t begin = given.size() == 1 ? 0 : integer(0);
  const std::int64_t end = given.size() == 1 ? integer(0) : integer(1);
  const std::int64_t step = given.size() == 3 ? integer(2) : 1;
  if (step == 0) throw Failure{"the step of range must not be 0"};
  std::vector<Value> items;
  for (std::int64_t i = begin; step > 0 ? i < end : i > end;) {
    if (static_cast<std::int64_t>(items.size()) >= kMaxRange) {
      throw Failure{fmt::format("the range is longer than {}", grouped(kMaxRange))};
    }
    items.emplace_back(i);
    if (__builtin_add_overflow(i, step, &i)) break;
  }
  return makeSequence(Sequence::Kind::range, std::move(items));
}

Value raiseException(const Arguments& arguments) {
  const Parameters parameters("raise_exception", arguments, {"message"});
  throw Failure{"the template refuses this conversation: " + textOf(parameters.require("message"))};
}

std::string formatTime(const std::tm& time, const std::string& format) {
  if (format.empty()) return {};
  if (format.size() > kMaxTimeFormat) throw Failure{"the format of the time is too long"};
  std::string text(format.size() * 32 + 64, '\0');  // more than any conversion needs
  text.resize(std::strftime(text.data(), text.size(), format.c_str(), &time));
  return text;
}

}  // namespace

void addGlobals(Scope& scope, const Context::Clock& clock) {
  const auto add = [&](const char* name, std::function<Value(const Arguments&)> function) {
    scope.set(name, makeCallable(name, std::move(function)));
  };
  add("range", rangeOf);
  add("raise_exception", raiseException);
  add("dict", [](const Arguments& arguments) {
    return makeFromArguments(Mapping::Kind::dictionary, arguments);
  });
  add("namespace", [](const Arguments& arguments) {
    return makeFromArguments(Mapping::Kind::nameSpace, arguments);
  });
  add("strftime_now", [clock](const Arguments& arguments) -> Value {
    const Parameters parameters("strftime_now", arguments, {"format"});
    parameters.require("format");
    return formatTime(clock(), parameters.string("format", ""));
  });
}

}  // namespace canvass::jinja
