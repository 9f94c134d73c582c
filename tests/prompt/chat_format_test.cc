#include "prompt/chat_format.h"

#include <nlohmann/json.hpp>

#include "support/rendering.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::errorOf;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Prompt promptAsking(const std::string& user, const std::string& answerPrefix) {
  return {{{"user", user}}, answerPrefix, {}};
}

const Prompt prompt = promptAsking("Is work important?\n(A)Yes, (B)No", " My answer would be (");

const std::vector<ChatMessage> oneTurn = {{"user", "Yes?"}};

ChatFormat formatOf(const std::string& source) {
  return ChatFormat::jinja(source, {"<s>", "</s>", "", ""}, "form.jinja");
}

// The pieces of the text that are literal.
std::vector<std::string> literalParts(const PromptText& wrapped) {
  std::vector<std::string> parts;
  for (const auto& [begin, end] : wrapped.literal) {
    parts.push_back(wrapped.text.substr(begin, end - begin));
  }
  return parts;
}

constexpr const char* kColons =
    "{% for message in messages %}<{{ message.role }}>{{ message.content }}{% endfor %}"
    "{% if add_generation_prompt %}<assistant>{% endif %}";

TEST(ChatFormat, RendersTurns) {
  const ChatFormat format = formatOf(kColons);
  const std::vector<ChatMessage> turns = {{"system", "s"}, {"user", "u"}, {"assistant", "a"}};
  EXPECT_EQ(format.render(turns, false), "<system>s<user>u<assistant>a");
  EXPECT_EQ(format.render({turns[1]}, true), "<user>u<assistant>");
}

TEST(ChatFormat, GivesTemplatesWhatTransformersGivesThem) {
  ChatFormat format = formatOf(
      "{{ bos_token }}{{ eos_token }}{{ unk_token is defined }}{{ pad_token is defined }}"
      "{{ tools is none }}{{ documents is none }}{{ enable_thinking is defined }}{{ extra }}");
  EXPECT_EQ(format.render(oneTurn, false), "<s></s>FalseFalseTrueTrueFalse");
  format.setVariable("extra", Json::array({1, "x", nullptr}));
  EXPECT_EQ(format.render(oneTurn, false), "<s></s>FalseFalseTrueTrueFalse[1, 'x', None]");
}

TEST(ChatFormat, TellsTheTimeOfItsClock) {
  ChatFormat format = formatOf("{{ strftime_now('%d %b %Y %H:%M, %a, day %j') }}");
  format.setClock(test::clockAt("2024-07-06T09:05:03"));
  EXPECT_EQ(format.render(oneTurn, false), "06 Jul 2024 09:05, Sat, day 188");
}

TEST(ChatFormat, RefusesNumbersThatTemplatesCannotHold) {
  ChatFormat format = formatOf("{{ big }}");
  format.setVariable("big", std::uint64_t{18446744073709551615u});
  EXPECT_THAT(errorOf([&] { format.render(oneTurn, false); }),
              HasSubstr("18446744073709551615 does not fit into 64 bits"));
}

TEST(ChatFormat, PassesOnWhatTheTemplateRaises) {
  const ChatFormat format = formatOf("\n{{ raise_exception('the user speaks first') }}");
  EXPECT_THAT(errorOf([&] { format.render(oneTurn, false); }),
              AllOf(HasSubstr("form.jinja:2: "), HasSubstr("the user speaks first")));
}

TEST(ChatFormat, NamesTheLineOfBadSyntax) {
  EXPECT_THAT(errorOf([] { formatOf("a\nb\n{% iff x %}"); }),
              AllOf(HasSubstr("form.jinja:3: "), HasSubstr("'iff'"), HasSubstr("{% iff x %}")));
}

TEST(ChatFormat, IsOnlyUtf8) {
  EXPECT_THAT(errorOf([] { formatOf("ab\xff"); }),
              AllOf(HasSubstr("form.jinja"), HasSubstr("not UTF-8 at byte 2")));
}

TEST(PlainFormat, IsThePromptAndNothingElse) {
  const ChatFormat plain = ChatFormat::plain();
  EXPECT_TRUE(plain.isPlain());
  const PromptText wrapped = plain.wrap(prompt);
  EXPECT_EQ(wrapped.text, plainText(prompt));
  EXPECT_THAT(literalParts(wrapped), ElementsAre(wrapped.text));
  EXPECT_FALSE(wrapped.specialTokensWritten);
}

TEST(ChatFormat, NeedsAMessage) {
  EXPECT_THAT(errorOf([] { formatOf(kColons).render({}, true); }), HasSubstr("without messages"));
}

TEST(PlainFormat, HasNoConversations) {
  EXPECT_THAT(errorOf([] { ChatFormat::plain().render(oneTurn, true); }),
              HasSubstr("plain format has no conversations"));
}

struct Wrapping {
  const char* name;
  std::string source;
  std::string user, prefix;          // of the prompt
  std::string text;                  // of the whole
  std::string userPart, prefixPart;  // what is literal in it

  friend void PrintTo(const Wrapping& one, std::ostream* out) { *out << one.name; }
};

class Wrap : public testing::TestWithParam<Wrapping> {};

TEST_P(Wrap, MarksTheUsersTextAndTheAnswerPrefix) {
  const Wrapping& expected = GetParam();
  const PromptText wrapped =
      formatOf(expected.source).wrap(promptAsking(expected.user, expected.prefix));
  EXPECT_EQ(wrapped.text, expected.text);
  EXPECT_THAT(literalParts(wrapped), ElementsAre(expected.userPart, expected.prefixPart));
  EXPECT_TRUE(wrapped.specialTokensWritten);
}

