#include "microdata/draft/labeled_codes.h"

#include <algorithm>

namespace canvass {
namespace {

// Numbers by size, then texts.
bool codeComesBefore(const LabeledCode& a, const LabeledCode& b) {
  const Value left = valueOf(a.code);
  const Value right = valueOf(b.code);
  if (left.kind != right.kind) return left.kind == Value::Kind::number;
  return left.kind == Value::Kind::number ? left.number < right.number : a.code < b.code;
}

// ".", ".a" to ".z", ".A" to ".Z", "._".
bool isSystemMissing(const std::string& code) {
  if (code.empty() || code.front() != '.' || code.size() > 2) return false;
  const char c = code.size() == 2 ? code[1] : 'a';
  return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

LabeledCode* findCode(std::vector<LabeledCode>& codes, const std::string& code) {
  const auto found = std::ranges::find(codes, code, &LabeledCode::code);
  return found == codes.end() ? nullptr : &*found;
}

// The labeled code that a code that occurs is: "01" is 1 if neither has another spelling.
LabeledCode* findLabeled(std::vector<LabeledCode>& codes, const std::string& code,
                         const ObservedCodes& observed) {
  if (LabeledCode* const same = findCode(codes, code)) return same;
  const Value value = valueOf(code);
  if (value.kind != Value::Kind::number) return nullptr;
  const auto isSame = [&value](const std::string& one) {
    const Value other = valueOf(one);
    return other.kind == Value::Kind::number && other.number == value.number;
  };
  // std::views::keys is more than clang 14 makes of this library.
  const auto codeOf = [](const auto& counted) -> const std::string& { return counted.first; };
  if (std::ranges::count_if(codes, isSame, &LabeledCode::code) != 1 ||
      std::ranges::count_if(observed.counts, isSame, codeOf) != 1) {
    return nullptr;
  }
  return &*std::ranges::find_if(codes, isSame, &LabeledCode::code);
}

bool isSameNumber(const LabeledCode& a, const LabeledCode& b) {
  return !a.isText() && !b.isText() && valueOf(a.code).number == valueOf(b.code).number;
}

LabeledCode makeCode(const Variable& variable, const std::string& code) {
  LabeledCode made;
  made.code = code;
  made.isUserMissing = variable.isUserMissing(valueOf(code));
  made.isSystemMissing = isSystemMissing(code);
  return made;
}

}  // namespace

bool LabeledCode::isText() const { return valueOf(code).kind == Value::Kind::text; }

std::string trimmedLabel(const std::string& text) {
  const auto isBlank = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
  std::size_t begin = 0;
  std::size_t end = text.size();
  while (begin < end && isBlank(text[begin])) ++begin;
  while (end > begin && isBlank(text[end - 1])) --end;
  return text.substr(begin, end - begin);
}

LabeledCodes labeledCodes(const Variable& variable, const ObservedCodes& observed) {
  LabeledCodes all;
  for (const ValueLabel& one : variable.valueLabels) {
    const std::string spelled = codeText(valueOf(one.code));
    if (spelled.empty() || spelled != one.code) all.needsList = true;
    if (spelled.empty()) continue;
    const std::string words = trimmedLabel(one.label);
    const std::string label = words == spelled ? std::string() : words;
    if (const LabeledCode* const known = findCode(all.codes, spelled)) {
      all.needsList = true;
      if (known->label != label) all.repeated.push_back(spelled);
      continue;
    }
    LabeledCode code = makeCode(variable, spelled);
    code.label = label;
    code.isLabeled = true;
    all.codes.push_back(std::move(code));
  }
  for (const auto& [code, count] : observed.counts) {
    LabeledCode* known = findLabeled(all.codes, code, observed);
    if (known == nullptr) known = &all.codes.emplace_back(makeCode(variable, code));
    known->count += count;
  }
  std::stable_sort(all.codes.begin(), all.codes.end(), codeComesBefore);
  all.needsList =
      all.needsList || std::ranges::adjacent_find(all.codes, isSameNumber) != all.codes.end();
  return all;
}

}  // namespace canvass
