#include "text/markup_text.h"

#include "support/test_support.h"

namespace canvass {
namespace {

struct Shown {
  const char* text;
  const char* written;
};

TEST(LatexText, IsNothingButText) {
  const Shown table[] = {
      {"", ""},
      {"Tea, or coffee?", "Tea, or coffee?"},
      {"日本 é", "日本 é"},
      {"50 % & $5 #1 a_b {c}", "50 \\% \\& \\$5 \\#1 a\\_b \\{c\\}"},
      {"\\input{/etc/passwd}", "\\textbackslash{}input\\{/etc/passwd\\}"},
      {"\\write18{x}", "\\textbackslash{}write18\\{x\\}"},
      {"^^5c ~", "\\textasciicircum{}\\textasciicircum{}5c \\textasciitilde{}"},
      {"a < b > c | d", "a \\textless{} b \\textgreater{} c \\textbar{} d"},
      {"a--b ``c'' ?` !`", "a-{}-b `{}`c'{}' ?{}` !{}`"},
      {"---", "-{}-{}-"},
      {"[1ex] [x]", "{[}1ex] [x]"},
      {"* [", "{*} ["},
      {"a\n\n\\end{tabular}", "a \\textbackslash{}end\\{tabular\\}"},
      {"a\x01\x1b[31mb\r%", "a [31mb \\%"},
      {" a ", "a"},
  };
  for (const auto& [text, written] : table) EXPECT_EQ(latexText(text), written);
}

TEST(MarkdownText, IsNothingButText) {
  const Shown table[] = {
      {"", ""},
      {"Tea, or coffee (with milk)? - \"yes\"!", "Tea, or coffee (with milk)? - \"yes\"!"},
      {"日本 é", "日本 é"},
      {"a | b", "a \\| b"},
      {"`code` ``` ~~~", "\\`code\\` \\`\\`\\` \\~\\~\\~"},
      {"[x](javascript:alert(1)) ![](y)", "\\[x\\](javascript:alert(1)) !\\[\\](y)"},
      {"<b>&amp;</b> <!--", "\\<b\\>\\&amp;\\</b\\> \\<!--"},
      {"# heading", "\\# heading"},
      {"- item", "\\- item"},
      {"---", "\\---"},
      {"+ item", "\\+ item"},
      {"-", "\\-"},
      {"-1", "-1"},
      {"+1+1", "+1+1"},
      {"1. item", "1\\. item"},
      {"12) item", "12\\) item"},
      {"3.", "3\\."},
      {"15.0 - 1", "15.0 - 1"},
      {"1", "1"},
      {"> quote", "\\> quote"},
      {"    code", "code"},
      {"a\\b *c* _d_ {e} $f$ ^g^ @h", "a\\\\b \\*c\\* \\_d\\_ \\{e\\} \\$f\\$ \\^g\\^ \\@h"},
      {"a\n\n# b\r\n- c", "a \\# b - c"},
      {"a\u2028b\x1b", "a b"},
  };
  for (const auto& [text, written] : table) EXPECT_EQ(markdownText(text), written);
}

}  // namespace
}  // namespace canvass
