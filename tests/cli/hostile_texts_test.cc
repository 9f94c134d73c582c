// Whatever a survey, the name of a file or a word of the command line says: what people read on a
// terminal cannot steer it.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "base/utf8.h"
#include "support/program.h"
#include "support/terminal.h"
#include "survey/survey_file.h"
#include "tasks/rain_survey.h"

namespace canvass {
namespace {

using test::Finished;
using test::runProgram;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Arguments = std::vector<std::string>;

// Colors, the title of the window, a control of one byte in Latin-1, a bell, a carriage return; and
// all that turns the direction of writing.
const std::string hostile =
    "x\x1b[31m\x1b]0;y\x07\xC2\x9B"
    "31m\x7F\r\t\x01\u202E\u2066\u2069\u200E\u200F\u061C\u2028";
// The last byte is no UTF-8, and with the digit what canvass writes for a color.
const std::string hostileName = "f\x1b[2J\n\u202E\u009B\xFF" + std::string("3");

// What of a text a terminal would not just show; written without base/utf8.h, which is tested.
std::vector<std::string> steeringIn(const std::string& text) {
  std::vector<std::string> found;
  for (int byte = 0; byte < 0x20; ++byte) {
    if (byte != '\n' && text.find(static_cast<char>(byte)) != text.npos) {
      found.push_back(fmt::format("byte {:#x}", byte));
    }
  }
  for (int second = 0x80; second < 0xA0; ++second) {
    if (text.find({'\xC2', static_cast<char>(second)}) != text.npos) {
      found.push_back(fmt::format("U+00{:x}", second));
    }
  }
  for (const char* one :
       {"\x7F", "\u061C", "\u200E", "\u200F", "\u2028", "\u2029", "\u202A", "\u202B", "\u202C",
        "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069"}) {
    if (text.find(one) != text.npos) found.push_back(visible(one));
  }
  if (findInvalidUtf8(text)) found.push_back("no UTF-8");
  return found;
}

Survey hostileSurvey() {
  Survey survey = test::rainSurvey(12);
  survey.name += hostile;
  survey.source = "source" + hostile;
  for (Question& question : survey.questions) {
    question.id += hostile;
    question.text += hostile;
    question.topic += hostile;
    for (Option& option : question.options) option.text += hostile;
  }
  for (Population& population : survey.populations) {
    population.id += hostile;
    population.name += hostile;
    population.phrase = "someone from " + population.phrase + hostile;
    population.attributes = {{"country", population.name}, {"a" + hostile, "b" + hostile}};
  }
  return survey;
}

const char* const mapping = R"([survey]
language = "en"
[[populations]]
by = []
name = "everyone\u001b[31m"
phrase = "someone\u202E"
minimum = 1
[[questions]]
variable = "q\u001b[32m"
text = "Tea\u0007?"
scale = "nominal"
options = [{ code = 1, text = "yes\u001b[1m" }, { code = 2, text = "no" }]
not_asked = ["7\u001b[31m"]
)";

class HostileTexts : public testing::Test {
 protected:
  HostileTexts() {
    std::filesystem::create_directory(folder_ / hostileName);
    const Survey survey = hostileSurvey();
    Survey others = test::questionsOf(survey, 0, 9);
    for (Question& question : others.questions) question.text += " now";
    writeSurvey(survey, at("all"));
    writeSurvey(test::questionsOf(survey, 0, 6), at("first"));
    writeSurvey(test::questionsOf(survey, 6, 12), at("second"));
    writeSurvey(others, at("others"));
    writePredictions(test::predictionsOf(survey, "near" + hostile, 0.2).predictions, at("near"));
    writePredictions(test::predictionsOf(survey, "flat" + hostile, 0.9).predictions, at("flat"));
    writeFileAtomically(at("broken"), "{\"" + hostile + "\": \xFF}\n");
    writeFileAtomically(at("csv.csv"), "id,q\x1b[32m\n1,1\n2,2\n3,1\n4,7\x1b[31m\n");
    writeFileAtomically(at("cells.csv"), "country\x1b,count\nJapan\x1b[31m,1\n");
    writeFileAtomically(at("mapping.toml"), mapping);
    writeFileAtomically(at("broken.toml"), "a = \"\x1b\"\n");
    writeFileAtomically(at("broken.json"), "{" + hostile);
  }

