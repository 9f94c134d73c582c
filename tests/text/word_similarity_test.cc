#include "text/word_similarity.h"

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "support/test_support.h"

namespace canvass {
namespace {

TEST(WordSimilarity, EqualsScikitLearns) {
  const auto path = test::sourceFolder() / "tests/text/golden/text_similarity.json";
  const Json golden = parseJson(readFile(path), path.string());
  const WordSimilarity similarity(golden["texts"].get<std::vector<std::string>>());
  for (std::size_t i = 0; i < golden["asked"].size(); ++i) {
    const auto text = golden["asked"][i].get<std::string>();
    const auto expected = golden["similarities"][i].get<std::vector<double>>();
    EXPECT_THAT(similarity.to(text), ::testing::Pointwise(::testing::DoubleNear(1e-12), expected))
        << text;
  }
}

TEST(WordSimilarity, OfNothing) {
  EXPECT_THAT(WordSimilarity({}).to("tea"), ::testing::IsEmpty());
  EXPECT_THAT(WordSimilarity({"", "tea"}).to(""), ::testing::ElementsAre(0.0, 0.0));
  EXPECT_THAT(test::errorOf([] { WordSimilarity({"\xff"}); }), ::testing::HasSubstr("UTF-8"));
}

}  // namespace
}  // namespace canvass
