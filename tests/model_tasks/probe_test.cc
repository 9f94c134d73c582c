#include "model_tasks/probe.h"

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "model_tasks/make_predictor.h"
#include "model_tasks/small_models.h"

namespace canvass {
namespace {

using test::errorOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::unique_ptr<ModelPredictor> predictorOf(const std::filesystem::path& model) {
  PredictorOptions options;
  options.model.model = openModel(model);
  return makePredictor(options, test::drinksSurvey());
}

std::vector<std::string> namesOf(const ProbeResult& result) {
  std::vector<std::string> names;
  for (const AskedVariant& row : result.rows) names.push_back(row.variant.name);
  return names;
}

TEST(Probe, AsksDecodersAndEncodersInOtherOrders) {
  const Survey items = test::drinksSurvey();
  for (const auto& model : {test::newModelFolder(), test::scorerFolder()}) {
    ProbeOptions options;
    options.probe = "order";
    options.resamples = 40;
    const ProbeResult result = Probe(options, items).run(*predictorOf(model));
    EXPECT_THAT(namesOf(result), ElementsAre("original", "shifted by 1", "shifted by 2", "averaged",
                                             "pride", "contextual"));
    EXPECT_EQ(result.positions.at(3).items, items.items.size());
    const test::TemporaryFolder folder;
    const Json record = saveProbe(result, folder.path());
    EXPECT_EQ(record["model"], model.string());
    EXPECT_EQ(record, parseJson(readFile(folder.path() / "probe.json"), "probe.json"));
    EXPECT_EQ(readPredictions(folder.path() / "shifted-by-1.jsonl").predictions.size(),
              items.items.size());
  }
}

TEST(Probe, ItsSeedIsTheOneOfTheResamplesToo) {
  const Survey items = test::drinksSurvey();
  const auto predictor = predictorOf(test::newModelFolder());
  const auto intervalWith = [&](std::uint64_t seed) {
    ProbeOptions options;
    options.probe = "reversed";
    options.resamples = 40;
    options.seed = seed;
    const ProbeResult result = Probe(options, items).run(*predictor);
    EXPECT_EQ(result.effects.bootstrap.seed, seed);
    const auto& difference = *result.effects.variants[0].fromOriginal.metrics[0];
    return std::pair(difference.interval->low, difference.interval->high);
  };
  EXPECT_EQ(intervalWith(1), intervalWith(1));
  EXPECT_NE(intervalWith(1), intervalWith(2));
}

TEST(Probe, OptionsOfAnotherProbeAreRefusedByName) {
  const struct {
    const char* name;
    const char* reader;
    void (*give)(ProbeOptions&);
  } options[] = {
      {"--orders", "order", [](ProbeOptions& given) { given.order = OptionOrder::all; }},
      {"--count", "order", [](ProbeOptions& given) { given.count = 3; }},
      {"--wording", "wording",
       [](ProbeOptions& given) {
         given.wordings = {{"same", test::drinksSurvey()}};
       }},
      {"--prefixes", "prefix", [](ProbeOptions& given) { given.prefixes = {" ("}; }},
      {"--templates", "template", [](ProbeOptions& given) { given.templates = {"qa"}; }},
  };
  for (const auto& [name, reader, give] : options) {
    for (const ProbeDescription& probe : probeDescriptions()) {
      if (std::string(probe.name) == reader) continue;
      ProbeOptions given;
      given.probe = probe.name;
      give(given);
      EXPECT_THAT(errorOf([&] { Probe(given, test::drinksSurvey()); }),
                  HasSubstr(std::string(name) + " does nothing here"));
    }
  }
  ProbeOptions cyclic;
  cyclic.probe = "order";
  cyclic.count = 3;
  EXPECT_THAT(errorOf([&] { Probe(cyclic, test::drinksSurvey()); }), HasSubstr("--orders sampled"));
}

TEST(Probe, SaysWhatIsMissing) {
  const auto refusal = [](const char* probe) {
    ProbeOptions options;
    options.probe = probe;
    return errorOf([&] { Probe(options, test::drinksSurvey()); });
  };
  EXPECT_THAT(refusal("wording"), HasSubstr("--wording SURVEY"));
  EXPECT_THAT(refusal("template"), HasSubstr("--templates"));
  EXPECT_THAT(refusal("palm"), HasSubstr("there is no probe 'palm'"));
}

}  // namespace
}  // namespace canvass
