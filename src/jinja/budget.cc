#include "jinja/budget.h"

#include <fmt/format.h>

#include <utility>

#include "base/list_text.h"
#include "jinja/source.h"
#include "jinja/value.h"

namespace canvass::jinja {
namespace {

thread_local Budget* currentBudget = nullptr;

std::size_t textBytesOf(const Value& value) {
  if (const auto* text = value.as<std::string>()) return text->size();
  if (const auto* safe = value.as<SafeText>()) return safe->text.size();
  if (const auto* undefined = value.as<Undefined>()) return undefined->reason.size();
  return 0;
}

}  // namespace

Budget::Budget() : outer_(std::exchange(currentBudget, this)) {}
Budget::~Budget() { currentBudget = outer_; }

void Budget::spend(std::uint64_t steps) {
  if (steps > kMaxSteps - spent_) {
    spent_ = kMaxSteps;
    throw Failure{fmt::format("the template does not end within {} steps", grouped(kMaxSteps))};
  }
  spent_ += steps;
}

void spend(std::uint64_t steps) {
  if (currentBudget != nullptr) currentBudget->spend(steps);
}

void spendOnText(std::size_t bytes) { spend(bytes / kBytesOfStep); }

void spendOnCharacters(std::size_t bytes) { spend(bytes / kBytesOfReadingStep); }

void spendOnCopy(const Value& value) { spendOnText(textBytesOf(value)); }

void requireTextSize(std::uint64_t bytes) {
  if (bytes <= kMaxTextBytes) return;
  throw Failure{fmt::format("the text becomes longer than {} bytes", grouped(kMaxTextBytes))};
}

void requireListSize(std::uint64_t items) {
  if (items <= kMaxItems) return;
  throw Failure{fmt::format("the list becomes longer than {} items", grouped(kMaxItems))};
}

void append(std::string& text, std::string_view more) {
  requireTextSize(text.size() + more.size());
  spend(1 + more.size() / kBytesOfStep);
  text += more;
}

}  // namespace canvass::jinja
