#include "hub/named_model.h"

#include "base/file.h"
#include "hub/kept_progress.h"
#include "support/fake_hub.h"
#include "support/hub_environment.h"

namespace canvass {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

std::map<std::string, std::string> modelFiles() {
  return {{"config.json", "{\"a\": 1}"},
          {"tokenizer.json", "{}"},
          {"model.safetensors", std::string(5000, 'w')},
          {"q/a.gguf", std::string(6000, 'g')}};
}

class NamedModel : public ::testing::Test {
 protected:
  std::shared_ptr<const ModelFiles> open(const std::string& text) {
    return openNamedModel(text, [this] {
      ++shown;
      return std::make_unique<test::KeptProgress>();
    });
  }

  test::HubEnvironment environment;
  int shown = 0;  // how often progress was wanted
};

TEST_F(NamedModel, IsDownloadedWhenAFileOfItIsNeeded) {
  const test::FakeHub hub(modelFiles());
  environment.set("HF_ENDPOINT", hub.address());
  const auto model = open("org/tiny");
  EXPECT_EQ(model->describe(), "org/tiny");
  EXPECT_THAT(hub.hubRequests(), IsEmpty());
  EXPECT_EQ(model->read("config.json"), "{\"a\": 1}");
  EXPECT_TRUE(model->has("tokenizer.json"));
  EXPECT_FALSE(model->has("README.md"));
  EXPECT_EQ(model->map("model.safetensors")->bytes().size(), 5000u);
  EXPECT_THAT(model->describe("config.json"), HasSubstr(environment.model().string()));
  EXPECT_EQ(model->identity(),
            openModel(environment.model() / "snapshots" / test::FakeHub::commit)->identity());
  EXPECT_EQ(model->commit(), test::FakeHub::commit);
  EXPECT_EQ(shown, 1);
}

TEST_F(NamedModel, NeedsNoServerOnceItIsInTheCache) {
  {
    const test::FakeHub hub(modelFiles());
    environment.set("HF_ENDPOINT", hub.address());
    open("org/tiny")->read("config.json");
  }
  EXPECT_TRUE(open("org/tiny")->has("config.json")) << "the server has ended";
  environment.set("HF_HUB_OFFLINE", "1");
  EXPECT_TRUE(open("org/tiny")->has("config.json"));
  EXPECT_TRUE(open(std::string("org/tiny@") + test::FakeHub::commit)->has("config.json"));
  EXPECT_EQ(shown, 1);
}

TEST_F(NamedModel, MayBeAGgufFile) {
  const test::FakeHub hub(modelFiles());
  environment.set("HF_ENDPOINT", hub.address());
  const auto model = open("org/tiny:q/a.gguf");
  EXPECT_EQ(model->describe(), "org/tiny:q/a.gguf");
  EXPECT_EQ(model->commit(), test::FakeHub::commit);
  // It is opened as the GGUF file that it says it is.
  EXPECT_THAT(test::errorOf([&] { model->ggufFiles(); }), HasSubstr("q/a.gguf"));
  EXPECT_THAT(hub.storeRequests(), SizeIs(1));
}

TEST_F(NamedModel, IsAPathIfThereIsOne) {
  std::filesystem::current_path(environment.folder());
  std::filesystem::create_directories("org/tiny");
  writeFileAtomically("org/tiny/config.json", "{}");
  const auto model = open("org/tiny");
  EXPECT_EQ(model->read("config.json"), "{}");
  EXPECT_EQ(model->commit(), "");
  EXPECT_EQ(model->describe("config.json"), "org/tiny/config.json");
}

TEST_F(NamedModel, IsAPathIfItCanBeNoName) {
  for (const char* path : {"./org/tiny", "nothing", "a/b/c"}) {
    EXPECT_FALSE(open(path)->has("config.json")) << path;
  }
  EXPECT_EQ(shown, 0);
}

TEST_F(NamedModel, SaysThatThereIsNoFolderEither) {
  environment.set("HF_ENDPOINT", "http://127.0.0.1:9");
  EXPECT_THAT(test::errorOf([&] { open("models/typo")->has("config.json"); }),
              AllOf(HasSubstr("no folder or file has this name"),
                    HasSubstr("the server cannot be reached")));
  EXPECT_THAT(test::errorOf([&] { open("my models/typo"); }),
              AllOf(HasSubstr("no folder or file has this name"),
                    HasSubstr("no model on the hub can be named \"my models\"")));
}

TEST_F(NamedModel, NamesWhatIsMissingIfItMayNotBeDownloaded) {
  environment.set("HF_HUB_OFFLINE", "1");
  EXPECT_THAT(test::errorOf([&] { open("org/tiny")->has("config.json"); }),
              AllOf(HasSubstr("org/tiny: "), HasSubstr("it is not in the cache"),
                    HasSubstr(environment.cache().string()), HasSubstr("unset HF_HUB_OFFLINE")));
  environment.set("HF_HUB_OFFLINE", "");
  const test::FakeHub hub(modelFiles());
  environment.set("HF_ENDPOINT", hub.address());
  open("org/tiny")->has("config.json");
  environment.set("HF_HUB_OFFLINE", "1");
  EXPECT_THAT(test::errorOf([&] { open("org/tiny:q/a.gguf")->ggufFiles(); }),
              HasSubstr("q/a.gguf is missing in the cache"));
}

TEST_F(NamedModel, SaysNothingOfFoldersIfThereIsSuchAModel) {
  test::HubFaults faults;
  faults.damagesLargeFiles = true;
  const test::FakeHub hub(modelFiles(), faults);
  environment.set("HF_ENDPOINT", hub.address());
  EXPECT_THAT(test::errorOf([&] { open("org/tiny")->has("config.json"); }),
              AllOf(HasSubstr("its sum is wrong"), Not(HasSubstr("no folder or file"))));
}

// Another attempt is made when a file is needed again.
TEST_F(NamedModel, MayBeThereTheNextTime) {
  environment.set("HF_ENDPOINT", "http://127.0.0.1:9");
  const auto model = open("org/tiny");
  test::errorOf([&] { model->has("config.json"); });
  const test::FakeHub hub(modelFiles());
  environment.set("HF_ENDPOINT", hub.address());
  EXPECT_TRUE(model->has("config.json"));
}

}  // namespace
}  // namespace canvass
