// Tables for LaTeX and Markdown keep their form, whatever a survey says: what is left once the
// escapes are taken out of them has no sign of either language but the tables' own.
#include <algorithm>
#include <regex>

#include "base/utf8.h"
#include "report/evaluation/latex_table.h"
#include "report/lines.h"
#include "report/tables/table_report.h"
#include "support/hostile_texts.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::linesOf;
using ::testing::IsEmpty;
using ::testing::Not;

QuestionTable tableSaying(const std::string& text) {
  QuestionTable table;
  table.question = {text, text, text, {{"A", text, {}}, {"B", text, {}}}, Scale::nominal, {}};
  table.by = {text};
  for (const std::string& name : {text, "other " + text}) {
    table.groups.push_back({name,
                            100.0,
                            90.0,
                            {},
                            false,
                            {TableShare{0.25, 0.01, {}, {}}, TableShare{0.75, 0.01, {}, {}}}});
  }
  return table;
}

std::string without(const std::string& text, const std::string& expression) {
  return std::regex_replace(text, std::regex(expression), "");
}

std::size_t countIn(const std::string& text, char c) {
  return static_cast<std::size_t>(std::ranges::count(text, c));
}

const std::string latexEscapes =
    R"(\\text(backslash|asciitilde|asciicircum|less|greater|bar)\{\}|\\[&%$#_{}]|\{\}|\{[\[*]\})";

// "& & \\": what is not between the cells of a row, and what is.
void expectLatexRow(const std::string& line, std::size_t columns) {
  const std::string rest = without(line, latexEscapes);
  ASSERT_TRUE(rest.ends_with(" \\\\")) << rest;
  const std::string cells = rest.substr(0, rest.size() - 3);
  EXPECT_EQ(countIn(cells, '&'), columns - 1) << cells;
  EXPECT_EQ(cells.find_first_of("\\%$#_{}~^<>|"), cells.npos) << cells;
  EXPECT_THAT(line.substr(line.find_first_not_of(' ')), Not(testing::StartsWith("["))) << line;
  EXPECT_THAT(line.substr(line.find_first_not_of(' ')), Not(testing::StartsWith("*"))) << line;
}

TEST(HostileTexts, AreTextInTablesOfLatex) {
  for (const auto& [kind, text] : test::hostileTexts()) {
    if (text.size() > 1000) continue;  // for the expressions' sake
    SCOPED_TRACE(kind);
    const std::string latex = questionTablesLatex({tableSaying(text)});
    const std::vector<std::string> lines = linesOf(latex);
    ASSERT_EQ(lines.size(), 11U);
    EXPECT_THAT(lines[0], testing::StartsWith("% "));
    EXPECT_EQ(lines[1], "\\begin{tabular}{llrrrrrr}");
    for (const std::size_t row : {3U, 5U, 6U, 7U, 8U}) expectLatexRow(lines[row], 8);
    EXPECT_EQ(lines[10], "\\end{tabular}");
    EXPECT_EQ(countIn(latex, '\0') + countIn(latex, '\x1b') + countIn(latex, '\r'), 0U);
  }
}

TEST(HostileTexts, AreTextInTablesOfFigures) {
  for (const auto& [kind, text] : test::hostileTexts()) {
    if (text.size() > 1000) continue;
    SCOPED_TRACE(kind);
    const Json evaluation = {{"metrics", {{"js_similarity", 0.5}}},
                             {"denominators", {{"js_similarity", 10}}},
                             {"baselines", {{"uniform", {{"title", text}}}}}};
    const std::vector<std::string> lines = linesOf(latexTable({{text, &evaluation}}, text));
    const std::string caption = without(lines[3], latexEscapes);
    EXPECT_TRUE(std::regex_match(caption, std::regex(R"(  \\caption\{[^\\{}%$#_&~^<>|]*\})")))
        << caption;
    EXPECT_EQ(lines[4], "  \\begin{tabular}{lrr}");
    expectLatexRow(lines[6], 3);
  }
}

TEST(HostileTexts, AreTextInTablesOfMarkdown) {
  for (const auto& [kind, text] : test::hostileTexts()) {
    if (text.size() > 1000) continue;
    SCOPED_TRACE(kind);
    const std::vector<std::string> lines = linesOf(questionTablesMarkdown({tableSaying(text)}));
    ASSERT_EQ(lines.size(), 8U);
    EXPECT_THAT(lines[1], IsEmpty());
    for (std::size_t i = 0; i < lines.size(); ++i) {
      std::string rest = without(lines[i], R"(\\[\\`*_{}\[\]<>#|~$&^@.)+-])");
      if (i == 0) {
        ASSERT_TRUE(rest.starts_with("**") && rest.ends_with("**"));
        rest = rest.substr(2, rest.size() - 4);
      } else if (i > 1) {
        EXPECT_EQ(countIn(rest, '|'), 9U) << rest;
        std::erase(rest, '|');
      }
      EXPECT_EQ(rest.find_first_of("\\`*_{}[]<>#|~$&^@"), rest.npos) << rest;
    }
  }
}

}  // namespace
}  // namespace canvass
