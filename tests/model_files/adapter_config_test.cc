#include "model_files/adapter_config.h"

#include <nlohmann/json.hpp>

#include "base/json.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::HasSubstr;

const Json plainAdapter = {{"peft_type", "LORA"},
                           {"task_type", "CAUSAL_LM"},
                           {"r", 8},
                           {"lora_alpha", 32},
                           {"lora_dropout", 0.05},
                           {"bias", "none"},
                           {"target_modules", {"v_proj", "q_proj"}},
                           {"use_dora", false},
                           {"modules_to_save", nullptr},
                           {"rank_pattern", Json::object()}};

AdapterConfig parseAdapter(const Json& config) {
  return parseAdapterConfig(config.dump(), "adapter");
}

Json plainAdapterWith(const char* key, const Json& value) {
  Json config = plainAdapter;
  config[key] = value;
  return config;
}

TEST(AdapterConfig, Plain) {
  const AdapterConfig config = parseAdapter(plainAdapter);
  EXPECT_EQ(config.rank, 8);
  EXPECT_DOUBLE_EQ(config.scale(), 4.0);
  EXPECT_EQ(config.targets, (std::vector<std::string>{"q_proj", "v_proj"}));
}

TEST(AdapterConfig, RankStabilizedScale) {
  EXPECT_DOUBLE_EQ(parseAdapter(plainAdapterWith("use_rslora", true)).scale(),
                   32.0 / std::sqrt(8.0));
}

TEST(AdapterConfig, WrittenConfigReadsBack) {
  AdapterConfig config = parseAdapter(plainAdapter);
  config.baseModel = "some/model";
  config.baseRevision = "v2";
  EXPECT_EQ(parseAdapterConfig(writeAdapterConfig(config), "adapter"), config);
}

TEST(AdapterConfig, WhatIsNotImplementedIsNamed) {
  const std::vector<std::pair<Json, const char*>> cases = {
      {plainAdapterWith("peft_type", "IA3"), "\"peft_type\""},
      {plainAdapterWith("bias", "all"), "\"bias\""},
      {plainAdapterWith("use_dora", true), "\"use_dora\" is not implemented"},
      {plainAdapterWith("modules_to_save", {"lm_head"}), "\"modules_to_save\" is not implemented"},
      {plainAdapterWith("rank_pattern", {{"q_proj", 4}}), "\"rank_pattern\" is not implemented"},
      {plainAdapterWith("fan_in_fan_out", true), "\"fan_in_fan_out\" is not implemented"},
      {plainAdapterWith("layers_to_transform", {1}), "\"layers_to_transform\" is not implemented"},
      {plainAdapterWith("target_modules", ".*proj"), "regular expression"},
      {plainAdapterWith("target_modules", Json::array()), "\"target_modules\" is missing or empty"},
      {plainAdapterWith("r", 0), "\"r\" must be above 0"},
      {plainAdapterWith("r", -1), "\"r\" must be above 0 and at most 65536"},
      {plainAdapterWith("r", 65'537), "\"r\" must be above 0 and at most 65536"},
      {plainAdapterWith("r", std::int64_t{1} << 31), "\"r\" must be above 0 and at most 65536"},
      {plainAdapterWith("r", INT64_MIN), "\"r\" must be above 0 and at most 65536"},
      {plainAdapterWith("r", UINT64_MAX), "\"r\" must be above 0 and at most 65536"},
      {plainAdapterWith("r", 1e308), "\"r\" must be a whole number"},
      {plainAdapterWith("lora_alpha", 0), "\"lora_alpha\" must be above 0 and at most 1000000"},
      {plainAdapterWith("lora_alpha", -1), "\"lora_alpha\" must be above 0 and at most 1000000"},
      {plainAdapterWith("lora_alpha", 1e308), "\"lora_alpha\" must be above 0 and at most"},
      {plainAdapterWith("lora_alpha", 1.1e6), "\"lora_alpha\" must be above 0 and at most"},
      {plainAdapterWith("lora_alpha", nullptr), "\"lora_alpha\" must be a number"},
      {plainAdapterWith("lora_alpha", "nan"), "\"lora_alpha\" must be a number"},
      {plainAdapterWith("lora_dropout", 1e308), "\"lora_dropout\" must be between -1e+30 and"},
      {plainAdapterWith("lora_dropout", 1.0), "\"lora_dropout\" must be at least 0 and below 1"},
      {plainAdapterWith("lora_dropout", -0.1), "\"lora_dropout\" must be at least 0 and below 1"},
      {plainAdapterWith("something_new", 3), "something_new"},
  };
  for (const auto& [config, message] : cases) {
    EXPECT_THAT(test::errorOf([&] { parseAdapter(config); }), HasSubstr(message)) << config;
  }
}

TEST(AdapterConfig, NamesTheFirstOfManyUnknownKeys) {
  Json config = plainAdapter;
  for (int i = 0; i < 2000; ++i) config["k" + std::to_string(i)] = i;
  const std::string error = test::errorOf([&] { parseAdapter(config); });
  EXPECT_THAT(error, HasSubstr("the keys k0, k1, k2, "));
  EXPECT_THAT(error, HasSubstr(" and 1,980 more are not understood"));
}

// PEFT subtracts some adapters' starts from the weights of the base: with the base as it is they
// are another model.
TEST(AdapterConfig, StartsThatChangeTheBaseAreRefused) {
  for (const Json& start :
       {Json(true), Json(false), Json(nullptr), Json("gaussian"), Json("eva")}) {
    EXPECT_EQ(parseAdapter(plainAdapterWith("init_lora_weights", start)).rank, 8) << start;
  }
  for (const char* start : {"pissa", "pissa_niter_16", "olora", "loftq", "corda", "lora_ga"}) {
    const Json config = plainAdapterWith("init_lora_weights", start);
    EXPECT_THAT(test::errorOf([&] { parseAdapter(config); }),
                HasSubstr("\"init_lora_weights\": \"" + std::string(start) +
                          "\" changes the base model's weights"));
  }
}

}  // namespace
}  // namespace canvass
