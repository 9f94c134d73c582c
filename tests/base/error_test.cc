#include "base/error.h"

#include "support/test_support.h"

namespace canvass {
namespace {

TEST(Error, SaysWhereWhatAndWhatToDo) {
  EXPECT_STREQ(Error("it is empty").what(), "it is empty");
  EXPECT_STREQ(Error("it is empty", linePlace("a.jsonl", 3)).what(), "a.jsonl:3: it is empty");
  EXPECT_STREQ(Error("it is empty", recordPlace("a.json", 2), "remove it").what(),
               "a.json, record 2: it is empty; remove it");
}

TEST(Error, KeepsItsParts) {
  const Error error("it is empty", "a.json", "remove it");
  EXPECT_EQ(error.fault(), "it is empty");
  EXPECT_EQ(error.where(), "a.json");
  EXPECT_EQ(error.remedy(), "remove it");
}

TEST(Error, TakesALocationBeforeItsOwn) {
  const Error error("it is empty", "", "remove it");
  EXPECT_STREQ(error.at("question 3").at("a.json").what(),
               "a.json: question 3: it is empty; remove it");
  EXPECT_EQ(error.at("question 3").at("a.json").where(), "a.json: question 3");
  EXPECT_EQ(error.at("a.json").fault(), "it is empty");
  EXPECT_STREQ(error.at("").what(), error.what());
}

TEST(Error, TakesARemedyAfterItsOwn) {
  const Error error("it is empty", "a.json");
  EXPECT_STREQ(error.withRemedy("remove it").what(), "a.json: it is empty; remove it");
  EXPECT_STREQ(error.withRemedy("remove it").withRemedy("or leave it").what(),
               "a.json: it is empty; remove it; or leave it");
}

}  // namespace
}  // namespace canvass
