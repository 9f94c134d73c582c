#include "microdata/codebook.h"

#include "microdata/draft/drafted_question.h"
#include "microdata/text_microdata.h"

namespace canvass {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Codebook, LabelsAFileThatHasNoLabels) {
  const test::TemporaryFolder folder;
  const auto path = folder.write("a.csv", "q,r\n1,2\n");
  const Codebook codebook = parseCodebook(
      R"({"q":{"question":"Tea?","choices":{"10":"a lot","2":"some","-1":"Don't know","x":"other"},)"
      R"("type":"any"},"s":{"question":"","choices":{}}})",
      "book.json");
  const auto reader = withCodebook(openCsv(path, {}), codebook);
  EXPECT_EQ(reader->variables()[0].label, "Tea?");
  EXPECT_THAT(reader->variables()[0].valueLabels,
              ElementsAre(ValueLabel{"-1", "Don't know"}, ValueLabel{"2", "some"},
                          ValueLabel{"10", "a lot"}, ValueLabel{"x", "other"}));
  EXPECT_EQ(reader->variables()[1].label, "");
  std::size_t records = 0;
  Progress silent;
  reader->read(
      {0}, [&records](const RespondentRecord&) { ++records; }, silent);
  EXPECT_EQ(records, 1u);
  EXPECT_THAT(reader->place(), HasSubstr("a.csv:2"));
}

struct BadBook {
  const char* text;
  const char* message;
};

TEST(Codebook, FaultsAreNamedByVariable) {
  const BadBook faults[] = {
      {"{", "book.json: not valid JSON"},
      {"[]", "book.json: a codebook is a JSON object of variables"},
      {R"({"q":3})", "book.json, variable \"q\": it must be an object with \"question\""},
      {R"({"q":{"choices":{}}})", "variable \"q\": the key \"question\" is missing"},
      {R"({"q":{"question":"","choices":[]}})", "\"choices\" must be an object of texts by code"},
      {R"({"q":{"question":"","choices":{"1":2}}})", "the choice \"1\" is not text"},
      {R"({"q":{"question":"","choices":{"1":"a","1.0":"b"}}})", "code 1 appears twice"}};
  for (const auto& [text, message] : faults) {
    EXPECT_THAT(test::errorOf([&text = text] { parseCodebook(text, "book.json"); }),
                HasSubstr(message));
  }
}

TEST(Codebook, PointsThatRepeatTheirNumberMakeAScale) {
  Variable variable;
  variable.valueLabels = {{"1", "None at all"}, {"2", "2"}, {"3", "A great deal"}};
  const DraftedQuestion question = draftQuestion(variable, {}, {true, 26});
  EXPECT_STREQ(question.scale, "interval");
  EXPECT_EQ(question.options.at(1).text, "2");
  EXPECT_EQ(question.options.at(2).text, "3 (A great deal)");
  variable.valueLabels = {{"1", "1"}, {"2", "2"}, {"3", "3"}};
  EXPECT_STREQ(draftQuestion(variable, {}, {true, 26}).scale, "interval");
}

}  // namespace
}  // namespace canvass
