// Gemma 3 as it is published: with a model for images beside the text model.
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "model_files/decoder_config.h"
#include "model_files/decoder_json.h"
#include "model_files/decoder_layout.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::errorOf;
using test::parseDecoder;
using test::with;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

Json goldenGemma(const std::string& name) {
  return parseJson(readFile(test::sourceFolder() / "tests/golden/models" / name / "config.json"),
                   name);
}

Json withVision(const Json& text) {
  return {{"architectures", {"Gemma3ForConditionalGeneration"}},
          {"model_type", "gemma3"},
          {"text_config", text},
          {"vision_config", {{"hidden_size", 16}, {"model_type", "siglip_vision_model"}}},
          {"mm_tokens_per_image", 4},
          {"boi_token_index", 100},
          {"eoi_token_index", 101},
          {"image_token_index", 102},
          {"eos_token_id", {1, 106}}};
}

TEST(Gemma3WithVision, IsItsTextModelUnderAPrefix) {
  for (const char* golden : {"gemma3", "gemma3-new-style"}) {
    Json text = goldenGemma(golden);
    text.erase("architectures");
    DecoderConfig expected = parseDecoder(goldenGemma(golden));
    expected.architecture = "Gemma3ForConditionalGeneration";
    expected.weightPrefix = "language_model.";
    EXPECT_EQ(parseDecoder(withVision(text)), expected) << golden;
    for (const TensorSpec& spec : decoderTensors(expected)) {
      EXPECT_THAT(spec.name, StartsWith("language_model.model."));
    }
  }
}

// The published files of 4 billion parameters say no more than this.
TEST(Gemma3WithVision, HasTheDefaultsOfItsClass) {
  const DecoderConfig config =
      parseDecoder(withVision({{"hidden_size", 2560},
                               {"intermediate_size", 10240},
                               {"model_type", "gemma3_text"},
                               {"num_hidden_layers", 34},
                               {"rope_scaling", {{"factor", 8.0}, {"rope_type", "linear"}}},
                               {"sliding_window", 1024}}));
  EXPECT_EQ(config.vocabularySize, 262208);
  EXPECT_EQ(config.maxPositions, 131072);
  EXPECT_TRUE(config.tiedEmbeddings);
  const LayerConfig& full = config.layers[5];
  EXPECT_EQ(full.headCount, 8);
  EXPECT_EQ(full.keyValueHeadCount, 4);
  EXPECT_EQ(full.headSize, 256);
  EXPECT_DOUBLE_EQ(full.attentionScale, 1.0 / 16.0);
  EXPECT_EQ(full.attentionWindow, 0);
  EXPECT_EQ(full.rotary.theta, 1e6);
  EXPECT_EQ(full.rotary.scaling.factor, 8.0);
  EXPECT_EQ(config.layers[4].attentionWindow, 1024);
  EXPECT_EQ(config.layers[4].rotary.theta, 1e4);
}

TEST(Gemma3WithVision, NamesWhatIsNotUnderstoodInsideAndOutside) {
  const Json text = goldenGemma("gemma3");
  EXPECT_THAT(errorOf([&] {
                parseDecoder(with(withVision(text), {{"audio_config", {{"hidden_size", 8}}}}));
              }),
              HasSubstr("audio_config"));
  EXPECT_THAT(errorOf([&] {
                parseDecoder(withVision(with(text, {{"num_experts", 8}})));
              }),
              AllOf(HasSubstr("num_experts"), HasSubstr("config.json, \"text_config\"")));
  EXPECT_THAT(errorOf([&] { parseDecoder(withVision(nullptr)); }),
              HasSubstr("\"text_config\" is missing"));
}

}  // namespace
}  // namespace canvass
