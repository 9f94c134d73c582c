#include "asking/written_answer.h"

#include "support/test_support.h"

namespace canvass {
namespace {

const Question agree{
    "q1", "Is tea good?",
    "",   {{"A", "Strongly agree", {}}, {"B", "Agree", {}}, {"C", "Not at all", {}}},
    {},   {}};
const Question chinese{"q2", "茶好吗？", "", {{"A", "非常同意", {}}, {"B", "同意", {}}}, {}, {}};
const Question numbered{"q3", "How many?", "", {{"1", "One", {}}, {"10", "Ten", {}}}, {}, {}};

struct ReadAnswer {
  const char* text;
  AnswerKind kind;
  std::size_t option = 0;
};

void check(const Question& question, std::initializer_list<ReadAnswer> readings) {
  for (const auto& [text, kind, option] : readings) {
    const WrittenAnswer answer = readWrittenAnswer(text, question);
    EXPECT_STREQ(answerKindName(answer.kind), answerKindName(kind)) << text;
    const bool chosen = kind == AnswerKind::label || kind == AnswerKind::text;
    if (chosen) {
      EXPECT_EQ(answer.option, option) << text;
    }
  }
}

TEST(WrittenAnswer, NamesALabelAtTheBeginning) {
  check(agree, {{"A", AnswerKind::label, 0},
                {"B) Agree", AnswerKind::label, 1},
                {"(C) Not at all, because tea is bitter.", AnswerKind::label, 2},
                {"  **B**: Agree", AnswerKind::label, 1},
                {"B.\n\nThe reason is that I agree.", AnswerKind::label, 1},
                {"A Strongly agree", AnswerKind::label, 0},
                {"A lot of people drink it.", AnswerKind::none},
                {"Agree", AnswerKind::text, 1},
                {"D) Do not know", AnswerKind::none}});
}

TEST(WrittenAnswer, NamesALabelAfterACue) {
  check(agree, {{"The answer is B.", AnswerKind::label, 1},
                {"I would choose option (C), not at all.", AnswerKind::label, 2},
                {"My answer would be (A) Strongly agree", AnswerKind::label, 0},
                {"I would choose a cup of tea.", AnswerKind::none},
                {"One could choose A or choose B.", AnswerKind::none}});
}

TEST(WrittenAnswer, NamesAnOptionByItsWords) {
  check(agree, {{"I strongly agree with this!", AnswerKind::text, 0},
                {"STRONGLY, agree", AnswerKind::text, 0},
                {"I would agree.", AnswerKind::text, 1},
                {"Some agree, others not at all.", AnswerKind::none},
                {"I do not agree.", AnswerKind::none},
                {"It disagrees with me.", AnswerKind::none}});
}

TEST(WrittenAnswer, KnowsARefusal) {
  check(agree, {{"As an AI language model, I do not have opinions.", AnswerKind::refusal},
                {"I'm sorry, but I can't agree or disagree.", AnswerKind::refusal},
                {"As an AI I have no view, but the answer is B", AnswerKind::label, 1},
                {"", AnswerKind::none},
                {"Tea is a drink.", AnswerKind::none},
                {"\xff\xfe A", AnswerKind::none}});
}

TEST(WrittenAnswer, InChinese) {
  check(chinese, {{"A）非常同意", AnswerKind::label, 0},
                  {"我的答案是B。", AnswerKind::label, 1},
                  {"我选择（A）", AnswerKind::label, 0},
                  {"我非常同意", AnswerKind::text, 0},
                  {"我同意。", AnswerKind::text, 1},
                  {"我不同意。", AnswerKind::none},
                  {"抱歉，我无法回答这个问题。", AnswerKind::refusal}});
}

TEST(WrittenAnswer, ALabelMayBeginAnother) {
  check(numbered, {{"1", AnswerKind::label, 0},
                   {"10) Ten", AnswerKind::label, 1},
                   {"The answer is 10.", AnswerKind::label, 1},
                   {"100", AnswerKind::none}});
}

}  // namespace
}  // namespace canvass
