#include "microdata/csv/csv_text.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/utf8.h"
#include "text/lines.h"

namespace canvass {
namespace {

constexpr std::string_view utf8Mark = "\xEF\xBB\xBF";

// The encoding that the first bytes show, or else empty. Without a mark, every other byte of plain
// Latin letters in UTF-16 is zero.
std::string encodingOfBeginning(std::string_view text) {
  if (text.starts_with(utf8Mark)) return "utf-8";
  if (text.starts_with("\xFF\xFE")) return "utf-16le";
  if (text.starts_with("\xFE\xFF")) return "utf-16be";
  if (text.size() < 2 || (text[0] == '\0') == (text[1] == '\0')) return {};
  return text[0] == '\0' ? "utf-16be" : "utf-16le";
}

constexpr std::size_t pieceBytes = 1 << 20;

// Whole characters of UTF-16: a piece does not end with the first half of one.
std::size_t pieceOf(std::string_view wide, bool isBigEndian) {
  if (wide.size() <= pieceBytes) return wide.size();
  const auto high = static_cast<unsigned char>(wide[pieceBytes - (isBigEndian ? 2 : 1)]);
  return high >= 0xD8 && high <= 0xDB ? pieceBytes - 2 : pieceBytes;
}

bool isWide(const std::string& encoding) { return encoding.starts_with("utf-16"); }

}  // namespace

CsvText::CsvText(const std::filesystem::path& path, const std::string& encoding)
    : file_(path), text_(file_.text()) {
  const std::string shown = encodingOfBeginning(text_);
  std::string given = asciiLowerCase(encoding);
  if (given == "utf8") given = "utf-8";
  if (!given.empty() && !shown.empty() && !shown.starts_with(given)) {
    throw Error(
        fmt::format("the file's first bytes show that it is in {}, not in {}", shown, given),
        path.string(), "leave the encoding out: this one is detected");
  }
  if (shown == "utf-8") text_.remove_prefix(utf8Mark.size());
  if (isWide(shown) || isWide(given)) {
    recode(shown.empty() ? given : shown);
  } else if (!given.empty() && given != "utf-8") {
    recoder_.emplace(encoding);
  }
}

// In pieces, as the recoder reserves for each more than it takes.
void CsvText::recode(const std::string& encoding) {
  Recoder recoder(encoding);
  while (!text_.empty()) {
    const std::size_t bytes = pieceOf(text_, encoding == "utf-16be");
    recoded_ += recoder.toUtf8(text_.substr(0, bytes), file_.path().string());
    text_.remove_prefix(bytes);
  }
  text_ = recoded_;
  if (text_.starts_with(utf8Mark)) text_.remove_prefix(utf8Mark.size());
}

std::string CsvText::toUtf8(std::string_view field, const std::string& where) {
  if (recoder_) return recoder_->toUtf8(field, where);
  if (const auto offset = findInvalidUtf8(field)) {
    throw Error(fmt::format("the text is not UTF-8 at byte {} of the field", *offset), where,
                "name its encoding in the mapping: [file] encoding = \"windows-1252\"; or, for a "
                "draft of one, with --encoding windows-1252");
  }
  return std::string(field);
}

void CsvText::drop(std::size_t bytes) const {
  if (recoded_.empty()) file_.letGo(file_.bytes().first(bytes));
}

}  // namespace canvass
