#include "hub/hub_listing.h"

#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string listingOf(const std::string& sha, const std::string& siblings) {
  return R"({"id": "org/name", "sha": ")" + sha + R"(", "siblings": )" + siblings + "}";
}

const std::string someCommit(40, 'a');

TEST(HubListing, HasTheCommitAndTheFiles) {
  const HubListing listing = parseHubListing(
      listingOf(someCommit, R"([{"rfilename": "a.json", "size": 1}, {"rfilename": "b/c"}])"),
      "hub");
  EXPECT_EQ(listing.commit, someCommit);
  EXPECT_THAT(listing.files, ElementsAre("a.json", "b/c"));
}

TEST(HubListing, IsNotTrusted) {
  const struct {
    std::string text;
    const char* fault;
  } cases[] = {
      {"<html>", "hub: the answer is not that of a Hugging Face hub; check HF_ENDPOINT"},
      {"[]", "hub: the answer is not that of a Hugging Face hub"},
      {"{", "hub: not valid JSON"},
      {"{}", "the key \"sha\" is missing"},
      {listingOf("../../x", "[]"), "\"sha\" is not a commit"},
      {listingOf(someCommit, "{}"), "the key \"siblings\" is missing"},
      {listingOf(someCommit, "[{}]"), "the key \"rfilename\" is missing"},
      {listingOf(someCommit, R"([{"rfilename": "../x"}])"), "outside of the cache"},
      {listingOf(someCommit, R"([{"rfilename": "/x"}])"), "outside of the cache"},
  };
  for (const auto& one : cases) {
    EXPECT_THAT(test::errorOf([&] { parseHubListing(one.text, "hub"); }), HasSubstr(one.fault))
        << one.text;
  }
}

}  // namespace
}  // namespace canvass
