#include "model_files/end_tokens.h"

#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(EndTokens, ComeFromTheGenerationConfigFirst) {
  std::map<std::string, std::string> files;
  EXPECT_THAT(endTokensOf(*modelInMemory(files)), IsEmpty());
  files["config.json"] = R"({"eos_token_id": 2})";
  EXPECT_THAT(endTokensOf(*modelInMemory(files)), ElementsAre(2));
  files["generation_config.json"] = R"({"temperature": 0.6})";
  EXPECT_THAT(endTokensOf(*modelInMemory(files)), ElementsAre(2));
  files["generation_config.json"] = R"({"eos_token_id": [151645, 151643]})";
  EXPECT_THAT(endTokensOf(*modelInMemory(files)), ElementsAre(151645, 151643));
}

TEST(EndTokens, AreNumbersOfTokens) {
  for (const char* wrong : {R"("</s>")", "-1", "2.5", "[1, null]", "{}"}) {
    const auto model =
        modelInMemory({{"config.json", std::string(R"({"eos_token_id": )") + wrong + "}"}});
    EXPECT_THAT(test::errorOf([&] { endTokensOf(*model); }),
                ::testing::AllOf(HasSubstr("config.json"), HasSubstr("eos_token_id")))
        << wrong;
  }
}

}  // namespace
}  // namespace canvass
