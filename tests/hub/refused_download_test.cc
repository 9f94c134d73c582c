// What is not downloaded, and what the user is told.
#include "hub/download_fixture.h"

namespace canvass {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class RefusedDownload : public test::DownloadTest {};

TEST_F(RefusedDownload, GivesUpAServerThatStaysBusy) {
  test::HubFaults faults;
  faults.busyAnswers = 1000;
  const auto hub = hubWith(faults);
  EXPECT_THAT(errorOfDownload(),
              AllOf(HasSubstr("too many requests (429)"), HasSubstr("try again later")));
  EXPECT_THAT(hub->hubRequests(), SizeIs(6));
}

TEST_F(RefusedDownload, KeepsNothingWhoseSumIsWrong) {
  for (const bool large : {false, true}) {
    test::HubFaults faults;
    (large ? faults.damagesLargeFiles : faults.damagesSmallFiles) = true;
    const auto hub = hubWith(faults);
    EXPECT_THAT(errorOfDownload(), AllOf(HasSubstr("is not the file that the server promised"),
                                         HasSubstr("its sum is wrong")));
    expectNothingPublished();
    EXPECT_THAT(environment.blobs(), Each(Not(HasSubstr("incomplete"))));
  }
  const auto hub = hubWith();
  download(test::tiny, progress);
  expectModel();
}

TEST_F(RefusedDownload, RefusesMoreThanWasPromised) {
  test::HubFaults faults;
  faults.sendsTooMuch = true;
  const auto hub = hubWith(faults);
  EXPECT_THAT(errorOfDownload(), HasSubstr("the server sends more than it said"));
  expectNothingPublished();
}

TEST_F(RefusedDownload, SaysWhyTheHubRefuses) {
  const struct {
    const char* code;
    int status;
    const char* fault;
    const char* remedy;
  } cases[] = {
      {"GatedRepo", 401, "the model is gated", "accept the license on http"},
      {"GatedRepo", 403, "the model is gated", "set HF_TOKEN"},
      {"RepoNotFound", 404, "there is no such model", "check the spelling"},
      {"RepoNotFound", 401, "there is no such model, or it is private or gated", "HF_TOKEN"},
      {"RevisionNotFound", 404, "has no branch, tag or commit \"main\"", "/tree/main lists them"},
      {"Whatever", 418, "the server answered with status 418", "try again later"},
  };
  for (const auto& one : cases) {
    test::HubFaults faults;
    faults.error = one.code;
    faults.errorStatus = one.status;
    const auto hub = hubWith(faults);
    EXPECT_THAT(errorOfDownload(),
                AllOf(HasSubstr("org/tiny: "), HasSubstr(one.fault), HasSubstr(one.remedy)));
  }
  expectNothingPublished();
}

TEST_F(RefusedDownload, SaysHowToGetAGatedModel) {
  test::HubFaults faults;
  faults.gate = "hf_secret";
  const auto hub = hubWith(faults);
  for (const char* token : {"", "hf_another"}) {
    environment.set("HF_TOKEN", token);
    EXPECT_THAT(errorOfDownload(),
                AllOf(HasSubstr("the model is gated"), HasSubstr(hub->address() + "/org/tiny"),
                      HasSubstr("set HF_TOKEN")));
  }
}

TEST_F(RefusedDownload, NamesARevisionThatDoesNotExist) {
  const auto hub = hubWith();
  EXPECT_THAT(errorOfDownload({"org/tiny", "v9", ""}),
              HasSubstr("org/tiny@v9: the model has no branch, tag or commit \"v9\""));
}

TEST_F(RefusedDownload, SaysThatThereIsNoNetwork) {
  environment.set("HF_ENDPOINT", "http://127.0.0.1:9");  // where nobody listens
  EXPECT_THAT(errorOfDownload(),
              AllOf(HasSubstr("the server cannot be reached"), HasSubstr("check the network")));
  environment.set("HF_ENDPOINT", "ftp://127.0.0.1");
  EXPECT_THAT(errorOfDownload(), HasSubstr("correct HF_ENDPOINT"));
}

TEST_F(RefusedDownload, RefusesNamesThatLeadOutOfTheCache) {
  for (const char* hostile : {"../../evil.json", "/etc/evil", "a/../../b", "a\\..\\b"}) {
    const auto hub = hubWith();
    hub->listAlso(hostile);
    EXPECT_THAT(errorOfDownload(), HasSubstr("would be written outside of the cache"));
  }
  const auto hub = hubOf(
      {{"config.json", "{}"},
       {"model.safetensors.index.json", R"({"weight_map": {"a": "../../evil.safetensors"}})"}});
  EXPECT_THAT(errorOfDownload(), HasSubstr("only file names"));
  expectNothingPublished();
}

TEST_F(RefusedDownload, RefusesSumsThatAreNone) {
  for (const std::string& hostile : {std::string("../../../evil"), std::string(64, 'A'),
                                     std::string("abc"), std::string("/etc/passwd")}) {
    test::HubFaults faults;
    faults.etagOfLargeFiles = hostile;
    const auto hub = hubWith(faults);
    EXPECT_THAT(errorOfDownload(), HasSubstr("no sum that the file can be checked by"));
  }
  expectNothingPublished();
}

TEST_F(RefusedDownload, FollowsRedirectsToTheWebOnly) {
  for (const char* hostile : {"file:///etc/passwd", "gopher://127.0.0.1/x", "ftp://127.0.0.1/x"}) {
    test::HubFaults faults;
    faults.redirect = hostile;
    const auto hub = hubWith(faults);
    EXPECT_THAT(errorOfDownload(), HasSubstr("redirects to something other than a safe address"));
  }
  test::HubFaults faults;
  faults.redirect =
      std::string("/org/tiny/resolve/") + test::FakeHub::commit + "/model.safetensors";
  const auto hub = hubWith(faults);
  EXPECT_THAT(errorOfDownload(), HasSubstr("redirects again and again"));
  expectNothingPublished();
}

TEST_F(RefusedDownload, SaysWhatIsWrongWithTheProgramThatDoesIt) {
  const test::TemporaryFolder folder;
  const auto script = [&](const std::string& text) {
    const auto file = folder.write("download", "#!/bin/sh\n" + text);
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    return file.string();
  };
  const auto errorBy = [&](const std::string& program) {
    return test::errorOf([&] { downloadBy(program, test::tiny, progress); });
  };
  EXPECT_THAT(errorBy("/no/such/program"),
              AllOf(HasSubstr("/no/such/program: there is no such program"),
                    HasSubstr("reinstall canvass, or download the model in another way")));
  EXPECT_THAT(errorBy(script("exit 127")), HasSubstr("it cannot be run"));
  EXPECT_THAT(errorBy(script("kill -KILL $$")), HasSubstr("it was ended by signal 9"));
  EXPECT_THAT(errorBy(script("exit 0")), HasSubstr("it ended without a result"));
  EXPECT_THAT(errorBy(script("echo what")), HasSubstr("not valid JSON"));
}

}  // namespace
}  // namespace canvass
