#include "retrieval/text_similarity.h"

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "support/test_support.h"

namespace canvass {
namespace {

TEST(TextSimilarity, EqualsScikitLearns) {
  const auto path = test::sourceFolder() / "tests/retrieval/golden/text_similarity.json";
  const Json golden = parseJson(readFile(path), path.string());
  const TextSimilarity similarity(golden["texts"].get<std::vector<std::string>>());
  for (std::size_t i = 0; i < golden["asked"].size(); ++i) {
    const auto text = golden["asked"][i].get<std::string>();
    const auto expected = golden["similarities"][i].get<std::vector<double>>();
    EXPECT_THAT(similarity.to(text), ::testing::Pointwise(::testing::DoubleNear(1e-12), expected))
        << text;
  }
}

TEST(TextSimilarity, OfNothing) {
  EXPECT_THAT(TextSimilarity({}).to("tea"), ::testing::IsEmpty());
  EXPECT_THAT(TextSimilarity({"", "tea"}).to(""), ::testing::ElementsAre(0.0, 0.0));
  EXPECT_THAT(test::errorOf([] { TextSimilarity({"\xff"}); }), ::testing::HasSubstr("UTF-8"));
}

}  // namespace
}  // namespace canvass
