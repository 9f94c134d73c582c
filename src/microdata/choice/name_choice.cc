#include "microdata/choice/name_choice.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "text/near_matches.h"

namespace canvass {
namespace {

using Names = std::vector<std::string>;

class Choice {
 public:
  Choice(const Names& names, const std::string& option) : names_(names), option_(option) {}

  void add(const std::string& entry) {
    if (isName(entry)) {
      chosen_.insert(entry);
    } else if (entry.size() > 1 && entry.back() == '*') {
      addBeginnings(entry);
    } else if (!addStretch(entry)) {
      failFor(entry, entry);
    }
  }
  std::set<std::string> take() { return std::move(chosen_); }

 private:
  bool isName(const std::string& name) const {
    return std::find(names_.begin(), names_.end(), name) != names_.end();
  }
  [[noreturn]] void failFor(const std::string& name, const std::string& entry) const {
    throw Error(fmt::format("there is no variable \"{}\"", name),
                name == entry ? option_ : fmt::format("{} {}", option_, entry),
                suggestion(name, names_));
  }

  void addBeginnings(const std::string& entry) {
    const std::string beginning = entry.substr(0, entry.size() - 1);
    const std::size_t before = chosen_.size();
    for (const std::string& name : names_) {
      if (name.starts_with(beginning)) chosen_.insert(name);
    }
    if (chosen_.size() == before) failFor(beginning, entry);
  }

  // "q5-q9", at the hyphen that parts two names. False without a hyphen.
  bool addStretch(const std::string& entry) {
    for (std::size_t at = entry.find('-'); at != std::string::npos; at = entry.find('-', at + 1)) {
      const std::string first = entry.substr(0, at);
      const std::string last = entry.substr(at + 1);
      const bool isOnly = entry.find('-', at + 1) == std::string::npos;
      if (first.empty() || last.empty()) continue;
      if (!isName(first) || !isName(last)) {
        if (isOnly) failFor(isName(first) ? last : first, entry);
        continue;
      }
      const auto begin = std::find(names_.begin(), names_.end(), first);
      const auto end = std::find(names_.begin(), names_.end(), last);
      if (end < begin) {
        throw Error(fmt::format("\"{}\" comes after \"{}\"", first, last),
                    fmt::format("{} {}", option_, entry), fmt::format("write {}-{}", last, first));
      }
      chosen_.insert(begin, end + 1);
      return true;
    }
    return false;
  }

  const Names& names_;
  const std::string& option_;
  std::set<std::string> chosen_;
};

}  // namespace

std::set<std::string> chosenNames(const Names& entries, const Names& names,
                                  const std::string& option) {
  Choice choice(names, option);
  for (const std::string& entry : entries) choice.add(entry);
  return choice.take();
}

}  // namespace canvass