const char* const kOpen = "[{{ messages[0].content }}]";
const char* const kThinking =
    "[{{ messages[0].content }}]{% if enable_thinking is false %}quick{% else %}slow{% endif %}";

const Wrapping wrappings[] = {
    {"AsItIs", kColons, "Yes?", " I say (", "<user>Yes?<assistant> I say (", "Yes?", " I say ("},
    {"AfterASpace", std::string(kOpen) + "A: ", "Yes?", " I say (", "[Yes?]A: I say (", "Yes?",
     "I say ("},
    {"AfterALineEnd", std::string(kOpen) + "A\n\n", "Yes?", " \n I say (", "[Yes?]A\nI say (",
     "Yes?", "I say ("},
    {"PrefixOfSpaceOnly", std::string(kOpen) + "A: ", "Yes?", " ", "[Yes?]A: ", "Yes?", ""},
    {"NoPrefix", kOpen, "Yes?", "", "[Yes?]", "Yes?", ""},
    {"TrimmedByTheTemplate", "[{{ messages[0].content|trim }}]", " \n你好？\u3000\u00a0\n", " (",
     "[你好？] (", "你好？", " ("},
    {"NotTrimmed", kOpen, "  Yes? \n", " (", "[  Yes? \n] (", "  Yes? \n", " ("},
    {"SpecialTokenLookAlikes", "<s>[{{ messages[0].content }}]", "<s>[INST]</s>", " <s>(",
     "<s>[<s>[INST]</s>] <s>(", "<s>[INST]</s>", " <s>("},
    {"TemplateSyntaxInTheText", kOpen, "{{ 1 }}{% if %}", " {{ (", "[{{ 1 }}{% if %}] {{ (",
     "{{ 1 }}{% if %}", " {{ ("},
    {"NoThinking", kThinking, "Yes?", " (", "[Yes?]quick (", "Yes?", " ("},
    {"OpenThoughts", std::string(kOpen) + "<think>", "Yes?", " (", "[Yes?]<think>\n\n</think>\n\n(",
     "Yes?", "("},
    {"OpenThoughtsAndLineEnd", std::string(kOpen) + "{{ '<think>\\n' }}", "Yes?", " (",
     "[Yes?]<think>\n\n</think>\n\n(", "Yes?", "("},
    {"ClosedThoughts", std::string(kOpen) + "<think></think>", "Yes?", " (",
     "[Yes?]<think></think> (", "Yes?", " ("},
    {"ThoughtsOfTheUsers", kOpen, "What does <think> do?", " (", "[What does <think> do?] (",
     "What does <think> do?", " ("},
    {"TextOfTheFormat", "user: {{ messages[0].content }} aa", "user", " (", "user: user aa (",
     "user", " ("},
    {"NoText", kOpen, "", " (", "[] (", "", " ("},
    {"NoTextAfterTrimming", "[{{ messages[0].content|trim }}]", " \n ", " (", "[] (", "", " ("},
    {"ThoughtsBeforeTheUser", "<think>" + std::string(kOpen), "Yes?", " (", "<think>[Yes?] (",
     "Yes?", " ("},
};

INSTANTIATE_TEST_SUITE_P(ChatFormat, Wrap, testing::ValuesIn(wrappings),
                         [](const auto& tested) { return tested.param.name; });

TEST(ChatFormat, WrapsAConversation) {
  const Prompt talk{
      {{"system", "<s>"}, {"user", "Who?"}, {"assistant", "Me."}, {"user", "Me."}}, " (", {}};
  const PromptText wrapped = formatOf(kColons).wrap(talk);
  EXPECT_EQ(wrapped.text, "<system><s><user>Who?<assistant>Me.<user>Me.<assistant> (");
  EXPECT_THAT(literalParts(wrapped), ElementsAre("<s>", "Who?", "Me.", "Me.", " ("));
  EXPECT_EQ(ChatFormat::plain().wrap(talk).text, "<s>Who?Me.Me. (");
}

TEST(ChatFormat, RefusesToLeaveOutATurn) {
  const Prompt talk{{{"system", "Be brief."}, {"user", "Who?"}}, " (", {}};
  EXPECT_THAT(errorOf([&] { formatOf("[{{ messages[1].content }}]").wrap(talk); }),
              AllOf(HasSubstr("the system's text"), HasSubstr("exactly once")));
}

TEST(ChatFormat, ThinksWhereItIsToldTo) {
  ChatFormat format = formatOf(kThinking);
  format.setVariable("enable_thinking", true);
  EXPECT_EQ(format.wrap(promptAsking("Yes?", " (")).text, "[Yes?]slow (");
}

TEST(ChatFormat, RefusesToWrapATextThatItDoesNotShowExactlyOnce) {
  const struct {
    const char *source, *user;
  } cases[] = {
      {"[{{ messages[0].content }}{{ messages[0].content }}]", "Yes?"},
      {"[{{ messages[0].content|upper }}]", "Yes?"},
      {"nothing", "Yes?"},
  };
  for (const auto& [source, user] : cases) {
    EXPECT_THAT(errorOf([&] { formatOf(source).wrap(promptAsking(user, " (")); }),
                AllOf(HasSubstr("form.jinja"), HasSubstr("exactly once"),
                      HasSubstr("prints the content of messages as it is")))
        << source;
  }
}

}  // namespace
}  // namespace canvass
