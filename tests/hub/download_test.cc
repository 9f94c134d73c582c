// Downloads from a hub on this computer, by the program that canvass starts.
#include "hub/download.h"

#include <sys/resource.h>

#include <algorithm>
#include <thread>

#include "base/digest.h"
#include "base/file.h"
#include "hub/hub_cache.h"
#include "hub/kept_progress.h"
#include "support/fake_hub.h"
#include "support/hub_environment.h"

namespace canvass {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

const HubName tiny{"org/tiny", "main", ""};

std::string largeText(std::size_t bytes, unsigned seed = 1) {
  std::string text(bytes, ' ');
  for (char& c : text) c = static_cast<char>(seed = seed * 1664525 + 1013904223);
  return text;
}

const std::map<std::string, std::string>& tinyFiles() {
  static const std::map<std::string, std::string> files = {
      {"config.json", "{}"},
      {"tokenizer.json", "{\"a\": 1}"},
      {"model.safetensors", largeText(300'000)},
      {"README.md", "not needed"}};
  return files;
}

class Download : public ::testing::Test {
 protected:
  // A hub with these faults, which the settings name.
  std::unique_ptr<test::FakeHub> hubWith(test::HubFaults faults = {}) {
    return hubOf(tinyFiles(), std::move(faults));
  }
  std::unique_ptr<test::FakeHub> hubOf(std::map<std::string, std::string> files,
                                       test::HubFaults faults = {}) {
    auto hub = std::make_unique<test::FakeHub>(std::move(files), std::move(faults));
    environment.set("HF_ENDPOINT", hub->address());
    return hub;
  }
  std::string weightsBlob() const { return sha256(tinyFiles().at("model.safetensors")); }
  // That the whole model is there, and nothing else.
  void expectModel() const {
    const auto path = locate(tiny, environment.cache());
    ASSERT_TRUE(path);
    for (const char* name : {"config.json", "tokenizer.json", "model.safetensors"}) {
      EXPECT_EQ(readFile(*path / name), tinyFiles().at(name)) << name;
    }
    EXPECT_THAT(
        environment.blobs(),
        UnorderedElementsAre(test::gitSumOf("{}"), test::gitSumOf("{\"a\": 1}"), weightsBlob()));
  }
  void expectNothingPublished() const {
    EXPECT_EQ(locate(tiny, environment.cache()), std::nullopt);
    EXPECT_FALSE(std::filesystem::exists(environment.model() / "snapshots"));
    EXPECT_FALSE(std::filesystem::exists(environment.model() / "refs"));
    EXPECT_FALSE(std::filesystem::exists(environment.model() / "blobs" / weightsBlob()));
  }
  std::string errorOfDownload(const HubName& name = tiny) {
    return test::errorOf([&] { download(name, progress); });
  }

  test::HubEnvironment environment;
  test::KeptProgress progress;
};

std::vector<std::string> rangesOf(const std::vector<test::HttpRequest>& requests) {
  std::vector<std::string> ranges;
  for (const auto& request : requests) ranges.push_back(request.header("range"));
  return ranges;
}

TEST_F(Download, FillsTheCacheAsHuggingFacesToolsDo) {
  const auto hub = hubWith();
  const auto path = download(tiny, progress);
  EXPECT_EQ(path, environment.model() / "snapshots" / test::FakeHub::commit);
  expectModel();
  EXPECT_EQ(readFile(environment.model() / "refs" / "main"), test::FakeHub::commit);
  EXPECT_EQ(std::filesystem::read_symlink(path / "model.safetensors"),
            "../../blobs/" + weightsBlob());
  EXPECT_TRUE(std::filesystem::exists(environment.cache() / ".locks" / "models--org--tiny" /
                                      (weightsBlob() + ".lock")));
  EXPECT_FALSE(std::filesystem::exists(path / "README.md"));
  EXPECT_FALSE(progress.ahead);
}

TEST_F(Download, SaysWhoAsks) {
  const auto hub = hubWith();
  download(tiny, progress);
  for (const auto& request : hub->hubRequests()) {
    EXPECT_THAT(request.header("user-agent"), testing::StartsWith("canvass/"));
    EXPECT_EQ(request.header("authorization"), "");
  }
}

TEST_F(Download, GivesTheTokenToTheHubAndToNobodyElse) {
  test::HubFaults faults;
  faults.gate = "hf_secret";
  const auto hub = hubWith(faults);
  environment.set("HF_TOKEN", "hf_secret");
  download(tiny, progress);
  expectModel();
  for (const auto& request : hub->hubRequests()) {
    EXPECT_EQ(request.header("authorization"), "Bearer hf_secret");
  }
  const auto elsewhere = hub->storeRequests();
  ASSERT_THAT(elsewhere, SizeIs(1));
  for (const auto& [name, value] : elsewhere[0].headers) {
    EXPECT_THAT(value, Not(HasSubstr("hf_secret"))) << name;
  }
}

TEST_F(Download, BringsOnlyWhatIsNew) {
  auto hub = hubWith();
  download(tiny, progress);
  hub = hubWith();
  download(tiny, progress);
  expectModel();
  EXPECT_THAT(hub->storeRequests(), IsEmpty());
}

TEST_F(Download, BringsAnyRevisionAndAFileInAFolder) {
  const auto hub = hubOf({{"q/a.gguf", largeText(2000)}, {"b.gguf", largeText(3000)}});
  const HubName name{"org/tiny", "refs/pr/1", "q/a.gguf"};
  const auto path = download(name, progress);
  EXPECT_EQ(readFile(path), largeText(2000));
  EXPECT_EQ(locate(name, environment.cache()), path);
  EXPECT_THAT(environment.blobs(), SizeIs(1));
}

TEST_F(Download, BringsTheShardsThatTheIndexNames) {
  const auto hub = hubOf({{"config.json", "{}"},
                          {"tokenizer.json", "{}"},
                          {"model.safetensors.index.json",
                           R"({"weight_map": {"a": "x.safetensors", "b": "y.safetensors"}})"},
                          {"x.safetensors", largeText(2000, 2)},
                          {"y.safetensors", largeText(3000, 3)},
                          {"z.safetensors", largeText(4000, 4)}});
  const auto path = download(tiny, progress);
  EXPECT_EQ(readFile(path / "y.safetensors"), largeText(3000, 3));
  EXPECT_FALSE(std::filesystem::exists(path / "z.safetensors"));
  EXPECT_EQ(locate(tiny, environment.cache()), path);
}

TEST_F(Download, GoesOnWhereTheConnectionWasCut) {
  test::HubFaults faults;
  faults.cutAnswers = 2;
  const auto hub = hubWith(faults);
  download(tiny, progress);
  expectModel();
  EXPECT_THAT(rangesOf(hub->storeRequests()), ElementsAre("", "bytes=150000-", "bytes=225000-"));
  EXPECT_FALSE(progress.ahead);
}

TEST_F(Download, GoesOnWhereTheServerFellSilent) {
  test::HubFaults faults;
  faults.cutAnswers = 1;
  faults.silentCut = true;
  const auto hub = hubWith(faults);
  environment.set("HF_HUB_DOWNLOAD_TIMEOUT", "1");
  download(tiny, progress);
  expectModel();
  EXPECT_THAT(rangesOf(hub->storeRequests()), ElementsAre("", "bytes=150000-"));
}

TEST_F(Download, BeginsAnewIfTheServerIgnoresRanges) {
  test::HubFaults faults;
  faults.cutAnswers = 1;
  faults.ignoresRanges = true;
  const auto hub = hubWith(faults);
  download(tiny, progress);
  expectModel();
  EXPECT_THAT(hub->storeRequests(), SizeIs(2));
  EXPECT_FALSE(progress.ahead);
}

TEST_F(Download, WaitsForABusyServer) {
  test::HubFaults faults;
  faults.busyAnswers = 3;
  const auto hub = hubWith(faults);
  download(tiny, progress);
  expectModel();
}

TEST_F(Download, GivesUpAServerThatStaysBusy) {
  test::HubFaults faults;
  faults.busyAnswers = 1000;
  const auto hub = hubWith(faults);
  EXPECT_THAT(errorOfDownload(),
              AllOf(HasSubstr("too many requests (429)"), HasSubstr("try again later")));
  EXPECT_THAT(hub->hubRequests(), SizeIs(6));
}

TEST_F(Download, KeepsNothingWhoseSumIsWrong) {
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
  download(tiny, progress);
  expectModel();
}

TEST_F(Download, RefusesMoreThanWasPromised) {
  test::HubFaults faults;
  faults.sendsTooMuch = true;
  const auto hub = hubWith(faults);
  EXPECT_THAT(errorOfDownload(), HasSubstr("the server sends more than it said"));
  expectNothingPublished();
}

TEST_F(Download, SaysWhyTheHubRefuses) {
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

TEST_F(Download, SaysHowToGetAGatedModel) {
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

TEST_F(Download, NamesARevisionThatDoesNotExist) {
  const auto hub = hubWith();
  EXPECT_THAT(errorOfDownload({"org/tiny", "v9", ""}),
              HasSubstr("org/tiny@v9: the model has no branch, tag or commit \"v9\""));
}

TEST_F(Download, SaysThatThereIsNoNetwork) {
  environment.set("HF_ENDPOINT", "http://127.0.0.1:9");  // where nobody listens
  EXPECT_THAT(errorOfDownload(),
              AllOf(HasSubstr("the server cannot be reached"), HasSubstr("check the network")));
  environment.set("HF_ENDPOINT", "ftp://127.0.0.1");
  EXPECT_THAT(errorOfDownload(), HasSubstr("correct HF_ENDPOINT"));
}

TEST_F(Download, RefusesNamesThatLeadOutOfTheCache) {
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

TEST_F(Download, RefusesSumsThatAreNone) {
  for (const std::string& hostile : {std::string("../../../evil"), std::string(64, 'A'),
                                     std::string("abc"), std::string("/etc/passwd")}) {
    test::HubFaults faults;
    faults.etagOfLargeFiles = hostile;
    const auto hub = hubWith(faults);
    EXPECT_THAT(errorOfDownload(), HasSubstr("no sum that the file can be checked by"));
  }
  expectNothingPublished();
}

TEST_F(Download, FollowsRedirectsToTheWebOnly) {
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

// A limit on the size of files stands for a disk that fills up.
TEST_F(Download, PublishesNothingIfTheDiskIsFullAndGoesOnLater) {
  const auto hub = hubWith();
  rlimit old{};
  ::getrlimit(RLIMIT_FSIZE, &old);
  const rlimit small{100'000, old.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  const std::string error = errorOfDownload();
  ::setrlimit(RLIMIT_FSIZE, &old);
  EXPECT_THAT(error, AllOf(HasSubstr("cannot write it: File too large"),
                           HasSubstr("free some disk space")));
  expectNothingPublished();
  download(tiny, progress);
  expectModel();
  EXPECT_THAT(rangesOf(hub->storeRequests()), ElementsAre("", "bytes=100000-"));
}

TEST_F(Download, StopsWhenAskedAndGoesOnLater) {
  test::HubFaults faults;
  faults.pause = std::chrono::milliseconds(5);
  auto files = tinyFiles();
  files["model.safetensors"] = largeText(3'000'000);
  const auto hub = hubOf(files, faults);
  test::KeptProgress stopping(1);
  EXPECT_THAT(test::errorOf([&] { download(tiny, stopping); }),
              HasSubstr("stopped; what was downloaded is kept"));
  const auto incomplete =
      environment.model() / "blobs" / (sha256(files["model.safetensors"]) + ".incomplete");
  EXPECT_GE(std::filesystem::file_size(incomplete), 1'000'000u);
  EXPECT_EQ(locate(tiny, environment.cache()), std::nullopt);
  const auto path = download(tiny, progress);
  EXPECT_EQ(readFile(path / "model.safetensors"), files["model.safetensors"]);
  ASSERT_THAT(hub->storeRequests(), SizeIs(2));
  EXPECT_THAT(hub->storeRequests()[1].header("range"), HasSubstr("bytes="));
  EXPECT_THAT(progress.messages, AllOf(HasSubstr("downloading org/tiny (3 MB) from http"),
                                       HasSubstr(environment.cache().string())));
}

TEST_F(Download, BeginsAnewIfWhatWasKeptIsTooLong) {
  const auto hub = hubWith();
  const auto blobs = environment.model() / "blobs";
  std::filesystem::create_directories(blobs);
  writeFileAtomically(blobs / (weightsBlob() + ".incomplete"), largeText(400'000));
  download(tiny, progress);
  expectModel();
}

TEST_F(Download, HappensOnceIfTwoAskForIt) {
  test::HubFaults faults;
  faults.pause = std::chrono::milliseconds(50);
  const auto hub = hubWith(faults);
  test::KeptProgress progresses[2];
  std::vector<std::thread> both;
  for (auto& one : progresses) both.emplace_back([&one] { download(tiny, one); });
  for (std::thread& one : both) one.join();
  expectModel();
  EXPECT_THAT(hub->storeRequests(), SizeIs(1));
  EXPECT_THAT(progresses[0].messages + progresses[1].messages,
              HasSubstr("waiting for another program that is downloading model.safetensors"));
}

// A branch that moved: the commit that it was at stays usable by its own name.
TEST_F(Download, RemembersWhereABranchIs) {
  const auto hub = hubWith();
  std::filesystem::create_directories(environment.model() / "refs");
  writeFileAtomically(environment.model() / "refs" / "main", std::string(40, 'a'));
  download(tiny, progress);
  EXPECT_EQ(readFile(environment.model() / "refs" / "main"), test::FakeHub::commit);
}

TEST_F(Download, SaysWhatIsWrongWithTheProgramThatDoesIt) {
  const test::TemporaryFolder folder;
  const auto script = [&](const std::string& text) {
    const auto file = folder.write("download", "#!/bin/sh\n" + text);
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    return file.string();
  };
  const auto errorBy = [&](const std::string& program) {
    return test::errorOf([&] { downloadBy(program, tiny, progress); });
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
