#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/file.h"
#include "hub/download.h"
#include "hub/hub_cache.h"
#include "hub/kept_progress.h"
#include "support/fake_hub.h"
#include "support/hub_environment.h"

namespace canvass::test {

inline const HubName tiny{"org/tiny", "main", ""};

inline std::string largeText(std::size_t bytes, unsigned seed = 1) {
  std::string text(bytes, ' ');
  for (char& c : text) c = static_cast<char>(seed = seed * 1664525 + 1013904223);
  return text;
}

inline const std::map<std::string, std::string>& tinyFiles() {
  static const std::map<std::string, std::string> files = {
      {"config.json", "{}"},
      {"tokenizer.json", "{\"a\": 1}"},
      {"model.safetensors", largeText(300'000)},
      {"README.md", "not needed"}};
  return files;
}

class DownloadTest : public ::testing::Test {
 protected:
  // A hub with these faults, which the settings name.
  std::unique_ptr<FakeHub> hubWith(HubFaults faults = {}) {
    return hubOf(tinyFiles(), std::move(faults));
  }
  std::unique_ptr<FakeHub> hubOf(std::map<std::string, std::string> files, HubFaults faults = {}) {
    auto hub = std::make_unique<FakeHub>(std::move(files), std::move(faults));
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
    EXPECT_THAT(environment.blobs(), ::testing::UnorderedElementsAre(
                                         gitSumOf("{}"), gitSumOf("{\"a\": 1}"), weightsBlob()));
  }
  void expectNothingPublished() const {
    EXPECT_EQ(locate(tiny, environment.cache()), std::nullopt);
    EXPECT_FALSE(std::filesystem::exists(environment.model() / "snapshots"));
    EXPECT_FALSE(std::filesystem::exists(environment.model() / "refs"));
    EXPECT_FALSE(std::filesystem::exists(environment.model() / "blobs" / weightsBlob()));
  }
  std::string errorOfDownload(const HubName& name = tiny) {
    return errorOf([&] { download(name, progress); });
  }

  HubEnvironment environment;
  KeptProgress progress;
};

// What was asked for of files, request by request; empty for all of one.
inline std::vector<std::string> rangesOf(const std::vector<HttpRequest>& requests) {
  std::vector<std::string> ranges;
  for (const auto& request : requests) ranges.push_back(request.header("range"));
  return ranges;
}

}  // namespace canvass::test
