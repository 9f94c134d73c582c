#include "tokenizer/normalizer.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/error.h"
#include "tokenizer/bert_text.h"
#include "tokenizer/component.h"
#include "tokenizer/limits.h"
#include "tokenizer/pattern.h"

namespace canvass {
namespace {

class Identity : public Normalizer {
 public:
  std::string normalize(std::string_view text) const override { return std::string(text); }
};

class UnicodeForm : public Normalizer {
 public:
  explicit UnicodeForm(int options)
      : options_(static_cast<utf8proc_option_t>(options | UTF8PROC_STABLE)) {}

  std::string normalize(std::string_view text) const override {
    requireFewMarks(text);
    utf8proc_uint8_t* bytes = nullptr;
    const auto length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                     static_cast<utf8proc_ssize_t>(text.size()), &bytes, options_);
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(bytes, &std::free);
    if (length < 0) throw Error(fmt::format("cannot normalize: {}", utf8proc_errmsg(length)));
    return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length)};
  }

 private:
  utf8proc_option_t options_;
};

class Prepend : public Normalizer {
 public:
  explicit Prepend(std::string prefix) : prefix_(std::move(prefix)) {}

  std::string normalize(std::string_view text) const override {
    return text.empty() ? std::string() : prefix_ + std::string(text);
  }

 private:
  std::string prefix_;
};

class Replacement : public Normalizer {
 public:
  Replacement(Pattern pattern, std::string replacement)
      : pattern_(std::move(pattern)), replacement_(std::move(replacement)) {}

  std::string normalize(std::string_view text) const override {
    return pattern_.replace(text, replacement_);
  }

 private:
  Pattern pattern_;
  std::string replacement_;
};

class Bert : public Normalizer {
 public:
  explicit Bert(const BertNormalization& how) : how_(how) {}

  std::string normalize(std::string_view text) const override {
    return normalizeForBert(text, how_);
  }

 private:
  BertNormalization how_;
};

class NormalizerSequence : public Normalizer {
 public:
  NormalizerSequence(std::vector<std::unique_ptr<const Normalizer>> steps, std::string where)
      : steps_(std::move(steps)), where_(std::move(where)) {}

  std::string normalize(std::string_view text) const override {
    std::string result(text);
    for (const auto& step : steps_) {
      result = step->normalize(result);
      requireSmallGrowth(text.size(), result.size(), where_);
    }
    return result;
  }

 private:
  std::vector<std::unique_ptr<const Normalizer>> steps_;
  std::string where_;
};

std::unique_ptr<const Normalizer> makeNormalizerSequence(const Json& component,
                                                         const std::string& where) {
  refuseUnknownSettings(component, {"normalizers"}, where);
  std::vector<std::unique_ptr<const Normalizer>> steps;
  for (const auto& [step, place] : componentList(component, "normalizers", where)) {
    steps.push_back(makeNormalizer(*step, place));
  }
  return std::make_unique<NormalizerSequence>(std::move(steps), where);
}

std::unique_ptr<const Normalizer> makePrepend(const Json& component, const std::string& where) {
  refuseUnknownSettings(component, {"prepend"}, where);
  return std::make_unique<Prepend>(requireKey<std::string>(component, "prepend", where));
}

std::unique_ptr<const Normalizer> makeReplacement(const Json& component, const std::string& where) {
  refuseUnknownSettings(component, {"pattern", "content"}, where);
  return std::make_unique<Replacement>(
      Pattern::fromJson(requireMember(component, "pattern", where), where),
      requireKey<std::string>(component, "content", where));
}

// Accents go with the case if "strip_accents" does not say otherwise.
std::unique_ptr<const Normalizer> makeBertNormalizer(const Json& component,
                                                     const std::string& where) {
  refuseUnknownSettings(
      component, {"clean_text", "handle_chinese_chars", "strip_accents", "lowercase"}, where);
  const bool lowercases = requireKey<bool>(component, "lowercase", where);
  return std::make_unique<Bert>(BertNormalization{
      .cleans = requireKey<bool>(component, "clean_text", where),
      .isolatesIdeographs = requireKey<bool>(component, "handle_chinese_chars", where),
      .lowercases = lowercases,
      .stripsAccents = isNull(component, "strip_accents")
                           ? lowercases
                           : requireKey<bool>(component, "strip_accents", where)});
}

std::unique_ptr<const Normalizer> makeForm(const Json& component, const std::string& where,
                                           int options) {
  refuseUnknownSettings(component, {}, where);
  return std::make_unique<UnicodeForm>(options);
}

}  // namespace

std::unique_ptr<const Normalizer> makeNormalizer(const Json& component, const std::string& where) {
  if (component.is_null()) return std::make_unique<Identity>();
  const std::string type = componentType(component, where);
  if (type == "Sequence") return makeNormalizerSequence(component, where);
  if (type == "Prepend") return makePrepend(component, where);
  if (type == "Replace") return makeReplacement(component, where);
  if (type == "BertNormalizer") return makeBertNormalizer(component, where);
  if (type == "NFC") return makeForm(component, where, UTF8PROC_COMPOSE);
  if (type == "NFD") return makeForm(component, where, UTF8PROC_DECOMPOSE);
  if (type == "NFKC") return makeForm(component, where, UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
  if (type == "NFKD") return makeForm(component, where, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT);
  throw Error(fmt::format("the normalizer \"{}\" is not supported", type), where);
}

}  // namespace canvass
