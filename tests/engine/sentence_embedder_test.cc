#include "engine/embedding/sentence_embedder.h"

#include <ATen/ATen.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>

#include "base/file.h"
#include "base/json.h"
#include "model_files/safetensors.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using testing::HasSubstr;

std::filesystem::path folder(const std::string& line = "bert") {
  return test::sourceFolder() / "tests" / "golden" / "encoders" / line;
}

double cosine(const std::vector<float>& a, const std::vector<float>& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

class EncoderLine : public testing::TestWithParam<std::string> {};

INSTANTIATE_TEST_SUITE_P(Lines, EncoderLine, testing::Values("bert", "roberta", "deberta"),
                         [](const auto& line) { return line.param; });

// The states of the golden file are transformers', of the tokens of its own tokenizers.
TEST_P(EncoderLine, VectorsAreMeansOfStatesMadeLengthOne) {
  const SentenceEmbedder embedder(*openModel(folder(GetParam())));
  const Json records = parseJson(readFile(folder(GetParam()) / "golden.json"), "golden.json");
  std::vector<std::string> texts;
  for (const Json& record : records) texts.push_back(record["text"]);
  const auto vectors = embedder.embed(texts);
  ASSERT_EQ(vectors.size(), records.size());
  for (std::size_t i = 0; i < vectors.size(); ++i) {
    const auto size = static_cast<std::int64_t>(vectors[i].size());
    const at::Tensor mean =
        at::tensor(records[i]["states"].get<std::vector<float>>()).view({-1, size}).mean(0);
    const at::Tensor expected = mean / mean.norm();
    EXPECT_TRUE(at::allclose(at::tensor(vectors[i]), expected, 0.0, 1e-5)) << texts[i];
    EXPECT_NEAR(cosine(vectors[i], vectors[i]), 1.0, 1e-5);
  }
}

TEST(SentenceEmbedder, OfNothingAndOfTooMuch) {
  const SentenceEmbedder embedder(*openModel(folder()));
  EXPECT_TRUE(embedder.embed({}).empty());
  std::string tooMuch;
  for (int i = 0; i < 2000; ++i) tooMuch += "family ";
  EXPECT_THAT(test::errorOf([&] { embedder.embed({tooMuch}); }), HasSubstr("the encoder reads"));
}

// The encoder with fewer positions than a short text has tokens.
void writeShortSighted(const std::filesystem::path& to, std::int64_t positions) {
  for (const char* name : {"tokenizer.json", "tokenizer_config.json"}) {
    if (std::filesystem::exists(folder() / name)) {
      std::filesystem::copy_file(folder() / name, to / name);
    }
  }
  Json config = parseJson(readFile(folder() / "config.json"), "config.json");
  config["max_position_embeddings"] = positions;
  writeFileAtomically(to / "config.json", config.dump());
  const SafetensorsFile file(*openModel(folder()), "model.safetensors");
  std::map<std::string, StoredTensor> tensors = file.tensors();
  StoredTensor& table = tensors.at("embeddings.position_embeddings.weight");
  table.bytes = table.bytes.first(table.bytes.size() / static_cast<std::size_t>(table.shape[0]) *
                                  static_cast<std::size_t>(positions));
  table.shape[0] = positions;
  writeSafetensors(to / "model.safetensors", tensors);
}

TEST(SentenceEmbedder, AShortTextThatIsTooMuchIsShownWhole) {
  const test::TemporaryFolder shortSighted;
  writeShortSighted(shortSighted.path(), 8);
  const SentenceEmbedder embedder(*openModel(shortSighted.path()));
  EXPECT_THAT(test::errorOf([&] { embedder.embed({"....... ......."}); }),
              HasSubstr("\"....... .......\":"));
}

TEST(SentenceEmbedder, ARealOneKnowsMeaningsThatShareNoWord) {
  const auto real = test::miniLmFolder();
  if (!std::filesystem::exists(real)) GTEST_SKIP() << "there is no real encoder here";
  const auto vectors =
      SentenceEmbedder(*openModel(real))
          .embed({"How satisfied are you with your life?", "Are people happy these days?",
                  "Should the government raise the tax on petrol?"});
  EXPECT_GT(cosine(vectors[0], vectors[1]), cosine(vectors[0], vectors[2]) + 0.1);
}

}  // namespace
}  // namespace canvass
