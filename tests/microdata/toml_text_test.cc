// What a draft says of a file's own texts, read back by the TOML library.
#include "microdata/draft/toml_text.h"

#include <toml++/toml.h>

#include "base/utf8.h"
#include "support/hostile_texts.h"
#include "support/test_support.h"

namespace canvass {
namespace {

TEST(DraftedToml, HoldsEveryText) {
  for (const auto& [kind, text] : test::hostileTexts()) {
    SCOPED_TRACE(kind);
    const std::string toml =
        "# " + comment(text) + "\ntext = " + tomlText(text) + " # " + comment(text) + "\n";
    const toml::table table = toml::parse(toml);
    EXPECT_EQ(table["text"].value<std::string>(), text);
    EXPECT_EQ(table.size(), 1U);
    EXPECT_EQ(visible(toml), toml);  // who reviews it sees what it says
  }
}

TEST(DraftedToml, HoldsNamesOfFilesThatAreNotUtf8) {
  EXPECT_EQ(comment("caf\xE9\n.sav"), "caf\\xe9 .sav");
  EXPECT_EQ(tomlText("caf\xE9"), "\"caf\\uFFFD\"");
}

}  // namespace
}  // namespace canvass
