#include "hub/hub_name.h"

#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(HubName, IsReadInAllItsForms) {
  const struct {
    const char* text;
    HubName name;
  } cases[] = {
      {"org/name", {"org/name", "main", ""}},
      {"Qwen/Qwen2.5-0.5B_x", {"Qwen/Qwen2.5-0.5B_x", "main", ""}},
      {"org/name@v1.0", {"org/name", "v1.0", ""}},
      {"org/name@refs/pr/1", {"org/name", "refs/pr/1", ""}},
      {"org/name@0123456789abcdef0123456789abcdef01234567",
       {"org/name", "0123456789abcdef0123456789abcdef01234567", ""}},
      {"org/name:a-Q4_K_M.gguf", {"org/name", "main", "a-Q4_K_M.gguf"}},
      {"org/name@dev:sub/a b.gguf", {"org/name", "dev", "sub/a b.gguf"}},
  };
  for (const auto& [text, name] : cases) {
    EXPECT_TRUE(looksLikeHubName(text)) << text;
    EXPECT_EQ(parseHubName(text), name) << text;
    EXPECT_EQ(hubNameText(name), text);
  }
}

TEST(HubName, IsNotTakenForAPath) {
  for (const char* path : {"model", "./a/b", "../a", "/a/b", "~/a", "a/b/c", "a//b", "a/", "/a",
                           "model.gguf", "", "a@b/c", ":a/b", ".a/b"}) {
    EXPECT_FALSE(looksLikeHubName(path)) << path;
  }
}

TEST(HubName, RefusesWhatNoNameOnTheHubCanHave) {
  const struct {
    const char* text;
    const char* fault;
  } cases[] = {
      {"my models/name", "no model on the hub can be named \"my models\""},
      {"org/na..me", "no model on the hub can be named \"na..me\""},
      {"org/a--b", "can be named \"a--b\""},
      {"org/-a", "can be named \"-a\""},
      {"org/a.", "can be named \"a.\""},
      {"\xc3\xb6rg/a", "can be named"},
      {"org", "has one slash"},
      {"org/name@", "\"\" is not a branch, a tag or a commit"},
      {"org/name@../x", "\"../x\" is not a branch"},
      {"org/name@a..b", "is not a branch"},
      {"org/name@-x", "is not a branch"},
      {"org/name@a b", "is not a branch"},
      {"org/name@/etc", "is not a branch"},
      {"org/name:", "\"\" is not a file of a model"},
      {"org/name:../a.gguf", "is not a file of a model"},
      {"org/name:/a.gguf", "is not a file of a model"},
      {"org/name:model.safetensors", "\"model.safetensors\" is not a GGUF file"},
  };
  for (const auto& [text, fault] : cases) {
    EXPECT_THAT(test::errorOf([text = text] { parseHubName(text); }),
                AllOf(HasSubstr(fault), HasSubstr("names look like org/name")))
        << text;
  }
  EXPECT_THAT(test::errorOf([] { parseHubName("org/" + std::string(97, 'a')); }),
              HasSubstr("at most 96 characters"));
  EXPECT_EQ(parseHubName("org/" + std::string(96, 'a')).revision, "main");
}

TEST(PlainRelativePath, StaysInItsFolder) {
  for (const char* path : {"a", "a/b.txt", "..a", "a b", "...", "a/.b"}) {
    EXPECT_TRUE(isPlainRelativePath(path)) << path;
  }
  for (const char* path : {"", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/../b", "a/./b",
                           "a\\b", "a\nb", "\x7f"}) {
    EXPECT_FALSE(isPlainRelativePath(path)) << path;
  }
  EXPECT_FALSE(isPlainRelativePath(std::string("a\0b", 3)));
}

}  // namespace
}  // namespace canvass
