// What is read out of a GGUF file, and what is refused.
#include "base/error.h"
#include "model_files/gguf/gguf_file.h"
#include "support/gguf_builder.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::GgufBuilder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

gguf::GgufFile parse(const std::string& bytes) {
  return gguf::GgufFile(*modelInMemory({{"m.gguf", bytes}}, "models"), "m.gguf");
}

std::string errorIn(const std::string& bytes) {
  return test::errorOf([&] { parse(bytes); });
}

GgufBuilder smallGguf() {
  GgufBuilder builder;
  builder.text("general.architecture", "llama")
      .integer("answer", 42)
      .number("pi", 3.25F)
      .boolean("yes", true)
      .texts("words", {"one", "", "\xe2\x96\x81three"})
      .numbers("scores", {-1.0F, 0.5F})
      .integers("kinds", {1, -3})
      .tensor("a", {2, 3}, {1, 2, 3, 4, 5, 6})
      .tensor("b", {4}, {7, 8, 9, 10});
  return builder;
}

TEST(Gguf, HoldsWhatWasWritten) {
  for (const std::uint32_t version : {1U, 2U, 3U}) {
    GgufBuilder builder;
    builder.version = version;
    builder.text("t", "some text").texts("words", {"one", ""}).integers("kinds", {1, -3});
    builder.tensor("a", {2, 3}, {1, 2, 3, 4, 5, 6});
    const auto file = parse(builder.build());
    EXPECT_EQ(file.metadata().text("t"), "some text");
    EXPECT_THAT(file.metadata().texts("words"), ElementsAre("one", ""));
    EXPECT_THAT(file.metadata().integers("kinds"), ElementsAre(1, -3));
    const StoredTensor& a = file.tensors().at("a");
    EXPECT_EQ(a.shape, (std::vector<std::int64_t>{2, 3}));  // row-major
    EXPECT_EQ(a.bytes.size(), 24U);
  }
}

TEST(Gguf, ValuesAreOfTheirKind) {
  const std::string bytes = smallGguf().build();
  const auto file = parse(bytes);
  const gguf::Metadata& metadata = file.metadata();
  EXPECT_EQ(metadata.integer("answer"), 42);
  EXPECT_EQ(metadata.number("answer"), 42.0);
  EXPECT_EQ(metadata.number("pi"), 3.25);
  EXPECT_TRUE(metadata.boolean("yes"));
  EXPECT_TRUE(metadata.isList("words"));
  EXPECT_THAT(metadata.numbers("scores"), ElementsAre(-1.0, 0.5));
  const auto fault = [&](auto read) { return test::errorOf([&] { read(); }); };
  EXPECT_THAT(fault([&] { metadata.text("answer"); }),
              HasSubstr("key \"answer\": the value is not"));
  EXPECT_THAT(fault([&] { metadata.integer("pi"); }), HasSubstr("is not a whole number"));
  EXPECT_THAT(fault([&] { metadata.texts("scores"); }), HasSubstr("an element is not a text"));
  EXPECT_THAT(fault([&] { metadata.texts("answer"); }), HasSubstr("is not a list"));
  const auto odd = parse(GgufBuilder().text("t", "\xff").texts("words", {"a", "\x80"}).build());
  EXPECT_THAT(fault([&] { odd.metadata().text("t"); }), HasSubstr("the text is not UTF-8"));
  EXPECT_THAT(fault([&] { odd.metadata().texts("words"); }), HasSubstr("element 1 is not UTF-8"));
  EXPECT_THAT(fault([&] { metadata.text("nothing"); }), HasSubstr("\"nothing\" is missing"));
}

// Cut anywhere, also inside of a tensor.
TEST(Gguf, EveryCutIsNoticed) {
  const std::string bytes = smallGguf().build();
  for (std::size_t size = 0; size < bytes.size() - 16; ++size) {
    EXPECT_THAT(errorIn(bytes.substr(0, size)), HasSubstr("m.gguf")) << size;
  }
}

// No byte of the header, changed to any of a few values, does more than give an error.
TEST(Gguf, DamageDoesNoHarm) {
  const std::string bytes = smallGguf().build();
  const std::size_t header = smallGguf().header().size();
  for (std::size_t at = 0; at < header; ++at) {
    for (const char value : {'\0', '\1', '\x7f', '\x80', '\xff'}) {
      std::string damaged = bytes;
      damaged[at] = value;
      try {
        parse(damaged);
      } catch (const Error&) {
        // what is allowed
      }
    }
  }
}

struct Fault {
  const char* name;
  std::string file;
  const char* message;

  friend void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.name; }
};

std::string huge(std::size_t bytes) { return std::string(bytes, '\xff'); }

std::string withVersion(std::uint32_t version) {
  return "GGUF" + GgufBuilder::raw(version) + std::string(16, '\0');
}

