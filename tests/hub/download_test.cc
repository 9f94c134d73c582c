// Downloads from a hub on this computer, by the program that canvass starts.
#include <sys/resource.h>

#include <thread>

#include "hub/download_fixture.h"

namespace canvass {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

class Download : public test::DownloadTest {};

TEST_F(Download, FillsTheCacheAsHuggingFacesToolsDo) {
  const auto hub = hubWith();
  const auto path = download(test::tiny, progress);
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
  download(test::tiny, progress);
  for (const auto& request : hub->hubRequests()) {
    EXPECT_THAT(request.header("user-agent"), StartsWith("canvass/"));
    EXPECT_EQ(request.header("authorization"), "");
  }
}

TEST_F(Download, GivesTheTokenToTheHubAndToNobodyElse) {
  test::HubFaults faults;
  faults.gate = "hf_secret";
  const auto hub = hubWith(faults);
  environment.set("HF_TOKEN", "hf_secret");
  download(test::tiny, progress);
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

// The hub keeps small files under other paths of its own, and renames models.
TEST_F(Download, FollowsTheHubToItsOwnPaths) {
  test::HubFaults faults;
  faults.movesSmallFiles = true;
  faults.gate = "hf_secret";
  const auto hub = hubWith(faults);
  environment.set("HF_TOKEN", "hf_secret");
  download(test::tiny, progress);
  expectModel();
}

TEST_F(Download, BringsOnlyWhatIsNew) {
  auto hub = hubWith();
  download(test::tiny, progress);
  hub = hubWith();
  download(test::tiny, progress);
  expectModel();
  EXPECT_THAT(hub->storeRequests(), IsEmpty());
}

TEST_F(Download, BringsAnyRevisionAndAFileInAFolder) {
  const auto hub = hubOf({{"q/a.gguf", test::largeText(2000)}, {"b.gguf", test::largeText(3000)}});
  const HubName name{"org/tiny", "refs/pr/1", "q/a.gguf"};
  const auto path = download(name, progress);
  EXPECT_EQ(readFile(path), test::largeText(2000));
  EXPECT_EQ(locate(name, environment.cache()), path);
  EXPECT_THAT(environment.blobs(), SizeIs(1));
}

TEST_F(Download, BringsTheShardsThatTheIndexNames) {
  const auto hub = hubOf({{"config.json", "{}"},
                          {"tokenizer.json", "{}"},
                          {"model.safetensors.index.json",
                           R"({"weight_map": {"a": "x.safetensors", "b": "y.safetensors"}})"},
                          {"x.safetensors", test::largeText(2000, 2)},
                          {"y.safetensors", test::largeText(3000, 3)},
                          {"z.safetensors", test::largeText(4000, 4)}});
  const auto path = download(test::tiny, progress);
  EXPECT_EQ(readFile(path / "y.safetensors"), test::largeText(3000, 3));
  EXPECT_FALSE(std::filesystem::exists(path / "z.safetensors"));
  EXPECT_EQ(locate(test::tiny, environment.cache()), path);
}

TEST_F(Download, GoesOnWhereTheConnectionWasCut) {
  test::HubFaults faults;
  faults.cutAnswers = 2;
  const auto hub = hubWith(faults);
  download(test::tiny, progress);
  expectModel();
  EXPECT_THAT(test::rangesOf(hub->storeRequests()),
              ElementsAre("", "bytes=150000-", "bytes=225000-"));
  EXPECT_FALSE(progress.ahead);
}

TEST_F(Download, GoesOnWhereTheServerFellSilent) {
  test::HubFaults faults;
  faults.cutAnswers = 1;
  faults.silentCut = true;
  const auto hub = hubWith(faults);
  environment.set("HF_HUB_DOWNLOAD_TIMEOUT", "1");
  download(test::tiny, progress);
  expectModel();
  EXPECT_THAT(test::rangesOf(hub->storeRequests()), ElementsAre("", "bytes=150000-"));
}

TEST_F(Download, BeginsAnewIfTheServerIgnoresRanges) {
  test::HubFaults faults;
  faults.cutAnswers = 1;
  faults.ignoresRanges = true;
  const auto hub = hubWith(faults);
  download(test::tiny, progress);
  expectModel();
  EXPECT_THAT(hub->storeRequests(), SizeIs(2));
  EXPECT_FALSE(progress.ahead);
}

TEST_F(Download, WaitsForABusyServer) {
  test::HubFaults faults;
  faults.busyAnswers = 3;
  const auto hub = hubWith(faults);
  download(test::tiny, progress);
  expectModel();
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
  download(test::tiny, progress);
  expectModel();
  EXPECT_THAT(test::rangesOf(hub->storeRequests()), ElementsAre("", "bytes=100000-"));
}

TEST_F(Download, StopsWhenAskedAndGoesOnLater) {
  test::HubFaults faults;
  faults.pause = std::chrono::milliseconds(5);
  auto files = test::tinyFiles();
  files["model.safetensors"] = test::largeText(3'000'000);
  const auto hub = hubOf(files, faults);
  test::KeptProgress stopping(1);
  EXPECT_THAT(test::errorOf([&] { download(test::tiny, stopping); }),
              HasSubstr("stopped; what was downloaded is kept"));
  const auto incomplete =
      environment.model() / "blobs" / (sha256(files["model.safetensors"]) + ".incomplete");
  EXPECT_GE(std::filesystem::file_size(incomplete), 1'000'000u);
  EXPECT_EQ(locate(test::tiny, environment.cache()), std::nullopt);
  const auto path = download(test::tiny, progress);
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
  writeFileAtomically(blobs / (weightsBlob() + ".incomplete"), test::largeText(400'000));
  download(test::tiny, progress);
  expectModel();
}

TEST_F(Download, HappensOnceIfTwoAskForIt) {
  test::HubFaults faults;
  faults.pause = std::chrono::milliseconds(50);
  const auto hub = hubWith(faults);
  test::KeptProgress progresses[2];
  std::vector<std::thread> both;
  for (auto& one : progresses) both.emplace_back([&one] { download(test::tiny, one); });
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
  download(test::tiny, progress);
  EXPECT_EQ(readFile(environment.model() / "refs" / "main"), test::FakeHub::commit);
}

}  // namespace
}  // namespace canvass
