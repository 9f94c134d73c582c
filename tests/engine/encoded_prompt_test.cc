// Which tokens answer a prompt, with tokenizers made to be awkward.
#include "engine/scoring/encoded_prompt.h"

#include "engine/small_world.h"
#include "model/decoder.h"
#include "prompt/template.h"

namespace canvass {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

// One token a byte, and one for each of some longer texts, taken greedily from the left.
class ByteTokenizer : public Tokenizer {
 public:
  explicit ByteTokenizer(std::vector<std::string> words = {}) : words_(std::move(words)) {}

  std::vector<TokenId> encode(std::string_view text, const EncodeOptions& options) const override {
    std::vector<TokenId> tokens;
    if (options.addSpecialTokens) tokens.push_back(1);
    while (!text.empty()) {
      std::size_t length = 1;
      auto token = static_cast<TokenId>(static_cast<unsigned char>(text.front()));
      for (std::size_t i = 0; i < words_.size(); ++i) {
        if (!text.starts_with(words_[i]) || words_[i].size() <= length) continue;
        length = words_[i].size();
        token = static_cast<TokenId>(256 + i);
      }
      tokens.push_back(token);
      text.remove_prefix(length);
    }
    return tokens;
  }
  std::string decode(std::span<const TokenId>) const override { return {}; }
  std::size_t vocabularySize() const override { return 256 + words_.size(); }
  std::optional<TokenId> idOf(std::string_view) const override { return {}; }

 private:
  std::vector<std::string> words_;
};

class PromptEncoding : public ::testing::Test {
 protected:
  PromptEncoding() { use(std::make_unique<ByteTokenizer>()); }

  void use(std::unique_ptr<const Tokenizer> tokenizer) { model.tokenizer = std::move(tokenizer); }
  void labelFirstQuestion(const std::string& first, const std::string& second) {
    survey.questions[0].options[0].label = first;
    survey.questions[0].options[1].label = second;
  }
  std::string encodeError() const {
    return test::errorOf([&] { encodeItems(model, survey, findTemplate("paper")); });
  }
  EncodedPrompt encodeFirst() const {
    return encodeItems(model, survey, findTemplate("paper")).at(0);
  }

  std::vector<TokenId> labelsOfFirst() const { return encodeFirst().slots.at(0).labels; }