std::string withOffset(std::uint64_t offset) {
  std::string bytes = smallGguf().build();
  const std::size_t at = smallGguf().header().size() - sizeof(offset);  // of the last tensor
  return bytes.replace(at, sizeof(offset), GgufBuilder::raw(offset));
}

const Fault faults[] = {
    {"empty", "", "this is not a GGUF file"},
    {"other", "PK\3\4 and so on", "this is not a GGUF file"},
    {"version_0", withVersion(0), "version 0 of the format is not known"},
    {"version_4", withVersion(4), "version 4 of the format is not known (known: 1 to 3)"},
    {"big_endian", withVersion(0x03000000), "the file is big-endian"},
    {"huge_counts", "GGUF" + GgufBuilder::raw(3) + huge(16), "the file ends inside its header"},
    {"huge_tensor_count", "GGUF" + GgufBuilder::raw(3) + huge(8) + std::string(8, '\0'),
     "the file ends inside"},
    {"huge_text", GgufBuilder().add("t", 8, huge(8)).build(), "the file ends inside"},
    {"huge_list", GgufBuilder().add("t", 9, GgufBuilder().listHead(0, UINT64_MAX)).build(),
     "the file ends inside"},
    {"nested_list", GgufBuilder().add("t", 9, GgufBuilder().listHead(9, 1) + huge(12)).build(),
     "key \"t\": a list inside a list is not allowed"},
    {"unknown_kind", GgufBuilder().add("t", 13, huge(8)).build(),
     "key \"t\": there is no kind of value with the number 13"},
    {"unknown_kind_in_list",
     GgufBuilder().add("t", 9, GgufBuilder().listHead(77, 1) + huge(8)).build(),
     "there is no kind of value with the number 77"},
    {"too_large_number", GgufBuilder().add("t", 10, huge(8)).build(),
     "key \"t\": 18446744073709551615 is too large"},
    {"empty_key", GgufBuilder().text("", "x").build(), "key 1 is empty"},
    {"repeated_key", GgufBuilder().text("t", "x").integer("t", 1).build(),
     "key \"t\": the key is there twice"},
    {"repeated_tensor", GgufBuilder().tensor("a", {1}, {1}).tensor("a", {1}, {1}).build(),
     "the tensor \"a\" is there twice"},
    {"five_dimensions", GgufBuilder().tensor("a", {1, 1, 1, 1, 1}, {1}).build(),
     "tensor \"a\": it has 5 dimensions, more than 4"},
    {"zero_dimension", GgufBuilder().tensor("a", {2, 0}, {}).build(),
     "a dimension of 0 is not possible"},
    {"overflowing_shape", GgufBuilder().tensor("a", {1ULL << 40, 1ULL << 40}, {1}).build(),
     "the shape is too large"},
    {"overflowing_bytes", GgufBuilder().tensor("a", {1ULL << 62}, {1}).build(),
     "the shape is too large"},
    {"unsupported_type", GgufBuilder().tensor("a", {256}, 20, std::string(144, 'x')).build(),
     "tensor \"a\": the tensor type IQ4_NL is not supported"},
    {"unknown_type", GgufBuilder().tensor("a", {256}, 99, std::string(144, 'x')).build(),
     "the tensor type number 99 is not supported"},
    {"part_of_a_block", GgufBuilder().tensor("a", {2, 33}, 8, std::string(68, 'x')).build(),
     "its rows have 33 numbers, which is not a multiple of Q8_0's block of 32"},
    {"offset_too_small", withOffset(0), "tensor \"b\" starts at 0, but 32 was expected"},
    {"offset_too_large", withOffset(64), "tensor \"b\" starts at 64, but 32 was expected"},
    {"odd_alignment", GgufBuilder().integer("general.alignment", 24).build(),
     "24 is not a power of 2"},
    {"no_alignment", GgufBuilder().integer("general.alignment", 0).build(),
     "0 is not a power of 2"},
};

class FaultyGguf : public ::testing::TestWithParam<Fault> {};

TEST_P(FaultyGguf, IsRefusedByItsFault) {
  EXPECT_THAT(errorIn(GetParam().file), HasSubstr(GetParam().message));
  EXPECT_THAT(errorIn(GetParam().file), HasSubstr("models/m.gguf"));
}

INSTANTIATE_TEST_SUITE_P(Faults, FaultyGguf, ::testing::ValuesIn(faults),
                         [](const auto& fault) { return std::string(fault.param.name); });

TEST(Gguf, AnotherAlignmentIsRead) {
  GgufBuilder builder;
  builder.alignment = 128;
  builder.integer("general.alignment", 128).tensor("a", {1}, {1}).tensor("b", {1}, {2});
  const auto file = parse(builder.build());
  EXPECT_EQ(*reinterpret_cast<const float*>(file.tensors().at("b").bytes.data()), 2.0F);
}

}  // namespace
}  // namespace canvass
