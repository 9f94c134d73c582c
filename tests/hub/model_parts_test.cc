#include "hub/model_parts.h"

#include "base/list_text.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

TEST(NeededFiles, AreThoseOfTheModelWithoutItsCopies) {
  EXPECT_THAT(neededFiles({".gitattributes", "README.md", "config.json", "tokenizer.json",
                           "consolidated.safetensors", "model.safetensors",
                           "model.fp16.safetensors", "original/params.json", "onnx/model.onnx",
                           "onnx/config.json", "tf_model.h5", "pytorch_model.bin",
                           "model.safetensors.index.json", "a.gguf", "chat_template.jinja"},
                          {"org/name"}),
              UnorderedElementsAre("config.json", "tokenizer.json", "model.safetensors",
                                   "chat_template.jinja"));
}

TEST(NeededFiles, EndWithTheWeights) {
  EXPECT_EQ(
      neededFiles({"model.safetensors", "tokenizer.json", "config.json"}, {"org/name"}).back(),
      "model.safetensors");
  EXPECT_THAT(neededFiles({"config.json", "model.safetensors.index.json",
                           "model-00001-of-00002.safetensors"},
                          {"org/name"}),
              ElementsAre("config.json", "model.safetensors.index.json"));
}

TEST(NeededFiles, AreThoseOfAnAdapter) {
  EXPECT_THAT(
      neededFiles({"adapter_model.safetensors", "adapter_config.json", "README.md", "run.json"},
                  {"org/name"}),
      UnorderedElementsAre("adapter_config.json", "adapter_model.safetensors", "run.json"));
}

TEST(NeededFiles, AreOneGgufFileAndWhatItIsContinuedIn) {
  const std::vector<std::string> files = {"a-Q4_0.gguf", "a-Q8_0-00001-of-00002.gguf",
                                          "a-Q8_0-00002-of-00002.gguf", "config.json"};
  EXPECT_THAT(neededFiles(files, {"org/name", "main", "a-Q4_0.gguf"}), ElementsAre("a-Q4_0.gguf"));
  EXPECT_THAT(neededFiles(files, {"org/name", "main", "a-Q8_0-00001-of-00002.gguf"}),
              ElementsAre("a-Q8_0-00001-of-00002.gguf", "a-Q8_0-00002-of-00002.gguf"));
}

TEST(NeededFiles, AreAnErrorIfTheRepositoryHoldsSomethingElse) {
  const struct {
    std::vector<std::string> files;
    HubName name;
    const char* fault;
    const char* remedy;
  } cases[] = {
      {{"README.md", "a-Q4_0.gguf", "a-Q8_0-00001-of-00002.gguf", "a-Q8_0-00002-of-00002.gguf"},
       {"org/name"},
       "org/name: the repository has GGUF files only: a-Q4_0.gguf; a-Q8_0-00001-of-00002.gguf",
       "name one of them, such as org/name:a-Q4_0.gguf"},
      {{"config.json", "pytorch_model-00001-of-00002.bin"},
       {"org/name"},
       "the weights are in pytorch_model.bin only",
       "save_pretrained"},
      {{"README.md"}, {"org/name"}, "no weights that canvass reads", "choose another model"},
      {{"model.safetensors"}, {"org/name"}, "has no config.json", "choose another model"},
      {{"a.gguf", "b.gguf"},
       {"org/name", "v1", "c.gguf"},
       "org/name@v1:c.gguf: the repository has no file c.gguf",
       "it has a.gguf; b.gguf"},
      {{"config.json"},
       {"org/name", "main", "c.gguf"},
       "the repository has no file c.gguf",
       "it has no GGUF file at all"},
  };
  for (const auto& one : cases) {
    EXPECT_THAT(test::errorOf([&] { neededFiles(one.files, one.name); }),
                AllOf(HasSubstr(one.fault), HasSubstr(one.remedy)));
  }
}

TEST(Shards, AreThoseThatTheIndexNames) {
  EXPECT_THAT(shardsIn(R"({"weight_map": {"a": "y", "b": "x", "c": "y"}})", "index"),
              ElementsAre("x", "y"));
  EXPECT_THAT(test::errorOf([] { shardsIn("[]", "index"); }),
              HasSubstr("index: the key \"weight_map\" is missing"));
  for (const char* bad : {R"({"weight_map": {"a": "../x"}})", R"({"weight_map": {"a": 1}})"}) {
    EXPECT_THAT(test::errorOf([bad] { shardsIn(bad, "index"); }), HasSubstr("only file names"));
  }
}

TEST(GgufParts, AreKnownFromTheName) {
  EXPECT_THAT(ggufParts("d/a-00002-of-00002.gguf"),
              ElementsAre("d/a-00001-of-00002.gguf", "d/a-00002-of-00002.gguf"));
  for (const char* whole : {"a.gguf", "a-00003-of-00002.gguf", "a-00000-of-00002.gguf",
                            "-00001-of-00002.gguf", "a-0001-of-00002.gguf", "a-+0001-of-00002.gguf",
                            "a-00001-of-00002.bin", "a-00001-of-40002.gguf"}) {
    EXPECT_THAT(ggufParts(whole), ElementsAre(whole));
  }
}

// A download, by whatever program, may have brought a part only.
TEST(MissingPart, NamesTheFirstThatAModelNeeds) {
  const std::string index = R"({"weight_map": {"a": "x.safetensors", "b": "y.safetensors"}})";
  const struct {
    std::vector<std::string> files;
    std::string file;
    const char* missing;  // empty: nothing
  } cases[] = {
      {{}, "", "config.json"},
      {{"config.json"}, "", "model.safetensors"},
      {{"config.json", "model.safetensors"}, "", "tokenizer.json"},
      {{"config.json", "model.safetensors", "tokenizer.model"}, "", ""},
      {{"config.json", "model.safetensors.index.json", "x.safetensors", "tokenizer.json"},
       "",
       "y.safetensors"},
      {{"config.json", "model.safetensors.index.json", "x.safetensors", "y.safetensors",
        "tokenizer.json"},
       "",
       ""},
      {{"adapter_config.json", "adapter_model.safetensors"}, "", ""},
      {{"adapter_config.json"}, "", "config.json"},
      {{}, "a.gguf", "a.gguf"},
      {{"a.gguf"}, "a.gguf", ""},
      {{"a-00001-of-00002.gguf"}, "a-00001-of-00002.gguf", "a-00002-of-00002.gguf"},
  };
  for (const auto& one : cases) {
    const test::TemporaryFolder folder;
    for (const std::string& file : one.files) {
      folder.write(file, file == weightIndexFile ? index : "");
    }
    EXPECT_EQ(missingPart(folder.path(), {"org/name", "main", one.file}).value_or(""), one.missing)
        << listText(one.files);
  }
  const test::TemporaryFolder damaged;
  damaged.write("config.json", "");
  damaged.write(weightIndexFile, "{");
  EXPECT_EQ(missingPart(damaged.path(), {"org/name"}), weightIndexFile);
}

}  // namespace
}  // namespace canvass
