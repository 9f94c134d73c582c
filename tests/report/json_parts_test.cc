#include "report/json_parts.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "support/test_support.h"

namespace canvass {
namespace {

TEST(JsonParts, NumbersThatJsonHasNotAreNull) {
  EXPECT_EQ(numberJson(0.25), 0.25);
  EXPECT_EQ(numberJson(std::nullopt), nullptr);
  EXPECT_EQ(numberJson(INFINITY), nullptr);
  EXPECT_EQ(numberJson(NAN), nullptr);
}

TEST(JsonParts, AnIntervalHasBothEndsOrNone) {
  EXPECT_EQ(intervalJson(Interval{0.25, 0.5}), parseJson(R"({"low":0.25,"high":0.5})", ""));
  EXPECT_EQ(intervalJson(std::nullopt), nullptr);
  Json json{{"mean", 0.375}};
  putInterval(json, Interval{0.25, 0.5});
  EXPECT_EQ(json.dump(), R"({"mean":0.375,"low":0.25,"high":0.5})");
  putInterval(json, std::nullopt);
  EXPECT_EQ(json.dump(), R"({"mean":0.375,"low":null,"high":null})");
}

TEST(JsonParts, SkippedItemsHaveTheirReason) {
  EXPECT_EQ(skippedJson({}).dump(), "[]");
  EXPECT_EQ(skippedJson({{"q1", "jp", "no prediction"}}).dump(),
            R"([{"question":"q1","population":"jp","reason":"no prediction"}])");
}

}  // namespace
}  // namespace canvass
