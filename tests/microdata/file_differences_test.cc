#include "microdata/made_up_file.h"

namespace canvass {
namespace {

using test::errorOf;
using test::labeled;
using test::MadeUpFile;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* mapping = R"([survey]
language = "en"
[attributes.sex]
variable = "sex"
[[populations]]
by = ["sex"]
phrase = "a {sex}"
minimum = 1
[[questions]]
variable = "q1"
text = "Rain?"
scale = "nominal"
refused = [8, 9]
[[questions]]
variable = "q2"
scale = "nominal"
)";

MadeUpFile fileWith(const std::vector<ValueLabel>& sex, const std::vector<ValueLabel>& q1,
                    const std::string& label) {
  Variable q2 = labeled("q2", {{"1", "Tea"}, {"2", "Milk"}});
  q2.label = label;
  return {{labeled("sex", sex), labeled("q1", q1), q2}, {{"1", "1", "1"}, {"2", "2", "2"}}};
}

MadeUpFile firstFile() {
  return fileWith({{"1", "male"}, {"2", "female"}}, {{"1", "Yes"}, {"2", "No"}, {"9", "Refused"}},
                  "Drink?");
}

Respondents collect(MadeUpFile second, bool ignoresCase) {
  const Mapping parsed = parseMapping(mapping, "m.toml");
  RespondentCollector collector(parsed, false, ignoresCase);
  Progress silent;
  MadeUpFile first = firstFile();
  collector.read(first, silent);
  collector.read(second, silent);
  EXPECT_EQ(collector.plan().questions[0].question.options[0].text, "Yes");
  return collector.respondents();
}

TEST(FileDifferences, AreNamedAllAtOnce) {
  EXPECT_THAT(
      errorOf([] {
        collect(fileWith({{"1", "man"}, {"2", "woman"}}, {{"1", "Yes"}, {"2", "Never"}}, "What?"),
                false);
      }),
      AllOf(HasSubstr("3 questions or attributes differ from earlier files"),
            HasSubstr("q1: option 2 is \"Never\", earlier \"No\""),
            HasSubstr("q2: its text is \"What?\", earlier \"Drink?\""),
            HasSubstr("attribute sex: value 1 is \"man\", earlier \"male\"")));
  EXPECT_THAT(errorOf([] {
                collect(fileWith({{"1", "male"}, {"2", "female"}},
                                 {{"1", "Yes"}, {"2", "No"}, {"3", "Maybe"}}, "Drink?"),
                        false);
              }),
              HasSubstr("q1: option 3, \"Maybe\", is only here"));
}

TEST(FileDifferences, OfNonAnswersAndCodesDoNotMatter) {
  const Respondents all = collect(fileWith({{"2", "male"}, {"1", "female"}},
                                           {{"2", "Yes"}, {"1", "No"}, {"8", "Refusal"}}, "Drink?"),
                                  false);
  EXPECT_THAT(all.answers[0], ElementsAre(0, 1, 1, 0));
}

TEST(FileDifferences, OfCaseMatterUnlessToldOtherwise) {
  const auto upper = [] {
    return fileWith({{"1", "Male"}, {"2", "Female"}}, {{"1", "YES"}, {"2", "NO"}}, "DRINK?");
  };
  EXPECT_THAT(errorOf([&] { collect(upper(), false); }), HasSubstr("--ignore-case"));
  const Respondents all = collect(upper(), true);
  EXPECT_THAT(all.answers[0], ElementsAre(0, 1, 0, 1));
  EXPECT_THAT(all.categories[0], ElementsAre(0, 1, 0, 1));
}

}  // namespace
}  // namespace canvass
