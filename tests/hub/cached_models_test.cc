#include "hub/cached_models.h"

#include "base/file.h"
#include "hub/hub_settings.h"
#include "hub/model_summary.h"
#include "support/fake_hub.h"
#include "support/gguf_builder.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string listedCommit = test::FakeHub::commit;
const std::string otherCommit(40, 'f');

std::string snapshotFile(const std::string& ofCommit, const std::string& file) {
  return "models--org--name/snapshots/" + ofCommit + "/" + file;
}

std::string golden(const std::string& file) {
  return readFile(test::sourceFolder() / "tests" / "golden" / "models" / file);
}

std::vector<std::string> namesOf(const std::vector<CachedModel>& models) {
  std::vector<std::string> names;
  for (const CachedModel& model : models) names.push_back(model.name);
  return names;
}

TEST(CachedModels, AreNoneWithoutACache) {
  const test::TemporaryFolder cache;
  EXPECT_THAT(modelsIn(cache.path()), IsEmpty());
  EXPECT_THAT(modelsIn(cache.path() / "nothing"), IsEmpty());
  EXPECT_THAT(modelsInFolder(cache.path() / "nothing"), IsEmpty());
}

TEST(CachedModels, AreNamedAsTheOptionTakesThem) {
  const test::TemporaryFolder cache;
  cache.write("models--org--name/refs/main", listedCommit);
  cache.write("models--org--name/refs/v1", otherCommit);
  cache.write(snapshotFile(listedCommit, "config.json"), "{}");
  cache.write(snapshotFile(listedCommit, "model.safetensors"), "12345");
  cache.write(snapshotFile(listedCommit, "tokenizer.json"), "{}");
  cache.write(snapshotFile(listedCommit, "q/a-00001-of-00002.gguf"), "123");
  cache.write(snapshotFile(listedCommit, "q/a-00002-of-00002.gguf"), "4567");
  cache.write(snapshotFile(otherCommit, "b.gguf"), "");
  cache.write(snapshotFile(std::string(40, '9'), "c.gguf"), "");
  const auto models = modelsIn(cache.path());
  EXPECT_THAT(namesOf(models),
              ElementsAre("org/name", "org/name:q/a-00001-of-00002.gguf",
                          "org/name@" + std::string(40, '9') + ":c.gguf", "org/name@v1:b.gguf"));
  EXPECT_EQ(models[0].path, cache.path() / "models--org--name" / "snapshots" / listedCommit);
  EXPECT_THAT(models[0].revisions, ElementsAre("main"));
  EXPECT_EQ(models[0].commit, listedCommit);
  EXPECT_EQ(models[0].bytes, 9u);
  EXPECT_EQ(models[0].unfinished, "");
  EXPECT_EQ(models[1].bytes, 7u);
  for (const CachedModel& model : models) {
    if (model.name.find('9') == std::string::npos) {
      EXPECT_EQ(locate(parseHubName(model.name), cache.path()), model.path);
    }
  }
}

TEST(CachedModels, SayWhatIsMissing) {
  const test::TemporaryFolder cache;
  cache.write("models--org--begun/blobs/abc.incomplete", "12345");
  cache.write(snapshotFile(listedCommit, "config.json"), "{}");
  std::filesystem::create_symlink("../../blobs/nothing",
                                  cache.path() / snapshotFile(listedCommit, "model.safetensors"));
  const auto models = modelsIn(cache.path());
  ASSERT_THAT(namesOf(models), ElementsAre("org/begun", "org/name@" + listedCommit));
  EXPECT_EQ(models[0].unfinished, "its download has not ended");
  EXPECT_EQ(models[0].bytes, 5u);
  EXPECT_EQ(models[1].unfinished, "model.safetensors is missing");
}

TEST(CachedModels, AreFoundInAFolderOfModels) {
  const test::TemporaryFolder folder;
  folder.write("small.gguf", "123");
  folder.write("encoder/config.json", "{}");
  folder.write("notes/readme.txt", "");
  const auto models = modelsInFolder(folder.path());
  EXPECT_THAT(namesOf(models), ElementsAre((folder.path() / "encoder").string(),
                                           (folder.path() / "small.gguf").string()));
  EXPECT_EQ(models[0].unfinished, "model.safetensors is missing");
  EXPECT_EQ(models[1].bytes, 3u);
  EXPECT_EQ(models[1].repository, "");
}

TEST(ModelSummary, IsThatOfTheConfigurationAndTheWeights) {
  const auto models = test::sourceFolder() / "tests" / "golden" / "models";
  const ModelSummary decoder = summarizeModel(models / "qwen2");
  EXPECT_EQ(decoder.kind, ModelSummary::Kind::decoder);
  EXPECT_EQ(decoder.family, "Qwen2ForCausalLM");
  EXPECT_GT(decoder.parameters.value_or(0), 1000u);
  EXPECT_EQ(decoder.fault, "");
  const ModelSummary adapter = summarizeModel(models / "qwen2" / "adapter");
  EXPECT_EQ(adapter.kind, ModelSummary::Kind::adapter);
  EXPECT_EQ(adapter.fault, "");
  const ModelSummary encoder = summarizeModel(models.parent_path() / "encoders" / "bert");
  EXPECT_EQ(encoder.kind, ModelSummary::Kind::encoder);
  EXPECT_EQ(encoder.family, "BertModel");
  EXPECT_EQ(encoder.fault, "");
}

TEST(ModelSummary, SaysWhyAModelCannotRun) {
  const test::TemporaryFolder folder;
  folder.write("strange/config.json", R"({"architectures": ["MambaForCausalLM"]})");
  const ModelSummary strange = summarizeModel(folder.path() / "strange");
  EXPECT_EQ(strange.family, "MambaForCausalLM");
  EXPECT_THAT(strange.fault, HasSubstr("MambaForCausalLM"));

  folder.write("cut/config.json", golden("qwen2/config.json"));
  folder.write("cut/model.safetensors", golden("qwen2/model.safetensors").substr(0, 5000));
  const ModelSummary cut = summarizeModel(folder.path() / "cut");
  EXPECT_EQ(cut.family, "Qwen2ForCausalLM");
  EXPECT_EQ(cut.parameters, std::nullopt);
  EXPECT_NE(cut.fault, "");

  const auto gguf =
      folder.write("other.gguf", test::GgufBuilder().text("general.architecture", "mamba").build());
  EXPECT_EQ(summarizeModel(gguf).family, "mamba");
  EXPECT_THAT(summarizeModel(gguf).fault, HasSubstr("mamba"));
}

// One damaged model is no reason not to list the others.
TEST(ModelSummary, IsAFaultWhateverIsInTheFiles) {
  const test::TemporaryFolder folder;
  for (const char* config :
       {"", "{", "[]", "\xff", "{\"architectures\": 1}", "{\"architectures\": []}"}) {
    folder.write("a/config.json", config);
    EXPECT_NE(summarizeModel(folder.path() / "a").fault, "") << config;
  }
  for (const char* bytes : {"", "GGUF", "not a model"}) {
    EXPECT_NE(summarizeModel(folder.write("a.gguf", bytes)).fault, "") << bytes;
  }
  EXPECT_NE(summarizeModel(folder.path() / "nothing").fault, "");
}

}  // namespace
}  // namespace canvass
