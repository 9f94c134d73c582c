#include "hub/hub_cache.h"

#include "hub/content_sum.h"
#include "support/fake_hub.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string cachedCommit = test::FakeHub::commit;

// org/name at `cachedCommit`, as Hugging Face's tools leave it behind.
void writeModel(const test::TemporaryFolder& cache) {
  const std::string folder = "models--org--name/";
  cache.write(folder + "refs/main", cachedCommit);
  cache.write(folder + "refs/refs/pr/1", cachedCommit + "\n");
  cache.write(folder + "refs/old", std::string(40, 'f'));
  for (const char* file : {"config.json", "model.safetensors", "tokenizer.json", "a.gguf"}) {
    cache.write(folder + "blobs/" + file, file);
    const auto snapshot = cache.path() / folder / "snapshots" / cachedCommit;
    std::filesystem::create_directories(snapshot);
    std::filesystem::create_symlink("../../blobs/" + std::string(file), snapshot / file);
  }
}

TEST(HubCache, FindsAModelByItsRevisions) {
  const test::TemporaryFolder cache;
  writeModel(cache);
  const auto snapshot = cache.path() / "models--org--name" / "snapshots" / cachedCommit;
  for (const std::string& revision :
       {std::string("main"), std::string("refs/pr/1"), cachedCommit}) {
    EXPECT_EQ(locate({"org/name", revision, ""}, cache.path()), snapshot) << revision;
  }
  EXPECT_EQ(locate({"org/name", "main", "a.gguf"}, cache.path()), snapshot / "a.gguf");
}

TEST(HubCache, DoesNotFindWhatIsNotThere) {
  const test::TemporaryFolder cache;
  EXPECT_EQ(locate({"org/name"}, cache.path()), std::nullopt);
  writeModel(cache);
  for (const HubName& name : {HubName{"org/other", "main", ""}, HubName{"org/name", "dev", ""},
                              HubName{"org/name", "old", ""}, HubName{"org/name", "main", "b.gguf"},
                              HubName{"org/name", std::string(40, 'a'), ""}}) {
    EXPECT_EQ(locate(name, cache.path()), std::nullopt) << hubNameText(name);
  }
  std::filesystem::remove(cache.path() / "models--org--name" / "blobs" / "model.safetensors");
  EXPECT_EQ(locate({"org/name"}, cache.path()), std::nullopt) << "a link that leads nowhere";
}

// Else a file that another program wrote would become a part of a path.
TEST(HubCache, DoesNotFollowAReferenceToSomethingElse) {
  const test::TemporaryFolder cache;
  writeModel(cache);
  for (const std::string& reference :
       {std::string("../../.."), std::string(), std::string(40, 'g'), std::string(500, 'a')}) {
    cache.write("models--org--name/refs/main", reference);
    EXPECT_EQ(locate({"org/name"}, cache.path()), std::nullopt) << reference;
  }
}

TEST(HubCache, KnowsItsRepositoriesAndTheirRevisions) {
  const test::TemporaryFolder cache;
  EXPECT_THAT(cachedRepositories(cache.path() / "nothing"), IsEmpty());
  writeModel(cache);
  cache.write("models--a--b--c/x", "");
  cache.write("datasets--a--b/x", "");
  cache.write("models--alone/x", "");
  cache.write("models--a--file", "");
  std::vector<std::string> names;
  for (const auto& one : cachedRepositories(cache.path())) names.push_back(one.repository());
  EXPECT_THAT(names, ElementsAre("a/b--c", "org/name"));
  EXPECT_THAT(CachedRepository(cache.path(), "org/name").revisionsAt(cachedCommit),
              ElementsAre("main", "refs/pr/1"));
}

// As Git itself says: printf 'hello\n' | git hash-object --stdin, and sha256sum.
TEST(ContentSum, IsGitsForSmallFilesAndSha256ForLarge) {
  const test::TemporaryFolder folder;
  const auto file = folder.write("a", "hello\n");
  EXPECT_EQ(contentSumLike(std::string(40, '0'), file), "ce013625030ba8dba906f756967f9e9ca394464a");
  EXPECT_EQ(contentSumLike(std::string(64, '0'), file),
            "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03");
  EXPECT_EQ(contentSumLike(std::string(40, '0'), folder.write("b", "")),
            "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
}

TEST(ContentSum, IsHexadecimal) {
  EXPECT_TRUE(isContentSum(std::string(40, 'a')));
  EXPECT_TRUE(isContentSum(std::string(64, '9')));
  for (const std::string& other : {std::string(), std::string(41, 'a'), std::string(40, 'A'),
                                   std::string(40, '/'), "../../" + std::string(34, 'a')}) {
    EXPECT_FALSE(isContentSum(other)) << other;
  }
}

}  // namespace
}  // namespace canvass
