#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "support/fake_hub.h"
#include "support/hub_environment.h"
#include "support/program.h"

namespace canvass {
namespace {

using test::outputOf;
using test::runProgram;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::map<std::string, std::string> qwen() {
  const auto folder = test::sourceFolder() / "tests" / "golden" / "models" / "qwen2";
  return {{"config.json", readFile(folder / "config.json")},
          {"model.safetensors", readFile(folder / "model.safetensors")},
          {"tokenizer.json", "{}"}};
}

TEST(Models, SaysWhereItLookedIfThereAreNone) {
  const test::HubEnvironment environment;
  EXPECT_THAT(outputOf({"models"}),
              AllOf(HasSubstr("There are no models in"), HasSubstr("models --fetch"),
                    HasSubstr("--model org/name")));
}

TEST(Models, ListsWhatItFetched) {
  const test::HubEnvironment environment;
  const test::FakeHub hub(qwen());
  environment.set("HF_ENDPOINT", hub.address());
  EXPECT_THAT(outputOf({"models", "--fetch", "org/tiny"}),
              AllOf(HasSubstr("org/tiny\n"), HasSubstr("main (0123456), Qwen2ForCausalLM"),
                    HasSubstr(environment.model().string())));
  EXPECT_THAT(outputOf({"models"}), HasSubstr("org/tiny\n    main (0123456), Qwen2ForCausalLM"));
}

TEST(Models, AreListedAsJson) {
  const test::HubEnvironment environment;
  const test::FakeHub hub(qwen());
  environment.set("HF_ENDPOINT", hub.address());
  outputOf({"models", "--fetch", "org/tiny"});
  test::TemporaryFolder strange;
  strange.write("a/config.json", R"({"architectures": ["MambaForCausalLM"]})");
  strange.write("a/model.safetensors", "");
  strange.write("a/tokenizer.json", "");
  environment.set("CANVASS_MODELS", strange.path());
  const Json models = parseJson(outputOf({"models", "--json"}), "output");
  ASSERT_THAT(models, SizeIs(2));
  EXPECT_EQ(models[0]["name"], "org/tiny");
  EXPECT_EQ(models[0]["commit"], test::FakeHub::commit);
  EXPECT_EQ(models[0]["revisions"], Json::array({"main"}));
  EXPECT_EQ(models[0]["kind"], "decoder");
  EXPECT_EQ(models[0]["runs"], true);
  EXPECT_EQ(models[1]["runs"], false);
  EXPECT_EQ(models[1]["repository"], Json());
  EXPECT_THAT(models[1]["fault"].get<std::string>(), HasSubstr("MambaForCausalLM"));
  EXPECT_THAT(outputOf({"models"}), HasSubstr("canvass cannot run it: "));
}

TEST(Models, NamesOneThatIsNotThere) {
  const test::HubEnvironment environment;
  const auto finished = runProgram({"models", "org/tiny"});
  EXPECT_EQ(finished.exitCode, 1);
  EXPECT_THAT(finished.errors, AllOf(HasSubstr("org/tiny: there is no such model in"),
                                     HasSubstr("models --fetch org/tiny downloads it")));
}

TEST(Models, AreNotFetchedOffline) {
  const test::HubEnvironment environment;
  environment.set("HF_HUB_OFFLINE", "1");
  const auto finished = runProgram({"models", "--fetch", "org/tiny"});
  EXPECT_EQ(finished.exitCode, 1);
  EXPECT_THAT(finished.errors, HasSubstr("HF_HUB_OFFLINE is set"));
  EXPECT_THAT(finished.output, IsEmpty());
}

}  // namespace
}  // namespace canvass