  const test::SmallModel folder;
  LanguageModel model = folder.load();
  Survey survey = test::smallSurvey();
};

TEST_F(PromptEncoding, RefusesWhatIsNotReadByTheFirstToken) {
  EXPECT_THAT(test::errorOf([&] { encodeItems(model, survey, findTemplate("verbalised")); }),
              ::testing::AllOf(::testing::HasSubstr("'verbalised'"),
                               ::testing::HasSubstr("canvass templates")));
  EXPECT_THAT(test::errorOf([&] { encodeItems(model, survey, findTemplate("reasoning")); }),
              ::testing::HasSubstr("write before it answers"));
  EXPECT_THAT(test::errorOf([&] { encodeItems(model, survey, findTemplate("few-shot")); }),
              ::testing::HasSubstr("--evidence SURVEY"));
}

TEST_F(PromptEncoding, OnePromptForEachItemInOrder) {
  for (const std::string& name : templateNames()) {
    if (findTemplate(name).reading() != Reading::firstToken) continue;
    if (findTemplate(name).evidenceWanted() > 0 || name == "reasoning") continue;
    const auto prompts = encodeItems(model, survey, findTemplate(name));
    ASSERT_THAT(prompts, SizeIs(survey.items.size()));
    for (std::size_t i = 0; i < prompts.size(); ++i) {
      const Item& item = survey.items[i];
      const Prompt prompt = findTemplate(name).render(survey.questionOf(item),
                                                      survey.populationOf(item), survey.language);
      EXPECT_EQ(prompts[i].tokens, model.tokenizer->encode(plainText(prompt), {}));
      ASSERT_THAT(prompts[i].slots, SizeIs(1));
      const AnswerSlot& slot = prompts[i].slots.front();
      EXPECT_EQ(slot.item, i);
      EXPECT_EQ(slot.position, prompts[i].tokens.size() - 1);
      EXPECT_THAT(slot.labels, SizeIs(survey.questionOf(item).options.size()));
    }
  }
}

TEST_F(PromptEncoding, LabelTokensAreInTheOptionsOrder) {
  EXPECT_THAT(labelsOfFirst(), ElementsAre('A', 'B'));
  labelFirstQuestion("Z", "3");
  EXPECT_THAT(labelsOfFirst(), ElementsAre('Z', '3'));
}

// What the label becomes after the prompt counts, not what it is alone.
TEST_F(PromptEncoding, LabelsAreTokenizedWhereTheyStand) {
  use(std::make_unique<ByteTokenizer>(std::vector<std::string>{"yes", "no"}));
  labelFirstQuestion("yes", "no");
  EXPECT_THAT(labelsOfFirst(), ElementsAre(256, 257));
}

TEST_F(PromptEncoding, TheTrainedTokenizerGivesEachLetterAToken) {
  const LanguageModel own = folder.load();
  for (const EncodedPrompt& prompt : encodeItems(own, survey, findTemplate("question-first"))) {
    const auto& labels = prompt.slots.at(0).labels;
    for (std::size_t k = 0; k < labels.size(); ++k) {
      EXPECT_EQ(own.tokenizer->decode({&labels[k], 1}), std::string(1, static_cast<char>('A' + k)));
    }
  }
}

TEST_F(PromptEncoding, ALabelThatMergesWithThePromptIsAnError) {
  use(std::make_unique<ByteTokenizer>(std::vector<std::string>{"(B"}));
  const std::string message = encodeError();
  EXPECT_THAT(message, HasSubstr("question work: the label \"B\" merges with the end of"));
  EXPECT_THAT(message,
              HasSubstr("choose a template, or an answer prefix, that ends in another character"));
}

TEST_F(PromptEncoding, LabelsThatShareATokenAreAnError) {
  for (const auto& [one, two] : {std::pair{"X1", "X2"}, std::pair{"A", "AA"}}) {
    labelFirstQuestion(one, two);
    const std::string message = encodeError();
    EXPECT_THAT(message, HasSubstr("question work"));
    EXPECT_THAT(message, HasSubstr(two));
    EXPECT_THAT(message, HasSubstr("combine codes into fewer options, or give them other labels"));
  }
}

// As that of the 27th option, in the vocabularies of most language models.
TEST_F(PromptEncoding, ALabelOfTwoLettersCanBeAToken) {
  use(std::make_unique<ByteTokenizer>(std::vector<std::string>{"AA"}));
  labelFirstQuestion("A", "AA");
  EXPECT_THAT(labelsOfFirst(), ElementsAre('A', 256));
}

TEST_F(PromptEncoding, AnEmptyLabelIsAnError) {
  labelFirstQuestion("A", "");
  EXPECT_THAT(encodeError(), HasSubstr("question work"));
}

TEST_F(PromptEncoding, APromptThatIsTooLongNamesItsItem) {
  survey.questions[2].text = std::string(5000, 'x');
  EXPECT_THAT(encodeError(), HasSubstr("the model reads at most 4096"));
  EXPECT_THAT(encodeError(), HasSubstr("question rivers, population Japan"));
}

// What is remembered of a question is what would be found again.
TEST_F(PromptEncoding, LabelTokensHoldForEveryPopulation) {
  PromptEncoder encoder(model);
  for (std::size_t item = 0; item < survey.items.size(); ++item) {
    PromptEncoder fresh(model);
    const Prompt prompt =
        findTemplate("paper").render(survey.questionOf(survey.items[item]),
                                     survey.populationOf(survey.items[item]), survey.language);
    EXPECT_EQ(encoder.encode(prompt, survey, item).slots.at(0).labels,
              fresh.encode(prompt, survey, item).slots.at(0).labels);
  }
}

// No BOS stands before the one that the format writes.
TEST_F(PromptEncoding, AChatFormatWritesItsOwnSpecialTokens) {
  model.chat = ChatFormat::jinja(
      "{{ '<s>' }}{% for m in messages %}[{{ m['role'] }}]{{ m['content'] }}{% endfor %}"
      "{% if add_generation_prompt %}[assistant] {% endif %}",
      {"<s>", "</s>", "", ""}, "test");
  const EncodedPrompt prompt = encodeFirst();
  EXPECT_EQ(prompt.tokens.front(), '<');
  EXPECT_EQ(prompt.tokens.back(), '(');
  EXPECT_THAT(prompt.slots.at(0).labels, ElementsAre('A', 'B'));
}

}  // namespace
}  // namespace canvass
