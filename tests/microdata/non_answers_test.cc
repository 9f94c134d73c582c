#include "microdata/draft/non_answers.h"

#include "microdata/draft/code_sorting.h"
#include "microdata/made_up_file.h"

namespace canvass {
namespace {

using test::labeled;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct LabelCase {
  const char* label;
  Certainty certainty;
  MissingKind kind = MissingKind::notAsked;
};

void expectReadings(const std::vector<LabelCase>& cases) {
  for (const auto& [label, certainty, kind] : cases) {
    const NonAnswerReading reading = readNonAnswer(label);
    EXPECT_EQ(reading.certainty, certainty) << label;
    if (certainty <= Certainty::mentioned) continue;
    EXPECT_EQ(reading.kind, kind) << label;
  }
}

TEST(NonAnswers, AreWholeLabelsHoweverWritten) {
  using enum Certainty;
  using enum MissingKind;
  expectReadings({{"Don't know", sure, dontKnow},
                  {"DON\u2019T KNOW", sure, dontKnow},
                  {"Don\u00B4t know", sure, dontKnow},
                  {"dont know", sure, dontKnow},
                  {"Don't\u00A0know ", sure, dontKnow},
                  {"99. Don't know", sure, dontKnow},
                  {"-1: Don't know", sure, dontKnow},
                  {"(8) Don't know", sure, dontKnow},
                  {"[Don't know]", sure, dontKnow},
                  {"(Don't know)", sure, dontKnow},
                  {"Don't know (DO NOT READ)", sure, dontKnow},
                  {"(DO NOT READ) Refused to answer", sure, refused},
                  {"SPONTANEOUS: Don't know", sure, dontKnow},
                  {"DK/NA", sure, dontKnow},
                  {"DK/Refused", sure, dontKnow},
                  {"Don't know/Refused (VOL.)", sure, dontKnow},
                  {"Don't know or refused", sure, dontKnow},
                  {"No answer", sure, refused},
                  {"Prefer not to say", sure, refused},
                  {"Not applicable", sure, notAsked},
                  {"Not applicable; no children", sure, notAsked},
                  {"Not applicable (never married)", sure, notAsked},
                  {"Inapplicable: has no job", sure, notAsked},
                  {"Not asked in survey", sure, notAsked},
                  {"Refused", likely, refused},
                  {"REFUSED (VOL.)", likely, refused},
                  {"(DO NOT READ) Refused", likely, refused},
                  {"DK", likely, dontKnow},
                  {"D.K.", likely, dontKnow},
                  {"N/A", likely, notAsked},
                  {"Inap.", likely, notAsked},
                  {"Not sure", soft, dontKnow},
                  {"Missing", soft, notAsked},
                  {"Don't know (never heard of him)", soft, dontKnow}});
}

TEST(NonAnswers, AreKnownInManyLanguages) {
  using enum Certainty;
  using enum MissingKind;
  expectReadings({{"Ne sait pas", sure, dontKnow},
                  {"NE SAIT PAS", sure, dontKnow},
                  {"Refus de répondre", sure, refused},
                  {"Sans réponse", sure, refused},
                  {"NSP/NR", sure, dontKnow},
                  {"No sabe", sure, dontKnow},
                  {"No sabe / No contesta", sure, dontKnow},
                  {"NS/NR", sure, dontKnow},
                  {"N.S./N.C.", sure, dontKnow},
                  {"No contesta", sure, refused},
                  {"No procede", sure, notAsked},
                  {"Não sabe", sure, dontKnow},
                  {"NAO SABE", sure, dontKnow},
                  {"Não respondeu", sure, refused},
                  {"weiß nicht", sure, dontKnow},
                  {"WEISS NICHT", sure, dontKnow},
                  {"keine Angabe", sure, refused},
                  {"Weiß nicht / keine Angabe", sure, dontKnow},
                  {"k.A.", likely, refused},
                  {"Non so", sure, dontKnow},
                  {"Non risponde", sure, refused},
                  {"Nie wiem", sure, dontKnow},
                  {"Nie dotyczy", sure, notAsked},
                  {"Odmowa odpowiedzi", sure, refused},
                  {"Затрудняюсь ответить", sure, dontKnow},
                  {"НЕ ЗНАЮ", sure, dontKnow},
                  {"Нет ответа", sure, refused},
                  {"Отказ от ответа", sure, refused},
                  {"لا أعرف", sure, dontKnow},
                  {"لا اعرف", sure, dontKnow},
                  {"رفض الإجابة", sure, refused},
                  {"不知道", sure, dontKnow},
                  {"（不读出）不知道", sure, dontKnow},
                  {"不知道/拒绝回答", sure, dontKnow},
                  {"拒答", sure, refused},
                  {"不适用", sure, notAsked},
                  {"BİLMİYOR", sure, dontKnow},
                  {"Bilmiyorum", sure, dontKnow},
                  {"Cevap yok", sure, refused},
                  {"Weet niet", sure, dontKnow},
                  {"Vet ej", sure, dontKnow},
                  {"모름/무응답", sure, dontKnow},
                  {"わからない", sure, dontKnow}});
}

TEST(NonAnswers, AreNotWordsInsideLongerLabels) {
  using enum Certainty;
  expectReadings({{"Refuse to pay bribes", mentioned},
                  {"Refused to vote", mentioned},
                  {"No, do not know someone who does this", none},
                  {"No answer is right", mentioned},
                  {"Missing persons", mentioned},
                  {"NA (North America)", mentioned},
                  {"Not applicable to my religion", mentioned},
                  {"Does not know Putin", mentioned},
                  {"independent (neither, no response)", mentioned},
                  {"Party (GERB) na Bulgariya", none},
                  {"DK (Demokratikus Koalíció)", mentioned},
                  {"Non (N\u2019a pas accès)", none},
                  {"Agnostic (do not know if there is a God)", none},
                  {"I know him", none},
                  {"No", none},
                  {"Nation", none},
                  {"Other, don't know", mentioned},
                  {"Namibia", none},
                  {"None", none},
                  {"...", none},
                  {"", none},
                  {"\xFF\xFE", none}});
}

// The codes that are taken for non-answers, of labels by code.
std::vector<std::string> nonAnswersOf(std::vector<ValueLabel> labels, bool isAttribute = false,
                                      const RepeatedCodes* repeated = nullptr) {
  const LabeledCodes all = labeledCodes(labeled("q", std::move(labels)), {});
  std::vector<std::string> codes;
  for (const NonAnswer& one : sortCodes(all.codes, {repeated, isAttribute}).nonAnswers) {
    codes.push_back(one.code.code);
  }
  return codes;
}

TEST(SortCodes, LetsTheCodeDecideWhatWordsLeaveOpen) {
  const std::vector<ValueLabel> yesNo = {{"1", "Yes"}, {"2", "No"}};
  const auto with = [&yesNo](const char* code, const char* label) {
    std::vector<ValueLabel> labels = yesNo;
    labels.push_back({code, label});
    return nonAnswersOf(labels);
  };
  EXPECT_THAT(with("3", "Don't know"), ElementsAre("3"));
  EXPECT_THAT(with("9", "Refused"), ElementsAre("9"));
  EXPECT_THAT(with("-1", "Refused"), ElementsAre("-1"));
  EXPECT_THAT(with("3", "Refused"), IsEmpty());
  EXPECT_THAT(with("3", "DK"), ElementsAre("3"));
  EXPECT_THAT(with("3", "Not sure"), IsEmpty());
  EXPECT_THAT(with("8", "Not sure"), ElementsAre("8"));
  EXPECT_THAT(with("9", "Missing"), ElementsAre("9"));
  EXPECT_THAT(with("3", "Missing"), IsEmpty());
  EXPECT_THAT(with("99", "NA (North America)"), IsEmpty());
  EXPECT_THAT(nonAnswersOf({{"1", "Yes"}, {"2", "No"}, {"3", "Don't know"}, {"4", "Refused"}}),
              ElementsAre("3", "4"));
  EXPECT_THAT(nonAnswersOf({{"1", ""}, {"2", ""}, {"DK", ""}}), ElementsAre("DK"));
  EXPECT_THAT(nonAnswersOf({{"tea", ""}, {"milk", ""}, {"DK", ""}}), IsEmpty());
  EXPECT_THAT(nonAnswersOf({{"0", "NA"}, {"1", "Yes"}, {"2", "No"}, {"8", "DK"}}),
              ElementsAre("0", "8"));
}

TEST(SortCodes, LeavesPartiesAndCountriesAlone) {
  EXPECT_THAT(nonAnswersOf({{"1", "MSZP"}, {"2", "DK"}, {"3", "LMP"}, {"9", "Other"}}), IsEmpty());
  EXPECT_THAT(nonAnswersOf({{"1", "FIDESZ"}, {"2", "LMP"}, {"3", "DK"}}), IsEmpty());
  EXPECT_THAT(nonAnswersOf({{"1", "SPD"}, {"2", "CDU"}, {"99", "DK"}}), ElementsAre("99"));
  EXPECT_THAT(nonAnswersOf({{"DE", ""}, {"DK", ""}, {"NA", ""}, {"ZA", ""}}, true), IsEmpty());
  EXPECT_THAT(nonAnswersOf({{"1", "DK"}, {"2", "NA"}, {"3", "Sweden"}}, true), IsEmpty());
  EXPECT_THAT(nonAnswersOf({{"1", "Male"}, {"2", "Female"}, {"9", "No answer"}}, true),
              ElementsAre("9"));
}

TEST(SortCodes, KeepsTheAnswersOfAQuestionAboutKnowing) {
  EXPECT_THAT(nonAnswersOf({{"1", "Knows"}, {"2", "Does not know"}}), IsEmpty());
  EXPECT_THAT(nonAnswersOf({{"1", "Accepted"}, {"2", "Refused"}}), IsEmpty());
}

TEST(SortCodes, TakesWhatAFileSaysInManyVariables) {
  RepeatedCodes repeated;
  const auto refusing = [](const std::string& answer) {
    return labeled("q", {{"1", answer}, {"2", "No"}, {"3", "Refused"}});
  };
  for (const char* answer : {"Yes", "Tea", "Milk"}) {
    EXPECT_THAT(nonAnswersOf(refusing("Rain").valueLabels, false, &repeated), IsEmpty());
    repeated.add(labeledCodes(refusing(answer), {}).codes);
  }
  EXPECT_THAT(nonAnswersOf(refusing("Rain").valueLabels, false, &repeated), ElementsAre("3"));
}

TEST(SortCodes, CountsMissingCodesOfUnknownKindAsNotAsked) {
  Variable variable =
      labeled("q", {{"1", "Yes"}, {"2", "No"}, {".z", "Z"}, {"7", "Dog bit interviewer"}});
  variable.missingRanges = {{7, 7}};
  const SortedCodes sorted = sortCodes(labeledCodes(variable, {}).codes, {});
  ASSERT_EQ(sorted.nonAnswers.size(), 2u);
  for (const NonAnswer& one : sorted.nonAnswers) {
    EXPECT_EQ(one.kind, MissingKind::notAsked);
    EXPECT_FALSE(one.isKindKnown);
  }
  EXPECT_EQ(sorted.checks.size(), 2u);
}

TEST(SortCodes, KeepsNegativePointsOfAScale) {
  ObservedCodes observed;
  for (const char* code : {"-9", "-5", "-4", "0", "3", "5"}) observed.counts[code] = 1;
  const Variable scale = labeled("q", {{"-5", "Oppose"}, {"5", "Support"}});
  const SortedCodes sorted = sortCodes(labeledCodes(scale, observed).codes, {});
  ASSERT_EQ(sorted.nonAnswers.size(), 1u);
  EXPECT_EQ(sorted.nonAnswers[0].code.code, "-9");
}

TEST(SortCodes, KeepsAScaleAroundZero) {
  ObservedCodes observed;
  for (const char* code : {"-2", "-1", "0", "1", "2"}) observed.counts[code] = 1;
  EXPECT_THAT(sortCodes(labeledCodes(labeled("q", {}), observed).codes, {}).nonAnswers, IsEmpty());
  observed.counts.erase("-2");
  EXPECT_EQ(sortCodes(labeledCodes(labeled("q", {}), observed).codes, {}).nonAnswers.size(), 1u);
}

TEST(SortCodes, MarksWhatSoundsLikeNoAnswerButIsKept) {
  const LabeledCodes all = labeledCodes(
      labeled("q", {{"1", "Yes"}, {"2", "No"}, {"3", "Not sure"}, {"4", "Refused to vote"}}), {});
  const SortedCodes sorted = sortCodes(all.codes, {});
  EXPECT_EQ(sorted.doubtful, 2u);
  EXPECT_THAT(sorted.checks,
              ElementsAre("code 3 \"Not sure\" is kept as an answer: is it one?",
                          "code 4 \"Refused to vote\" is kept as an answer: is it one?"));
}

}  // namespace
}  // namespace canvass
