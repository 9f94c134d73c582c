#include "jinja/statements.h"

namespace canvass::jinja {
namespace {

Value cycle(std::size_t index, const Arguments& arguments) {
  if (arguments.positional.empty()) throw Failure{"loop.cycle needs values"};
  return arguments.positional[index % arguments.positional.size()];
}

Value neighbor(const std::vector<Value>& elements, std::size_t index, const char* name) {
  if (index < elements.size()) {
    spendOnCopy(elements[index]);
    return elements[index];
  }
  return Undefined{std::string("there is no ") + name + " item"};
}

Value makeLoop(const std::vector<Value>& elements, std::size_t index, std::int64_t depth) {
  spend(kStepsOfTurn);
  spendOnCopy(elements[index]);
  Value loop = makeMapping(Mapping::Kind::loop);
  const auto set = [&](const char* name, Value value) {
    loop.mapping()->entries.emplace_back(name, std::move(value));
  };
  const auto place = static_cast<std::int64_t>(index);
  const auto length = static_cast<std::int64_t>(elements.size());
  set("index", place + 1);
  set("index0", place);
  set("first", index == 0);
  set("last", place + 1 == length);
  set("length", length);
  set("revindex", length - place);
  set("revindex0", length - place - 1);
  // Before the first item the index wraps around to one past every end.
  set("previtem", neighbor(elements, index - 1, "previous"));
  set("nextitem", neighbor(elements, index + 1, "next"));
  set("depth", depth);
  set("depth0", depth - 1);
  set("cycle", makeCallable("cycle", [index](const Arguments& arguments) {
        return cycle(index, arguments);
      }));
  return loop;
}

}  // namespace

bool For::takes(const Value& element, Context& context) const {
  if (filter_ == nullptr) return true;
  return context.inNewScope(context.scope(), [&] {
    target_.assign(element, context);
    return isTrue(filter_->evaluate(context));
  });
}

std::vector<Value> For::elements(Context& context) const {
  const Value iterable = iterable_->evaluate(context);
  context.defined(iterable, iterable_->at());
  std::vector<Value> all;
  try {
    all = elementsOf(iterable);
  } catch (const Failure& failure) {
    context.source().fail(iterable_->at(), failure.message);
  }
  std::erase_if(all, [&](const Value& element) { return !takes(element, context); });
  return all;
}

Flow For::execute(Context& context) const {
  const std::vector<Value> all = elements(context);
  // Every iteration has names of its own: what one sets, the next does not see.
  const Scope& outer = context.scope();
  const auto turn = [&](const Body& body, std::size_t index) {
    return context.inNewScope(outer, [&] {
      if (index < all.size()) {
        context.scope().set("loop", makeLoop(all, index, 1));
        target_.assign(all[index], context);
      }
      return executeBody(body, context);
    });
  };
  bool completed = false;  // Jinja runs the else if no iteration was completed
  for (std::size_t index = 0; index < all.size(); ++index) {
    const Flow flow = turn(body_, index);
    if (flow == Flow::breakLoop) break;
    completed = completed || flow == Flow::next;
  }
  return completed ? Flow::next : turn(otherwise_, all.size());
}

}  // namespace canvass::jinja
