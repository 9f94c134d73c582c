#include "model_files/safetensors.h"

#include <cstring>

#include "model_files/weight_files.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::HasSubstr;

// The bytes of a file: length of the header, header, data.
std::string fileOf(const std::string& header, const std::string& data) {
  const std::uint64_t length = header.size();
  std::string bytes(8, '\0');
  std::memcpy(bytes.data(), &length, 8);
  return bytes + header + data;
}

std::string tensorOf(const std::string& shape, int begin, int end) {
  return "{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":[" + std::to_string(begin) +
         "," + std::to_string(end) + "]}";
}

TEST(Safetensors, RoundTrip) {
  const test::TemporaryFolder folder;
  const std::vector<float> values = {1.0F, -2.0F, 3.5F, 0.0F, 5.0F, 6.0F};
  const auto bytes = std::as_bytes(std::span(values));
  writeSafetensors(folder.path() / "a.safetensors",
                   {{"x", {ElementType::float32, {2, 2}, bytes.first(16)}},
                    {"scalar", {ElementType::float32, {}, bytes.subspan(16, 4)}},
                    {"empty", {ElementType::bfloat16, {0, 7}, bytes.first(0)}}});
  const SafetensorsFile file(*openModel(folder.path()), "a.safetensors");
  ASSERT_EQ(file.tensors().size(), 3U);
  EXPECT_EQ(file.metadata().at("format"), "pt");
  const StoredTensor& x = file.tensors().at("x");
  EXPECT_EQ(x.shape, (std::vector<std::int64_t>{2, 2}));
  EXPECT_EQ(std::memcmp(x.bytes.data(), values.data(), 16), 0);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(x.bytes.data()) % 4, 0U);
  EXPECT_EQ(file.tensors().at("scalar").bytes.size(), 4U);
  EXPECT_EQ(file.tensors().at("empty").shape, (std::vector<std::int64_t>{0, 7}));
}

struct BadFile {
  const char* name;
  std::string bytes;
  const char* message;

  friend void PrintTo(const BadFile& one, std::ostream* out) { *out << one.name; }
};

class BadSafetensors : public ::testing::TestWithParam<BadFile> {};

TEST_P(BadSafetensors, IsNamed) {
  const auto model = modelInMemory({{"bad.safetensors", GetParam().bytes}});
  const std::string message = test::errorOf([&] { SafetensorsFile(*model, "bad.safetensors"); });
  EXPECT_THAT(message, HasSubstr("bad.safetensors"));
  EXPECT_THAT(message, HasSubstr(GetParam().message));
}

const std::string four(4, 'x');
INSTANTIATE_TEST_SUITE_P(
    Files, BadSafetensors,
    ::testing::Values(
        BadFile{"short", "abc", "shorter than a safetensors header"},
        BadFile{"huge_header", std::string(8, '\x7f'), "this is not a safetensors file"},
        BadFile{"header_past_end", fileOf("{}", "").substr(0, 9), "runs past the end"},
        BadFile{"not_json", fileOf("{]", ""), "not valid JSON"},
        BadFile{"not_utf8", fileOf("{\"\xff\":1}", ""), "not UTF-8"},
        BadFile{"not_an_object", fileOf("[]", ""), "must be a JSON object"},
        BadFile{"duplicate",
                fileOf("{\"a\":" + tensorOf("[1]", 0, 4) + ",\"a\":" + tensorOf("[1]", 0, 4) + "}",
                       four),
                "appears twice"},
        BadFile{"unknown_type",
                fileOf("{\"a\":{\"dtype\":\"Q7\",\"shape\":[1],\"data_offsets\":[0,4]}}", four),
                "\"Q7\" is not supported"},
        BadFile{"no_shape", fileOf("{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}", four),
                "\"shape\" is missing"},
        BadFile{"no_offsets", fileOf("{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", four),
                "\"data_offsets\" must be two numbers"},
        BadFile{"negative_size", fileOf("{\"a\":" + tensorOf("[-1]", 0, 4) + "}", four),
                "not a whole number"},
        BadFile{
            "overflow",
            fileOf("{\"a\":" + tensorOf("[4611686018427387904,4611686018427387904]", 0, 4) + "}",
                   four),
            "too large"},
        BadFile{"wrong_size", fileOf("{\"a\":" + tensorOf("[2]", 0, 4) + "}", four),
                "needs 8 bytes, the offsets give 4"},
        BadFile{"backwards", fileOf("{\"a\":" + tensorOf("[1]", 4, 0) + "}", four),
                "ends before it starts"},
        BadFile{"hole", fileOf("{\"a\":" + tensorOf("[1]", 4, 8) + "}", four + four),
                "starts at 4, but 0 was expected"},
        BadFile{"overlap",
                fileOf("{\"a\":" + tensorOf("[1]", 0, 4) + ",\"b\":" + tensorOf("[1]", 0, 4) + "}",
                       four),
                "starts at 0, but 4 was expected"},
        BadFile{"trailing", fileOf("{\"a\":" + tensorOf("[1]", 0, 4) + "}", four + "y"),
                "trailing bytes"},
        BadFile{"cut_off", fileOf("{\"a\":" + tensorOf("[1]", 0, 4) + "}", "xx"), "cut off"},
        BadFile{"metadata", fileOf("{\"__metadata__\":{\"a\":1}}", ""), "only strings"}),
    [](const auto& file) { return std::string(file.param.name); });

