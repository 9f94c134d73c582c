#pragma once

#include <algorithm>
#include <ctime>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "jinja/budget.h"
#include "jinja/source.h"
#include "jinja/value.h"

namespace canvass::jinja {

// The names of one block; other names are looked up in the one around it.
class Scope {
 public:
  explicit Scope(const Scope* parent) : parent_(parent) {}

  void set(const std::string& name, Value value) { names_[name] = std::move(value); }
  const Value* find(const std::string& name) const;

 private:
  const Scope* parent_;
  std::map<std::string, Value> names_;
};

// The state of one rendering.
class Context {
 public:
  using Clock = std::function<std::tm()>;

  // `variables`: the template's input; the global functions of chat templates are added.
  Context(const Source& source, const std::map<std::string, Value>& variables, const Clock& clock);

  const Source& source() const { return source_; }
  Scope& scope() { return *scope_; }
  // A new scope inside `parent`, which lives as long as the rendering.
  Scope& newScope(const Scope& parent);
  // The scopes that are open stay, because a macro that is defined in them refers to them.
  void keepScopes();
  // Throws Failure if the text would become too long.
  void write(const std::string& text) { append(*output_, text); }
  // The value, found at byte `at`. Throws Error if it is undefined and the source refuses that.
  const Value& defined(const Value& value, std::size_t at) const;

  // Runs `action` in a scope, or with its output in a text of its own.
  template <typename Action>
  auto inScope(Scope& scope, const Action& action) {
    const Restore<Scope*> restore(scope_, &scope);
    return action();
  }
  // The same in a new scope inside `parent`, which ends with the action unless it is kept.
  template <typename Action>
  auto inNewScope(const Scope& parent, const Action& action) {
    const ScopesAfter after(*this);
    return inScope(newScope(parent), action);
  }
  template <typename Action>
  std::string capture(const Action& action) {
    std::string text;
    const Restore<std::string*> restore(output_, &text);
    action();
    return text;
  }
  // Throws Failure if expressions, blocks and macros nest so deeply that continuing would exhaust
  // the stack.
  template <typename Action>
  auto nested(const Action& action) {
    spend(kStepsOfEvaluation);
    if (depth_ >= kMaxRunningDepth) throw Failure{"the template nests or calls itself too deeply"};
    const Restore<int> restore(depth_, depth_ + 1);
    return action();
  }

  std::string takeOutput() { return std::move(rendered_); }

 private:
  // Drops the scopes that were added during its life and that no macro needs.
  class ScopesAfter {
   public:
    explicit ScopesAfter(Context& context) : context_(context), before_(context.scopes_.size()) {}
    ~ScopesAfter() {
      while (context_.scopes_.size() > std::max(before_, context_.keptScopes_)) {
        context_.scopes_.pop_back();
      }
    }
    ScopesAfter(const ScopesAfter&) = delete;
    ScopesAfter& operator=(const ScopesAfter&) = delete;

   private:
    Context& context_;
    std::size_t before_;
  };

  // Sets a member and puts the old value back at the end of the block.
  template <typename T>
  struct Restore {
    Restore(T& place, T value) : place_(place), old_(std::exchange(place, value)) {}
    ~Restore() { place_ = old_; }
    Restore(const Restore&) = delete;
    Restore& operator=(const Restore&) = delete;
    T& place_;
    T old_;
  };

  const Source& source_;
  std::deque<Scope> scopes_;
  std::size_t keptScopes_ = 0;
  Scope* scope_;
  std::string rendered_;
  std::string* output_ = &rendered_;
  int depth_ = 0;
};

// namespace, dict, range, raise_exception, strftime_now.
void addGlobals(Scope& scope, const Context::Clock& clock);

}  // namespace canvass::jinja
