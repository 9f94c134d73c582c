#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"
#include "report/terminal/terminal.h"

namespace canvass {
namespace {

// One row of bars per distribution drawn.
struct Series {
  const char* name;
  const Distribution* shares;
  std::string (*bar)(double share, std::size_t cells, const TerminalStyle&);
  Ink ink;
};

struct BarColumns {
  std::size_t option;
  std::size_t bar;
};

constexpr std::size_t indent = 2;
constexpr std::size_t gap = 2;
constexpr std::size_t percentWidth = 8;

std::string optionText(const Option& option) {
  return option.label.empty() ? option.text : option.label + "  " + option.text;
}

// Options get the width they need, up to two fifths of the total; bars get the rest.
BarColumns columnsFor(const Question& question, const TerminalStyle& style) {
  std::size_t widest = 0;
  for (const Option& option : question.options) {
    widest = std::max(widest, displayWidth(optionText(option)));
  }
  const std::size_t width = usableWidth(style);
  const std::size_t option = std::min(widest, width * 2 / 5);
  return {option, width - indent - option - gap - percentWidth};
}

double maxShare(const std::vector<Series>& series) {
  double largest = 0.0;
  for (const Series& one : series) largest = std::max(largest, std::ranges::max(*one.shares));
  return largest > 0.0 ? largest : 1.0;
}

// The label and the wrapped text of an option, the text's further lines below its first.
std::vector<std::string> optionLines(const Option& option, std::size_t width) {
  const std::string label = option.label.empty() ? "" : option.label + "  ";
  const std::size_t hang = displayWidth(label);
  std::vector<std::string> lines = wrapped(option.text, width > hang ? width - hang : 1);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    lines[i] = (i == 0 ? label : std::string(hang, ' ')) + lines[i];
  }
  return lines;
}

std::string barAndPercent(const Series& series, std::size_t option, double largest,
                          std::size_t cells, const TerminalStyle& style) {
  const double share = (*series.shares)[option];
  const std::string bar = series.bar(share / largest, cells, style);
  const std::string filler(cells - std::min(cells, displayWidth(bar)), ' ');
  return inked(bar, series.ink, style) + filler + padLeft(percent(share), percentWidth);
}

std::string legend(const std::vector<Series>& series, const TerminalStyle& style) {
  std::string line(indent, ' ');
  for (const Series& one : series) {
    line += inked(one.bar(1.0, 2, style), one.ink, style) + " " + one.name + "   ";
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

std::string optionBars(const Question& question, std::size_t option,
                       const std::vector<Series>& series, double largest, const BarColumns& columns,
                       const TerminalStyle& style) {
  const auto lines = optionLines(question.options[option], columns.option);
  std::string result;
  for (std::size_t row = 0; row < std::max(lines.size(), series.size()); ++row) {
    std::string text = std::string(indent, ' ') + (row < lines.size() ? lines[row] : "");
    if (row < series.size()) {
      text = padRight(text, indent + columns.option + gap) +
             barAndPercent(series[row], option, largest, columns.bar, style);
    }
    result += text + "\n";
  }
  return result;
}

std::string drawBars(const Question& question, const Population& population,
                     const std::vector<Series>& series, const TerminalStyle& style) {
  std::string result;
  for (const std::string& line : wrapped(question.text, usableWidth(style))) {
    result += inked(line, Ink::strong, style) + "\n";
  }
  result += shortened(population.name, usableWidth(style), style) + "\n\n";
  const double largest = maxShare(series);
  const BarColumns columns = columnsFor(question, style);
  for (std::size_t option = 0; option < question.options.size(); ++option) {
    result += optionBars(question, option, series, largest, columns, style);
  }
  if (series.size() > 1) result += '\n' + legend(series, style);
  return result;
}

}  // namespace

std::string itemBars(const Question& question, const Population& population,
                     const Distribution& observed, const Distribution& predicted,
                     const TerminalStyle& style) {
  return drawBars(question, population,
                  {{"observed", &observed, solidBar, Ink::observed},
                   {"predicted", &predicted, shadedBar, Ink::predicted}},
                  style);
}

std::string predictionBars(const Question& question, const Population& population,
                           const Distribution& predicted, const TerminalStyle& style) {
  return drawBars(question, population, {{"predicted", &predicted, solidBar, Ink::predicted}},
                  style);
}

}  // namespace canvass