  std::string at(const std::string& name) const {
    return (folder_ / hostileName / (name + hostileName)).string() +
           (name.find('.') == name.npos ? "" : name.substr(name.find('.')));
  }

  test::TemporaryFolder folder_;
};

void expectHarmless(const Finished& finished, const Arguments& command) {
  SCOPED_TRACE(
      visible(fmt::format("{}\n{}{}", fmt::join(command, " "), finished.output, finished.errors)));
  EXPECT_THAT(steeringIn(finished.output), IsEmpty());
  EXPECT_THAT(steeringIn(finished.errors), IsEmpty());
}

struct VerbRun {
  Arguments arguments;
  int exitCode = 0;
};

TEST_F(HostileTexts, OfASurveyAreShownByEveryVerb) {
  const auto with = [&](Arguments verb, const Arguments& more) {
    const Arguments files = {"--survey", at("all"), "--predictions", at("near")};
    verb.insert(verb.end(), files.begin(), files.end());
    verb.insert(verb.end(), more.begin(), more.end());
    return verb;
  };
  const std::vector<VerbRun> runs = {
      {{"describe", at("all")}},
      {{"describe", at("all"), at("broken")}, 1},
      {{"describe", at("none")}, 1},
      {{"audit", at("all"), at("others")}},
      {{"audit", at("first"), at("second"), "--strict"}, 1},
      {{"table", at("all"), "--by", "country,a" + hostile}},
      {{"table", at("all"), "--by", "b" + hostile}, 1},
      {{"table", at("all"), "q" + hostile, "--by", "country,a" + hostile}, 1},
      {with({"evaluate"}, {"--resamples", "60", "--by", "topic,population", "--examples", "9"})},
      {with({"evaluate"}, {at("flat"), "--resamples", "60", "--train", at("others")})},
      {with({"evaluate"}, {at("flat"), "--resamples", "60"})},
      {with({"evaluate"}, {"--resamples", "60", "--json", at("evaluation.json")})},
      {with({"compare"}, {at("flat"), "--resamples", "60"})},
      {with({"reflect"}, {}), 1},
      {with({"calibrate", "fit"}, {"--method", "linear", "-o", at("calibrator.json")})},
      {{"calibrate", "apply", at("calibrator.json"), "--predictions", at("near"), "-o",
        at("calibrated")}},
      {{"combine", "fit", "--survey", at("first"), "--predictions", at("near"), at("flat"), "-o",
        at("combined")},
       1},  // it records the names of its files, which must be UTF-8
      {with({"combine", "estimate"}, {"-o", at("estimates")})},
      {with({"combine", "simulate"}, {"--simulations", "10", "--populations", "4"})},
      {with({"combine", "poststratify"}, {"--cells", at("cells.csv"), "-o", at("groups")}), 1},
      {{"baseline", "question_mean", "--items", at("all"), "--train", at("all"), "-o", at("mean")}},
      {{"split", at("all"), "--hold-out-questions", "q1" + hostile, "-o", at("parts")}},
      {{"import", "csv", at("csv.csv"), "--draft-mapping", at("draft.toml")}},
      {{"import", "csv", at("csv.csv"), "--mapping", at("mapping.toml"), "-o", at("imported")}},
      {{"import", "csv", at("csv.csv"), "--mapping", at("broken.toml"), "-o", at("imported")}, 1},
      {{"import", "simllm", at("broken.json"), "-o", at("imported")}, 1},
      {{"table", at("csv.csv"), "--mapping", at("mapping.toml")}},
      {{"export", "csv", at("all"), "-o", at("export.csv")}},
      {{"export", "xlsx", at("all"), "--predictions", at("near"), "-o", at("export.xlsx")}},
      {{"export", "markdown", at("all"), "-o", at("export.md")}},
      {{"export", "sav", at("all"), "-o", at("export.sav")}},
      {{"export", "dta", at("all"), "-o", at("export.dta")}},
      {{"export", "simllm", at("all"), "-o", at("export.json")}},
      {{"export", "subpop", at("all"), "-o", at("export.jsonl")}},
  };
  for (const VerbRun& run : runs) {
    const Finished finished = runProgram(run.arguments);
    expectHarmless(finished, run.arguments);
    EXPECT_EQ(finished.exitCode, run.exitCode) << finished.errors;
    EXPECT_THAT(finished.errors, testing::Not(HasSubstr("internal error")));
  }
}

TEST_F(HostileTexts, OfASurveyAreShownWhereTheyAreDrawn) {
  if (!test::canvassDraws()) GTEST_SKIP() << "canvass was built without drawing code";
  ASSERT_EQ(runProgram({"evaluate", "--survey", at("all"), "--predictions", at("near"),
                        "--resamples", "60", "--json", at("evaluation.json")})
                .exitCode,
            0);
  const std::vector<Arguments> commands = {
      {"report", at("evaluation.json"), "--survey", at("all"), "--predictions", at("near"), "-o",
       at("report.html"), "--latex", at("report.tex")},
      {"picture", "map", at("all"), "-o", at("picture.svg")}};
  for (const Arguments& command : commands) {
    const Finished finished = runProgram(command);
    expectHarmless(finished, command);
    EXPECT_EQ(finished.exitCode, 0) << finished.errors;
    EXPECT_THAT(finished.output, HasSubstr("\\u202e"));
  }
}

TEST_F(HostileTexts, OfTheCommandLineAreShown) {
  std::vector<Arguments> commands = {{hostileName}, {"combine", hostileName}};
  const auto addVerb = [&](const char* verb, const std::vector<const char*>& options) {
    commands.push_back({verb, hostileName, hostileName, hostileName});
    commands.push_back({verb, "--" + hostileName});
    for (const char* option : options) commands.push_back({verb, at("all"), option, hostileName});
  };
  for (const char* verb :
       {"describe", "audit", "table", "evaluate", "compare", "reflect", "split", "export", "import",
        "report", "picture", "weight", "baseline", "templates", "models"}) {
    addVerb(verb, {"--survey", "--predictions", "--json", "-o", "--seed", "--metric", "--mapping",
                   "--resamples"});
  }
  if (test::canvassLoadsModels()) {
    for (const char* verb :
         {"predict", "train", "ask", "probe", "init", "confidence", "completions", "manual"}) {
      addVerb(verb, {"--model", "--template"});
    }
  }
  const auto previous = std::filesystem::current_path();
  std::filesystem::current_path(folder_.path());  // where a file of that name may be made
  for (const Arguments& command : commands) expectHarmless(runProgram(command), command);
  std::filesystem::current_path(previous);
}

// The same texts, but for programs.
TEST_F(HostileTexts, AreExactInJson) {
  const Json json = parseJson(runProgram({"describe", at("all"), "--json"}).output, "output");
  EXPECT_EQ(json["name"], "rain" + hostile);
}

TEST_F(HostileTexts, AreShownOnATerminalWithItsColors) {
  const std::vector<Arguments> commands = {
      {"describe", at("all")},
      {"describe", at("broken")},
      {"audit", at("all"), at("others")},
      {"evaluate", "--survey", at("all"), "--predictions", at("near"), "--resamples", "60"},
      {"table", at("all"), "--by", "country"},
      {"table", at("csv.csv"), "--mapping", at("mapping.toml")},
      {"--help"}};
  std::size_t colored = 0;
  for (const Arguments& command : commands) {
    std::string screen = test::runOnTerminal(command);
    const auto leaveOut = [&screen](const std::string& own) {
      bool found = false;
      for (std::size_t at = 0; (at = screen.find(own, at)) != screen.npos; found = true) {
        screen.erase(at, own.size());
      }
      return found;
    };
    leaveOut("\r\x1b[K");
    while (const std::size_t end = screen.find("\r\n") + 1) screen.erase(end - 1, 1);
    bool any = false;
    for (const char* ink :
         {"\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[1;32m", "\x1b[36m", "\x1b[33m"}) {
      any = leaveOut(ink) || any;
    }
    if (any) ++colored;
    SCOPED_TRACE(visible(screen));
    EXPECT_THAT(steeringIn(screen), IsEmpty());
  }
  EXPECT_GE(colored, 4U);
}

}  // namespace
}  // namespace canvass
