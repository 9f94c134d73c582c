// A published model in a GGUF file, against transformers: tools/oracle/real_models.py.
#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "engine/forest/pack.h"
#include "engine/golden.h"
#include "engine/language_model.h"
#include "model/decoder.h"
#include "support/test_support.h"

namespace canvass {
namespace {

class RealModel : public ::testing::TestWithParam<WeightChoice> {};

TEST_P(RealModel, HasTheTokensAndLogitsOfTransformers) {
  const std::string name = "smollm2-135m-instruct";
  const auto path = test::fetchedModel(name + ".gguf");
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "scripts/fetch_models.sh brings " << path;
  const auto goldenPath = test::sourceFolder() / "tests/golden/gguf" / (name + ".json");
  const Json golden = parseJson(readFile(goldenPath), goldenPath.string());
  const LanguageModel model(
      {.model = openModel(path), .precision = PrecisionChoice::float32, .weights = GetParam()});
  EXPECT_FALSE(model.chat.isPlain());
  const auto chosen = golden["chosen"].get<std::vector<std::int64_t>>();
  const c10::NoGradGuard noGradients;
  for (const Json& record : golden["prompts"]) {
    const auto expectedTokens = record["tokens"].get<std::vector<TokenId>>();
    const auto tokens = model.tokenizer->encode(record["prompt"].get<std::string>(), {});
    ASSERT_EQ(tokens, expectedTokens) << record["prompt"];
    const Forest forest = buildForests({answeredAtEnd(tokens)}, {}).front();
    const at::Tensor logits = model.decoder->logits(model.decoder->answerStates(pack(forest)));
    const auto expected = record["logits"].get<std::vector<float>>();
    EXPECT_LT(test::greatestDifference(logits[0].index_select(0, at::tensor(chosen)),
                                       at::tensor(expected)),
              1e-3);
  }
}

INSTANTIATE_TEST_SUITE_P(Weights, RealModel,
                         ::testing::Values(WeightChoice::dense, WeightChoice::stored),
                         [](const auto& weights) {
                           return weights.param == WeightChoice::dense ? "dense" : "stored";
                         });

}  // namespace
}  // namespace canvass
