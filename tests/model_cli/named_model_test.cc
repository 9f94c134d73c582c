// A model by its name on the hub, from the command line to the answer.
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "support/fake_hub.h"
#include "support/hub_environment.h"
#include "support/program.h"
#include "survey/survey_file.h"

namespace canvass {
namespace {

using test::outputOf;
using test::runProgram;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Arguments = std::vector<std::string>;

Survey oneQuestionSurvey() {
  Survey survey;
  survey.populations = {{"Peru", "Peru", "someone from Peru", {{"country", "Peru"}}}};
  survey.questions = {{"tea",
                       "How often do you drink tea?",
                       "drinks",
                       {{"A", "Often", {}}, {"B", "Rarely", {}}},
                       Scale::ordinal,
                       {}}};
  survey.items = {{0, 0, Distribution{0.25, 0.75}, 1000.0, {}}};
  return survey;
}

// The files of an untrained model, made once.
const std::map<std::string, std::string>& untrainedModel() {
  static const auto files = [] {
    const test::TemporaryFolder folder;
    const std::string survey = (folder.path() / "survey.jsonl").string();
    const auto model = folder.path() / "model";
    writeSurvey(oneQuestionSurvey(), survey);
    outputOf({"init", "--survey", survey, "--size", "tiny", "-o", model.string()});
    std::map<std::string, std::string> made;
    for (const auto& entry : std::filesystem::directory_iterator(model)) {
      made[entry.path().filename()] = readFile(entry.path());
    }
    return made;
  }();
  return files;
}

class ModelByName : public ::testing::Test {
 protected:
  ModelByName() : hub_(untrainedModel()) { environment_.set("HF_ENDPOINT", hub_.address()); }

  std::string at(const std::string& name) const { return (folder_.path() / name).string(); }
  Arguments asking(const std::string& model) const {
    return {"ask",  "--model",  model,   "--population", "Peru",  "--question",
            "Tea?", "--option", "Often", "--option",     "Rarely"};
  }

  test::TemporaryFolder folder_;
  test::HubEnvironment environment_;
  test::FakeHub hub_;
};

TEST_F(ModelByName, AnswersAsItsFolderDoes) {
  for (const auto& [name, content] : untrainedModel()) folder_.write("model/" + name, content);
  const std::string answer = outputOf(asking(at("model")));
  EXPECT_EQ(outputOf(asking("org/tiny")), answer);
  const std::size_t requests = hub_.hubRequests().size();
  EXPECT_EQ(outputOf(asking("org/tiny")), answer);
  EXPECT_EQ(hub_.hubRequests().size(), requests) << "it is in the cache";
}

// As PEFT names a base.
TEST_F(ModelByName, IsTheBaseOfAnAdapterByRepositoryAndCommit) {
  writeSurvey(oneQuestionSurvey(), at("survey.jsonl"));
  outputOf({"train", "--preset", "adapter", "--epochs", "1", "--model", "org/tiny@main", "--survey",
            at("survey.jsonl"), "-o", at("adapter")});
  const Json adapter = parseJson(readFile(at("adapter/adapter_config.json")), "adapter");
  EXPECT_EQ(adapter["base_model_name_or_path"], "org/tiny");
  EXPECT_EQ(adapter["revision"],
            parseJson(readFile(at("adapter/run.json")), "run")["model"]["commit"]);
}

TEST_F(ModelByName, IsNamedWithItsCommitInTheRecordOfATraining) {
  writeSurvey(oneQuestionSurvey(), at("survey.jsonl"));
  outputOf({"train", "--preset", "new-model", "--epochs", "1", "--model", "org/tiny", "--survey",
            at("survey.jsonl"), "-o", at("trained")});
  const Json run = parseJson(readFile(at("trained/run.json")), "run.json");
  EXPECT_EQ(run["model"]["folder"], "org/tiny");
  EXPECT_EQ(run["model"]["commit"], test::FakeHub::commit);
}

TEST_F(ModelByName, IsNotDownloadedForAWrongCommand) {
  Arguments wrong = asking("org/tiny");
  wrong.emplace_back("--no-such-option");
  EXPECT_EQ(runProgram(wrong).exitCode, 2);
  EXPECT_THAT(hub_.hubRequests(), IsEmpty());
}

TEST_F(ModelByName, SaysThatItIsNeitherAFolderNorAModel) {
  const auto finished = runProgram(asking("org/typo"));
  EXPECT_EQ(finished.exitCode, 1);
  EXPECT_THAT(finished.errors,
              AllOf(HasSubstr("canvass: org/typo: no folder or file has this name"),
                    HasSubstr("there is no such model")));
}

}  // namespace
}  // namespace canvass