class Shards : public ::testing::Test {
 protected:
  test::TemporaryFolder folder;

  void writeShard(const std::string& name, const std::vector<std::string>& tensors) const {
    const float value = 1.0F;
    std::map<std::string, StoredTensor> stored;
    for (const auto& tensor : tensors) {
      stored[tensor] = {ElementType::float32, {1}, std::as_bytes(std::span(&value, 1))};
    }
    writeSafetensors(folder.path() / name, stored);
  }
  std::string openWithIndex(const std::string& weightMap) const {
    folder.write("model.safetensors.index.json", "{\"weight_map\":" + weightMap + "}");
    return test::errorOf([&] { WeightFiles files(*openModel(folder.path())); });
  }
};

TEST_F(Shards, AreReadTogether) {
  writeShard("1.safetensors", {"a"});
  writeShard("2.safetensors", {"b", "c"});
  folder.write("model.safetensors.index.json",
               R"({"weight_map":{"a":"1.safetensors","b":"2.safetensors","c":"2.safetensors"}})");
  const WeightFiles files(*openModel(folder.path()));
  EXPECT_EQ(files.tensors().size(), 3U);
  EXPECT_THAT(files.names(), ::testing::ElementsAre("1.safetensors", "2.safetensors"));
  const test::TemporaryFolder copy;
  copyWeights(*openModel(folder.path()), copy.path());
  EXPECT_EQ(WeightFiles(*openModel(copy.path())).tensors().size(), 3U);
}

TEST_F(Shards, FaultsAreNamed) {
  writeShard("1.safetensors", {"a"});
  EXPECT_THAT(openWithIndex(R"({"a":"../1.safetensors"})"), HasSubstr("not a plain file name"));
  EXPECT_THAT(openWithIndex(R"({"a":"/etc/passwd"})"), HasSubstr("not a plain file name"));
  EXPECT_THAT(openWithIndex(R"({"a":"2.safetensors"})"), HasSubstr("2.safetensors"));
  EXPECT_THAT(openWithIndex(R"({"a":"1.safetensors","b":"1.safetensors"})"),
              HasSubstr("\"b\" is listed in model.safetensors.index.json but not in the shard"));
  EXPECT_THAT(openWithIndex(R"({"b":"1.safetensors"})"), HasSubstr("\"a\" is not listed"));
  EXPECT_THAT(openWithIndex("3"), HasSubstr("\"weight_map\" is missing"));
}

TEST(WeightFiles, FolderWithoutWeights) {
  EXPECT_THAT(test::errorOf([&] { WeightFiles files(*modelInMemory({}, "empty")); }),
              HasSubstr("empty: there is no model.safetensors"));
}

}  // namespace
}  // namespace canvass
