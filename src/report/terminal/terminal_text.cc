#include "report/terminal/terminal_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/utf8.h"

namespace canvass {
namespace {

// May not begin a line.
bool isClosing(const Letter& letter) {
  return letter.codePoint &&
         std::u32string_view(U"，。、；：？！）」』”’》】").find(*letter.codePoint) !=
             std::u32string_view::npos;
}

Letter takeLetter(std::string_view& text) {
  const Letter letter = firstLetter(text);
  text.remove_prefix(letter.bytes.size());
  return letter;
}

// What wrapping may not break: a word, or a wide character with the closing punctuation after it.
struct Chunk {
  std::string text;
  std::size_t width = 0;
  bool spaceBefore = false;
};

// Splits a text without line breaks.
std::vector<Chunk> chunksOf(std::string_view line) {
  std::vector<Chunk> chunks;
  bool space = false;
  bool mayBreak = true;  // between the last character and the next one
  while (!line.empty()) {
    const Letter letter = takeLetter(line);
    if (letter.bytes == " ") {
      space = mayBreak = true;
      continue;
    }
    const std::size_t width = displayWidth(letter);
    const bool isWide = width == 2;
    const bool sticks = !space && !chunks.empty() && (width == 0 || isClosing(letter));
    if (!sticks && (mayBreak || isWide)) {
      chunks.push_back({"", 0, space});
      space = false;
    }
    chunks.back().text += letter.bytes;
    chunks.back().width += width;
    mayBreak = isWide || (sticks && mayBreak);
  }
  return chunks;
}

// The longest beginning of `text` that fits into `width`.
std::string beginning(std::string_view text, std::size_t width) {
  std::size_t used = 0;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::string_view before = rest;
    used += displayWidth(takeLetter(rest));
    if (used > width) return std::string(text.substr(0, text.size() - before.size()));
  }
  return std::string(text);
}

// Collects lines of at most `width` columns.
class LineBreaker {
 public:
  explicit LineBreaker(std::size_t width) : width_(std::max<std::size_t>(width, 2)) {}

  void add(const Chunk& chunk) {
    const std::size_t gap = chunk.spaceBefore && used_ > 0 ? 1 : 0;
    if (used_ > 0 && used_ + gap + chunk.width > width_) {
      startLine();
    } else if (gap > 0) {
      lines_.back() += ' ';
      ++used_;
    }
    if (used_ + chunk.width > width_) return cut(chunk.text);
    lines_.back() += chunk.text;
    used_ += chunk.width;
  }

  std::vector<std::string> take() { return std::move(lines_); }

 private:
  void startLine() {
    lines_.emplace_back();
    used_ = 0;
  }

  // Fills lines with a chunk that is longer than one.
  void cut(std::string_view text) {
    while (!text.empty()) {
      const Letter letter = takeLetter(text);
      const std::size_t width = displayWidth(letter);
      if (used_ > 0 && used_ + width > width_) startLine();
      lines_.back() += letter.bytes;
      used_ += width;
    }
  }

  std::size_t width_;
  std::size_t used_ = 0;
  std::vector<std::string> lines_ = {""};
};

std::string wrappedLine(std::string_view line, std::size_t width, std::size_t hang) {
  if (displayWidth(line) <= width) return std::string(line);
  const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
  std::string result(indent, ' ');
  std::size_t used = indent;
  for (const Chunk& chunk : chunksOf(onOneLine(line))) {
    const std::size_t gap = chunk.spaceBefore ? 1 : 0;
    if (used > indent && used + gap + chunk.width > width) {
      used = indent + hang;
      result += "\n" + std::string(used, ' ');
    } else {
      result += std::string(gap, ' ');
      used += gap;
    }
    result += chunk.text;
    used += chunk.width;
  }
  return result;
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

// How many of `cells` x `steps` a bar fills; at least one step if there is anything to see.
std::size_t filledSteps(double share, std::size_t cells, std::size_t steps) {
  const double all = static_cast<double>(cells * steps);
  const double filled = std::round(std::clamp(share, 0.0, 1.0) * all);
  return static_cast<std::size_t>(share > 0.0 ? std::max(filled, 1.0) : 0.0);
}

}  // namespace

std::string padRight(std::string_view text, std::size_t width) {
  const std::size_t used = displayWidth(text);
  return std::string(text) + std::string(width > used ? width - used : 0, ' ');
}

std::string padLeft(std::string_view text, std::size_t width) {
  const std::size_t used = displayWidth(text);
  return std::string(width > used ? width - used : 0, ' ') + std::string(text);
}

std::string shortened(std::string_view text, std::size_t width, const TerminalStyle& style) {
  const std::string line = onOneLine(text);
  if (displayWidth(line) <= width) return line;
  const std::string_view ellipsis = sign("…", "...", style);
  const std::size_t kept = width - std::min(width, displayWidth(ellipsis));
  std::string head = beginning(line, kept);
  while (head.ends_with(' ')) head.pop_back();
  return head + beginning(ellipsis, width);
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  LineBreaker breaker(width);
  for (const Chunk& chunk : chunksOf(onOneLine(text))) breaker.add(chunk);
  return breaker.take();
}

std::string wrappedLines(std::string_view text, std::size_t width, std::size_t hang) {
  std::string result;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    result += (start == 0 ? "" : "\n") + wrappedLine(text.substr(start, end - start), width, hang);
    start = end + 1;
  }
  return result;
}

std::string paragraph(std::string_view text, const TerminalStyle& style, std::size_t indent) {
  std::string result;
  for (const std::string& line : wrapped(text, usableWidth(style) - indent)) {
    result += std::string(indent, ' ') + line + "\n";
  }
  return result;
}

std::string solidBar(double share, std::size_t cells, const TerminalStyle& style) {
  if (style.ascii) return std::string(filledSteps(share, cells, 1), '#');
  static constexpr std::string_view eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  const std::size_t steps = filledSteps(share, cells, 8);
  return repeated("█", steps / 8) + std::string(eighths[steps % 8]);
}

std::string shadedBar(double share, std::size_t cells, const TerminalStyle& style) {
  return repeated(sign("▒", "=", style), filledSteps(share, cells, 1));
}

std::string shortNumber(double number) {
  if (number < 9.95) return fmt::format("{:.1f}", number);
  return grouped(static_cast<std::size_t>(std::round(number)));
}

std::string phraseFor(std::size_t number, std::string_view phrase) {
  const std::size_t plural = phrase.substr(0, phrase.find(' ')).size() - 1;
  std::string text(phrase);
  if (number == 1) text.erase(plural, 1);
  return text;
}

std::string andMore(std::size_t all, std::size_t shown) {
  return shown > 0 && shown < all ? fmt::format("and {} more", grouped(all - shown)) : "";
}

std::string percent(double share) { return fmt::format("{:.1f}%", 100.0 * share); }

std::string_view sign(std::string_view unicode, std::string_view ascii,
                      const TerminalStyle& style) {
  return style.ascii ? ascii : unicode;
}

std::size_t usableWidth(const TerminalStyle& style) {
  return std::max<std::size_t>(style.width, 40);
}

}  // namespace canvass
