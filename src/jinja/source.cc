#include "jinja/source.h"

#include <algorithm>

#include "base/error.h"
#include "base/utf8.h"

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

}  // namespace

Source::Source(std::string_view text, std::string name, const TextOptions& options)
    : text_(normalizedLines(text)), name_(std::move(name)), options_(options) {
  if (const auto bad = findInvalidUtf8(text)) {
    throw Error("the template is not UTF-8 at byte " + std::to_string(*bad), name_);
  }
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
  throw Error(message + excerpt(at),
              linePlace(name_, options_.firstLine + static_cast<std::size_t>(before)));
}

}  // namespace canvass::jinja
