#include "jinja/context.h"

namespace canvass::jinja {

const Value* Scope::find(const std::string& name) const {
  for (const Scope* scope = this; scope != nullptr; scope = scope->parent_) {
    spend(1);
    spendOnText(name.size());
    const auto found = scope->names_.find(name);
    if (found != scope->names_.end()) return &found->second;
  }
  return nullptr;
}

Context::Context(const Source& source, const std::map<std::string, Value>& variables,
                 const Clock& clock)
    : source_(source), scope_(&scopes_.emplace_back(nullptr)) {
  addGlobals(*scope_, clock);
  scope_ = &newScope(*scope_);
  for (const auto& [name, value] : variables) scope_->set(name, value);
}

const Value& Context::defined(const Value& value, std::size_t at) const {
  const auto* undefined = value.as<Undefined>();
  if (undefined != nullptr && source_.options().refusesUndefined) {
    source_.fail(at, undefined->reason);
  }
  return value;
}

Scope& Context::newScope(const Scope& parent) { return scopes_.emplace_back(&parent); }

void Context::keepScopes() {
  spend(kStepsOfScope * (scopes_.size() - keptScopes_));
  keptScopes_ = scopes_.size();
}

}  // namespace canvass::jinja
