#include "jinja/source.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/list_text.h"
#include "base/utf8.h"
#include "jinja/budget.h"

namespace canvass::jinja {
namespace {

constexpr std::size_t kExcerptBytes = 60;  // on either side: some templates are one long line

std::string normalizedLines(std::string_view text) {
  std::string lines;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      lines += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      lines += '\n';
    }
  }
  return lines;
}

bool insideCharacter(const std::string& text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

// What fits into a message: a template may quote a whole text in it.
std::string shortened(const std::string& message) {
  if (message.size() <= kMaxMessageBytes) return message;
  std::size_t end = kMaxMessageBytes;
  while (insideCharacter(message, end)) --end;
  return message.substr(0, end) + " ...";
}

}  // namespace

Source::Source(std::string_view text, std::string name, const TextOptions& options)
    : name_(std::move(name)), options_(options) {
  if (text.size() > kMaxTemplateBytes) {
    throw Error(fmt::format("the template is longer than {} bytes", grouped(kMaxTemplateBytes)),
                name_);
  }
  if (const auto bad = findInvalidUtf8(text)) {
    throw Error("the template is not UTF-8 at byte " + std::to_string(*bad), name_);
  }
  text_ = normalizedLines(text);
  if (!options.keepsLastLineEnd && text_.ends_with('\n')) text_.pop_back();
}

std::string Source::excerpt(std::size_t at) const {
  const std::size_t lineBegin = at == 0 ? 0 : text_.rfind('\n', at - 1) + 1;
  const std::size_t lineEnd = std::min(text_.find('\n', at), text_.size());
  std::size_t begin = std::max(lineBegin, at - std::min(at, kExcerptBytes));
  std::size_t end = std::min(lineEnd, at + kExcerptBytes);
  while (insideCharacter(text_, begin)) ++begin;
  while (insideCharacter(text_, end)) ++end;
  const std::string before = text_.substr(begin, at - begin);
  return "\n  " + text_.substr(begin, end - begin) + "\n  " +
         std::string(displayWidth(before), ' ') + "^";
}

void Source::fail(std::size_t at, const std::string& message) const {
  at = std::min(at, text_.size());
  const auto before =
      std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  throw Error(shortened(message) + excerpt(at),
              linePlace(name_, options_.firstLine + static_cast<std::size_t>(before)));
}

}  // namespace canvass::jinja
