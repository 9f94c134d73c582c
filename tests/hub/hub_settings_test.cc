#include "hub/hub_settings.h"

#include <cstdlib>

#include "support/hub_environment.h"

namespace canvass {
namespace {

using ::testing::HasSubstr;

TEST(HubSettings, FindTheCacheAsItsOwnToolsDo) {
  const test::HubEnvironment environment;
  environment.set("HF_HUB_CACHE", "/somewhere/cache");
  EXPECT_EQ(hubCacheFolder(), "/somewhere/cache");
  environment.set("HF_HUB_CACHE", "");
  environment.set("HF_HOME", "/hf");
  EXPECT_EQ(hubCacheFolder(), "/hf/hub");
  environment.set("HF_HOME", "");
  environment.set("XDG_CACHE_HOME", "/caches");
  EXPECT_EQ(hubCacheFolder(), "/caches/huggingface/hub");
  environment.set("XDG_CACHE_HOME", "");
  environment.set("HOME", "/home/ann");
  EXPECT_EQ(hubCacheFolder(), "/home/ann/.cache/huggingface/hub");
  environment.set("HF_HOME", "~/hf");
  EXPECT_EQ(hubCacheFolder(), "/home/ann/hf/hub");
}

TEST(HubSettings, NameTheServer) {
  const test::HubEnvironment environment;
  EXPECT_EQ(hubEndpoint(), "https://huggingface.co");
  environment.set("HF_ENDPOINT", "http://127.0.0.1:8080//");
  EXPECT_EQ(hubEndpoint(), "http://127.0.0.1:8080");
}

TEST(HubSettings, KnowWhetherToStayOffline) {
  const test::HubEnvironment environment;
  EXPECT_FALSE(hubIsOffline());
  for (const char* yes : {"1", "true", "Yes", "ON"}) {
    environment.set("HF_HUB_OFFLINE", yes);
    EXPECT_TRUE(hubIsOffline()) << yes;
  }
  for (const char* no : {"0", "false", "no", "off", ""}) {
    environment.set("HF_HUB_OFFLINE", no);
    EXPECT_FALSE(hubIsOffline()) << no;
  }
}

TEST(HubSettings, FindTheToken) {
  const test::HubEnvironment environment;
  EXPECT_EQ(hubToken(), "");
  std::filesystem::create_directories(environment.folder());
  const test::TemporaryFolder folder;
  environment.set("HF_HOME", folder.path());
  folder.write("token", "hf_login\n");
  EXPECT_EQ(hubToken(), "hf_login");
  environment.set("HF_TOKEN_PATH", folder.write("other", " hf_other "));
  EXPECT_EQ(hubToken(), "hf_other");
  environment.set("HF_TOKEN", "hf_variable");
  EXPECT_EQ(hubToken(), "hf_variable");
  environment.set("HF_TOKEN", "hf_a\r\nHost: elsewhere");
  EXPECT_THAT(test::errorOf([] { hubToken(); }),
              HasSubstr("HF_TOKEN: the access token has characters that no token has"));
}

TEST(HubSettings, ReadHowLongAServerMayBeSilent) {
  const test::HubEnvironment environment;
  EXPECT_EQ(hubStallSeconds(), 30);
  environment.set("HF_HUB_DOWNLOAD_TIMEOUT", "7");
  EXPECT_EQ(hubStallSeconds(), 7);
  for (const char* bad : {"soon", "0", "-1", "7s"}) {
    environment.set("HF_HUB_DOWNLOAD_TIMEOUT", bad);
    EXPECT_THAT(test::errorOf([] { hubStallSeconds(); }), HasSubstr("is not a number of seconds"));
  }
}

}  // namespace
}  // namespace canvass
