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

}  // namespace
}  // namespace canvass
