#include "tokenizer/train_sentencepiece.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

#include "base/file.h"
#include "support/test_support.h"
#include "tokenizer/random_text.h"
#include "tokenizer/tokenizer.h"

namespace canvass {
namespace {

using test::errorOf;
using test::TemporaryFolder;
using Ids = std::vector<TokenId>;

// Questions as a survey has them, many enough that every pair of characters that could become a
// token would become one.
std::vector<std::string> surveyLines() {
  std::vector<std::string> lines;
  for (const char* topic : {"family", "work", "religion", "politics", "friends", "leisure time"}) {
    for (const char* options : {"(A)Very (B)Rather (C)Not very", "(A)Yes\n(B)No", "(1) to (10)"}) {
      lines.push_back(fmt::format("How  important is {} in your life? {}", topic, options));
      lines.push_back("my answer would be (");
    }
  }
  return lines;
}

std::unique_ptr<const Tokenizer> train(std::size_t vocabularySize,
                                       const std::vector<std::string>& words = {"Türkiye",
                                                                                "日本"}) {
  const TemporaryFolder folder;
  trainSentencePiece(surveyLines(), vocabularySize, words, folder.path());
  return loadTokenizer(*openModel(folder.path()));
}

TEST(TrainSentencePiece, ReadsEachLabelAfterAParenthesisAsOneTokenOfItsOwn) {
  for (const std::size_t size : {330u, 500u, 8000u}) {
    const auto tokenizer = train(size);
    for (const std::string text : {"(", "my answer would be (", "日本 (", "x(", "((", "\n("}) {
      const Ids before = tokenizer->encode(text, {});
      std::set<TokenId> labels;
      for (char label = 'A'; label <= 'Z'; ++label) {
        Ids ids = tokenizer->encode(text + label, {});
        ASSERT_EQ(ids.size(), before.size() + 1) << text << label;
        labels.insert(ids.back());
        ids.pop_back();
        EXPECT_EQ(ids, before) << text << label;
      }
      EXPECT_EQ(labels.size(), 26u);
    }
  }
}

TEST(TrainSentencePiece, GivesTextsBackFromTheirTokens) {
  const auto tokenizer = train(400);
  const auto path = test::sourceFolder() / "tests" / "tokenizer" / "golden" / "random_text.json";
  const Json plan = parseJson(readFile(path), path.string());
  for (std::uint64_t i = 0; i < 1000; ++i) {
    const std::string text = test::randomText(plan, i);
    // The library's mark for a space comes back as one, and a space that opens a text stands for
    // the one that is put before every text.
    if (text.starts_with(' ') || text.find("\u2581") != std::string::npos) continue;
    EXPECT_EQ(tokenizer->decode(tokenizer->encode(text, {.addSpecialTokens = false})), text);
  }
}

TEST(TrainSentencePiece, BeginsTextsWithBos) {
  const auto tokenizer = train(400);
  EXPECT_EQ(tokenizer->encode("work", {}).front(), tokenizer->idOf("<s>"));
}

TEST(TrainSentencePiece, LearnsTheWordsOfTheText) {
  const auto tokenizer = train(1000);
  EXPECT_EQ(tokenizer->encode("important", {.addSpecialTokens = false}).size(), 1u);
}

TEST(TrainSentencePiece, MakesNoMoreTokensThanAskedForAndFewerFromLittleText) {
  EXPECT_EQ(train(400)->vocabularySize(), 400u);
  const std::size_t all = train(100000)->vocabularySize();
  EXPECT_LT(all, 1000u);
  EXPECT_EQ(train(all)->vocabularySize(), all);
}

TEST(TrainSentencePiece, HasATokenForEachCharacterOfTheWords) {
  const auto tokenizer = train(330, {"Côte d'Ivoire", "Ελλάδα"});
  for (const char* character : {"C", "ô", "'", "Ε", "λ", "ά", "(", "Q", "Z"}) {
    EXPECT_TRUE(tokenizer->idOf(character)) << character;
  }
}

TEST(TrainSentencePiece, WritesTheSameBytesForTheSameText) {
  const TemporaryFolder first, second;
  for (const auto& folder : {first.path(), second.path()}) {
    trainSentencePiece(surveyLines(), 500, {"Peru"}, folder);
  }
  for (const char* file : {"tokenizer.model", "tokenizer_config.json"}) {
    EXPECT_EQ(readFile(first.path() / file), readFile(second.path() / file)) << file;
  }
}

TEST(TrainSentencePiece, SaysNothing) {
  testing::internal::CaptureStderr();
  train(400);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

// Spaces only, marks that the library keeps for itself, control characters, very long words.
TEST(TrainSentencePiece, TakesUnusualText) {
  const TemporaryFolder folder;
  trainSentencePiece({"   ", "", "a\tb\x01", "\u2581x\u2585y", std::string(200000, 'z'),
                      std::string("\0q", 2), "\r\n\n"},
                     400, {" ", ""}, folder.path());
  const auto tokenizer = loadTokenizer(*openModel(folder.path()));
  EXPECT_EQ(tokenizer->decode(tokenizer->encode("a\tb\r\n\u2585 zz", {.addSpecialTokens = false})),
            "a\tb\r\n\u2585 zz");
}

TEST(TrainSentencePiece, SaysWhatIsMissing) {
  const TemporaryFolder folder;
  EXPECT_EQ(errorOf([&] {
              trainSentencePiece({" ", "\n"}, 400, {}, folder.path());
            }),
            "there is no text to train a tokenizer on");
  EXPECT_EQ(errorOf([&] { trainSentencePiece({"a"}, 286, {"Å"}, folder.path()); }),
            "a tokenizer of 286 tokens has no room for the characters it needs; ask for 288 "
            "tokens or more");
}

}  // namespace
}  // namespace canvass
