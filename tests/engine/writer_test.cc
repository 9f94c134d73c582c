// Texts written with the key-value cache: against transformers on the golden checkpoints, and
// against reading the whole text again for every token.
#include "engine/writing/writer.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/file.h"
#include "base/json.h"
#include "engine/forest/pack.h"
#include "engine/golden.h"
#include "engine/small_world.h"
#include "model/decoder.h"
#include "model/key_value_cache.h"
#include "model/load.h"

namespace canvass {
namespace {

using ::testing::HasSubstr;
using Tokens = std::vector<TokenId>;

std::string familyName(const ::testing::TestParamInfo<std::string>& family) {
  std::string name = family.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

class GreedyParity : public ::testing::TestWithParam<std::string> {
 protected:
  // The likeliest `count` tokens after each sequence, one after the other.
  static std::vector<Tokens> writeOn(const Decoder& decoder, const std::vector<Tokens>& sequences,
                                     std::size_t count, ExecutionContext context) {
    const c10::NoGradGuard noGradients;
    std::vector<ForestPrompt> prompts;
    for (const Tokens& sequence : sequences) prompts.push_back(answeredAtEnd(sequence));
    const Forest forest = buildForests(prompts, {100000, 1}).at(0);
    KeyValueCache cache(decoder.config(),
                        static_cast<std::int64_t>(forest.tokens.size() + count * prompts.size()),
                        decoder.computeType(), decoder.device());
    at::Tensor states = decoder.answerStates(pack(forest), context, &cache);
    std::vector<std::vector<std::int32_t>> paths;
    for (std::int32_t row : forest.answerRows) {
      paths.emplace_back();
      for (; row >= 0; row = forest.parents[static_cast<std::size_t>(row)]) {
        paths.back().insert(paths.back().begin(), row);
      }
    }
    std::vector<Tokens> written(sequences.size());
    for (std::size_t step = 0; step < count; ++step) {
      const at::Tensor tokens = decoder.logits(states).argmax(1);
      std::vector<NextToken> next;
      for (std::size_t i = 0; i < paths.size(); ++i) {
        const auto token = static_cast<TokenId>(tokens[static_cast<std::int64_t>(i)].item<int>());
        written[forest.slots[i].prompt].push_back(token);
        paths[i].push_back(static_cast<std::int32_t>(cache.rows() + static_cast<std::int64_t>(i)));
        next.push_back({token, &paths[i]});
      }
      states = decoder.answerStates(packNext(next), context, &cache);
    }
    return written;
  }

  void compare(const ExecutionContext& context = {}) const {
    const test::Golden golden(GetParam());
    const auto path = test::sourceFolder() / "tests/golden/generation.json";
    const auto expected = parseJson(readFile(path), path.string()).at(GetParam());
    const auto sequences = golden.facts.at("sequences").get<std::vector<Tokens>>();
    const auto decoder = loadDecoder(*openModel(golden.folder), {Precision::float32, false});
    const auto written = writeOn(*decoder, sequences, expected.at(0).size(), context);
    for (std::size_t i = 0; i < sequences.size(); ++i) {
      EXPECT_EQ(written[i], expected.at(i).get<Tokens>()) << "sequence " << i;
    }
  }
};

INSTANTIATE_TEST_SUITE_P(Families, GreedyParity, ::testing::ValuesIn(test::goldenNames()),
                         familyName);

TEST_P(GreedyParity, WritesWhatTransformersWrites) { compare(); }

TEST_P(GreedyParity, WithTheOperationsOfOtherDevices) { compare({.torchOperationsOnly = true}); }

class Writing : public ::testing::Test {
 protected:
  std::vector<WritingTask> tasks() const {
    std::vector<WritingTask> all;
    for (const char* text : {"How would someone from Japan", "How would someone", "Do people trust",
                             "How would someone from Peru answer"}) {
      all.push_back({model.tokenizer->encode(text, {}), text});
    }
    return all;
  }

  std::vector<std::vector<WrittenText>> write(const WritingOptions& options,
                                              const std::vector<WritingTask>& asked) const {
    std::vector<std::vector<WrittenText>> texts(asked.size());
    const auto sink = [&](std::size_t task, std::vector<WrittenText> written) {
      texts.at(task) = std::move(written);
    };
    writeTexts(sink, model, asked, options, noProgress());
    return texts;
  }

  // The likeliest next token after reading everything anew.
  TokenId likeliest(const Tokens& tokens) const {
    const c10::NoGradGuard noGradients;
    const Forest forest = buildForests({answeredAtEnd(tokens)}, {}).at(0);
    return static_cast<TokenId>(model.decoder->logits(model.decoder->answerStates(pack(forest)))
                                    .argmax(1)
                                    .item<std::int64_t>());
  }

  static std::vector<std::string> textsOf(const std::vector<std::vector<WrittenText>>& all) {
    std::vector<std::string> texts;
    for (const auto& samples : all) {
      for (const WrittenText& text : samples) texts.push_back(text.text);
    }
    return texts;
  }

  const test::SmallModel folder{test::smallSurvey(), 20.0};
  LanguageModel model = folder.load();
};

TEST_F(Writing, GreedyTextIsTheLikeliestTokenAgainAndAgain) {
  model.endTokens.clear();
  const auto asked = tasks();
  const auto texts = write({.sampling = {0.0, 1.0}, .maxTokens = 6}, asked);
  for (std::size_t i = 0; i < asked.size(); ++i) {
    Tokens tokens = asked[i].prompt;
    for (int step = 0; step < 6; ++step) tokens.push_back(likeliest(tokens));
    ASSERT_THAT(texts[i], ::testing::SizeIs(1));
    EXPECT_EQ(model.tokenizer->decode(asked[i].prompt) + texts[i][0].text,
              model.tokenizer->decode(tokens));
    EXPECT_EQ(texts[i][0].tokens, 6u);
    EXPECT_EQ(texts[i][0].end, TextEnd::maxTokens);
  }
}

TEST_F(Writing, DependsOnTheSeedAndTheTaskAlone) {
  WritingOptions options{.samples = 5, .maxTokens = 4, .seed = 1};
  const auto all = textsOf(write(options, tasks()));
  EXPECT_EQ(textsOf(write(options, tasks())), all);
  options.textsAtOnce = 3;
  options.forest = {8, 4};
  EXPECT_EQ(textsOf(write(options, tasks())), all);
  const std::vector<WritingTask> alone = {tasks().at(2)};
  EXPECT_EQ(textsOf(write(options, alone)), std::vector(all.begin() + 10, all.begin() + 15));
  options.seed = 2;
  EXPECT_NE(textsOf(write(options, tasks())), all);
  EXPECT_GT((std::set<std::string>(all.begin(), all.end())).size(), 10u);
}

TEST_F(Writing, FirstTokensAreDrawnByTheirProbabilities) {
  constexpr std::size_t samples = 4000;
  model.endTokens.clear();
  const std::vector<WritingTask> asked = {tasks().at(0)};
  const c10::NoGradGuard noGradients;
  const Forest forest = buildForests({answeredAtEnd(asked[0].prompt)}, {}).at(0);
  const at::Tensor shares =
      model.decoder->logits(model.decoder->answerStates(pack(forest))).softmax(1).to(at::kDouble);
  std::map<std::string, double> drawn, expected;
  const auto texts = write({.samples = samples, .maxTokens = 1}, asked);
  for (const WrittenText& text : texts.at(0)) {
    drawn[text.text] += 1.0 / samples;
  }
  const std::string before = model.tokenizer->decode(asked[0].prompt);
  for (TokenId token = 0; token < shares.size(1); ++token) {
    Tokens tokens = asked[0].prompt;
    tokens.push_back(token);
    expected[model.tokenizer->decode(tokens).substr(before.size())] +=
        shares[0][token].item<double>();
  }
  for (const auto& [text, share] : expected) EXPECT_NEAR(drawn[text], share, 0.04) << text;
}

TEST_F(Writing, EndsAtAnEndToken) {
  const auto asked = tasks();
  for (const WritingTask& task : asked) model.endTokens.push_back(likeliest(task.prompt));
  for (const auto& samples : write({.sampling = {0.0, 1.0}}, asked)) {
    EXPECT_EQ(samples.at(0).text, "");
    EXPECT_EQ(samples.at(0).end, TextEnd::endToken);
  }
}

TEST_F(Writing, EndsBeforeAStop) {
  model.endTokens.clear();
  const std::vector<WritingTask> asked = {tasks().at(0)};
  const std::string whole = write({.sampling = {0.0, 1.0}, .maxTokens = 8}, asked)[0][0].text;
  ASSERT_GE(whole.size(), 6u);
  const std::string stop = whole.substr(3, 2);
  const WrittenText stopped =
      write({.sampling = {0.0, 1.0}, .maxTokens = 8, .stops = {"never", stop}}, asked)[0][0];
  EXPECT_EQ(stopped.text, whole.substr(0, whole.find(stop)));
  EXPECT_EQ(stopped.end, TextEnd::stop);
}

TEST_F(Writing, RefusesTextsLongerThanTheModelReads) {
  EXPECT_THAT(test::errorOf([&] { write({.maxTokens = 100000}, tasks()); }),
              ::testing::AllOf(HasSubstr("leaves no room"), HasSubstr("How would someone")));
}

TEST_F(Writing, StopsWhereItIsAskedTo) {
  test::StopAfter progress(0);  // at once
  std::size_t told = 0;
  writeTexts([&](std::size_t, const auto&) { ++told; }, model, tasks(), {}, progress);
  EXPECT_EQ(told, 0u);
}

}  // namespace
}  // namespace canvass
