// A model's files are the same whether they are in a folder or in memory.
#include "model_files/model_files.h"

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::HasSubstr;

class AnyModelFiles : public ::testing::TestWithParam<bool> {
 protected:
  std::shared_ptr<const ModelFiles> open() const {
    if (GetParam()) return openModel(folder.path());
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
      files[entry.path().filename().string()] = readFile(entry.path());
    }
    return modelInMemory(files, folder.path().string());
  }

  const test::TemporaryFolder folder;
};

INSTANTIATE_TEST_SUITE_P(Kinds, AnyModelFiles, ::testing::Bool(), [](const auto& kind) {
  return std::string(kind.param ? "folder" : "memory");
});

TEST_P(AnyModelFiles, AreReadAndMapped) {
  folder.write("a.txt", "some text");
  folder.write("empty", "");
  const auto model = open();
  EXPECT_TRUE(model->has("a.txt"));
  EXPECT_FALSE(model->has("b.txt"));
  EXPECT_EQ(model->read("a.txt"), "some text");
  EXPECT_EQ(model->sha256Of("a.txt"), sha256("some text"));
  EXPECT_EQ(model->sha256Of("empty"), sha256(std::string_view()));
  EXPECT_EQ(model->describe("a.txt"), (folder.path() / "a.txt").string());
  EXPECT_EQ(model->describe(), folder.path().string());
}

// Also when they were let go, and when nobody holds the model any more.
TEST_P(AnyModelFiles, BytesStayAsLongAsTheyAreHeld) {
  folder.write("weights", std::string(100'000, 'w'));
  const auto file = open()->map("weights");
  file->letGo(file->bytes());
  EXPECT_EQ(file->bytes().size(), 100'000U);
  EXPECT_EQ(static_cast<char>(file->bytes()[50'000]), 'w');
}

TEST_P(AnyModelFiles, JsonIsParsedOnce) {
  folder.write("config.json", R"({"a": 1})");
  folder.write("bad.json", "{");
  const auto model = open();
  const Json& first = model->json("config.json");
  EXPECT_EQ(first.at("a"), 1);
  EXPECT_EQ(&model->json("config.json"), &first);
  EXPECT_THAT(test::errorOf([&] { model->json("bad.json"); }), HasSubstr("bad.json"));
}

TEST_P(AnyModelFiles, AMissingFileIsNamed) {
  const auto model = open();
  const std::string path = (folder.path() / "config.json").string();
  EXPECT_THAT(test::errorOf([&] { model->read("config.json"); }), HasSubstr(path));
  EXPECT_THAT(test::errorOf([&] { model->map("config.json"); }), HasSubstr(path));
  EXPECT_THAT(test::errorOf([&] { model->json("config.json"); }), HasSubstr(path));
}

TEST_P(AnyModelFiles, IdentityChangesWithAFile) {
  folder.write("config.json", "{}");
  const std::string before = open()->identity();
  EXPECT_EQ(open()->identity(), before);
  folder.write("config.json", "{ }");
  EXPECT_NE(open()->identity(), before);
}

}  // namespace
}  // namespace canvass
