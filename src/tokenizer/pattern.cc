#include "tokenizer/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <fmt/format.h>
#include <pcre2.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/list_text.h"
#include "tokenizer/component.h"
#include "tokenizer/limits.h"
#include "tokenizer/oniguruma.h"

namespace canvass {
namespace {

struct Free {
  void operator()(pcre2_code* code) const { pcre2_code_free(code); }
  void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
  void operator()(pcre2_match_context* limits) const { pcre2_match_context_free(limits); }
  void operator()(pcre2_compile_context* context) const { pcre2_compile_context_free(context); }
};

using MatchData = std::unique_ptr<pcre2_match_data, Free>;

std::string messageOf(int error) {
  PCRE2_UCHAR buffer[256];
  pcre2_get_error_message(error, buffer, sizeof buffer);
  return reinterpret_cast<const char*>(buffer);
}

PCRE2_SPTR units(std::string_view text) { return reinterpret_cast<PCRE2_SPTR>(text.data()); }

// Runs the machine code if PCRE2 could make it, and the interpreter if the machine code ran out of
// its small stack.
int matchOnce(const pcre2_code* code, std::string_view text, std::size_t start,
              pcre2_match_data* data, pcre2_match_context* limits) {
  const std::uint32_t options = PCRE2_NO_UTF_CHECK;
  int result = pcre2_match(code, units(text), text.size(), start, options, data, limits);
  if (result == PCRE2_ERROR_JIT_STACKLIMIT) {
    result =
        pcre2_match(code, units(text), text.size(), start, options | PCRE2_NO_JIT, data, limits);
  }
  return result;
}

std::unique_ptr<pcre2_match_context, Free> limitsFor(std::string_view text) {
  std::unique_ptr<pcre2_match_context, Free> limits(pcre2_match_context_create(nullptr));
  const std::size_t steps = kMaxPatternSteps + kMaxPatternStepsPerByte * text.size();
  pcre2_set_match_limit(limits.get(), static_cast<std::uint32_t>(std::min<std::size_t>(
                                          steps, std::numeric_limits<std::uint32_t>::max())));
  pcre2_set_heap_limit(limits.get(), kMaxPatternKibibytes);
  return limits;
}

// As much of an expression as a message shows.
std::string shownPattern(std::string_view source) {
  constexpr std::size_t kShown = 200;
  if (source.size() <= kShown) return std::string(source);
  std::size_t end = kShown;
  while ((static_cast<unsigned char>(source[end]) & 0xC0U) == 0x80U) --end;
  return std::string(source.substr(0, end)) + "...";
}

}  // namespace

struct Pattern::Compiled {
  std::unique_ptr<pcre2_code, Free> code;
  std::string source;
};

Pattern::Pattern() = default;
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

Pattern Pattern::literal(std::string text) {
  Pattern pattern;
  pattern.literal_ = std::move(text);
  return pattern;
}

Pattern Pattern::regex(std::string_view source, const std::string& where) {
  if (source.size() > kMaxPatternBytes) {
    throw Error(fmt::format("the regular expression {} is longer than {} bytes",
                            shownPattern(source), grouped(kMaxPatternBytes)),
                where);
  }
  const std::string translated = onigurumaToPcre2(source, where);
  const std::unique_ptr<pcre2_compile_context, Free> context(pcre2_compile_context_create(nullptr));
  pcre2_set_newline(context.get(), PCRE2_NEWLINE_LF);
  int error = 0;
  PCRE2_SIZE offset = 0;
  Pattern pattern;
  pattern.where_ = where;
  pattern.compiled_ = std::make_unique<Compiled>();
  pattern.compiled_->source = shownPattern(source);
  pattern.compiled_->code.reset(pcre2_compile(units(translated), translated.size(),
                                              PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C,
                                              &error, &offset, context.get()));
  if (!pattern.compiled_->code) {
    throw Error(fmt::format("the regular expression {} does not compile: {}", shownPattern(source),
                            messageOf(error)),
                where);
  }
  // Without machine code (an unsupported processor) the interpreter does the same, slower.
  pcre2_jit_compile(pattern.compiled_->code.get(), PCRE2_JIT_COMPLETE);
  return pattern;
}

Pattern Pattern::fromJson(const Json& pattern, const std::string& where) {
  if (pattern.is_object() && pattern.size() == 1) {
    if (pattern.contains("String")) {
      Pattern found = literal(requireKey<std::string>(pattern, "String", where));
      found.where_ = where;
      return found;
    }
    if (pattern.contains("Regex")) {
      return regex(requireKey<std::string>(pattern, "Regex", where), where);
    }
  }
  throw Error("a pattern must be {\"String\": ...} or {\"Regex\": ...}", where);
}

std::vector<TextRange> Pattern::matches(std::string_view text) const {
  if (compiled_) return regexMatches(text);
  std::vector<TextRange> found;
  if (literal_.empty()) return found;
  for (std::size_t at = text.find(literal_); at != std::string_view::npos;
       at = text.find(literal_, at + literal_.size())) {
    found.push_back({at, at + literal_.size()});
  }
  return found;
}

std::string Pattern::replace(std::string_view text, std::string_view replacement) const {
  const std::vector<TextRange> found = matches(text);
  requireSmallGrowth(text.size(), replacement.size() * found.size(), where_);
  std::string result;
  std::size_t copied = 0;
  for (const TextRange& match : found) {
    result += text.substr(copied, match.begin - copied);
    result += replacement;
    copied = match.end;
  }
  return result += text.substr(copied);
}

std::vector<TextRange> Pattern::regexMatches(std::string_view text) const {
  const pcre2_code* code = compiled_->code.get();
  const MatchData data(pcre2_match_data_create_from_pattern(code, nullptr));
  const auto limits = limitsFor(text);
  std::vector<TextRange> found;
  for (std::size_t start = 0; start < text.size();) {
    const int result = matchOnce(code, text, start, data.get(), limits.get());
    if (result == PCRE2_ERROR_NOMATCH) break;
    if (result < 0) {
      throw Error(fmt::format("the regular expression {} does not find its words in a text of {} "
                              "bytes: {}",
                              compiled_->source, grouped(text.size()), messageOf(result)),
                  where_);
    }
    const PCRE2_SIZE* bounds = pcre2_get_ovector_pointer(data.get());
    const TextRange range{bounds[0], bounds[1]};
    if (range.empty()) {
      throw Error(fmt::format("the regular expression {} matches empty text", compiled_->source),
                  where_);
    }
    found.push_back(range);
    start = range.end;
  }
  return found;
}

}  // namespace canvass
