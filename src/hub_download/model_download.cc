#include "hub_download/model_download.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/file.h"
#include "base/progress.h"
#include "hub/hub_cache.h"
#include "hub/hub_settings.h"
#include "hub/model_parts.h"
#include "hub_download/file_download.h"
#include "hub_download/remote_repository.h"
#include "hub_download/retries.h"

namespace canvass {
namespace {

class ModelDownload {
 public:
  ModelDownload(const HubName& name, Reporter& reporter)
      : name_(name),
        reporter_(reporter),
        cache_(hubCacheFolder(), name.repository),
        client_(hubEndpoint(), hubToken(), hubStallSeconds()),
        remote_(client_, hubEndpoint(), name) {}

  std::filesystem::path run();

 private:
  RemoteFile describe(const std::string& file);
  void describeShards();
  void requireSpace(std::uint64_t missing) const;
  void rememberRevision() const;

  const HubName& name_;
  Reporter& reporter_;
  CachedRepository cache_;
  HttpClient client_;
  RemoteRepository remote_;
  HubListing listing_;
  std::vector<RemoteFile> files_;
};

RemoteFile ModelDownload::describe(const std::string& file) {
  return Retries(reporter_).until([&] { return remote_.describe(listing_.commit, file); });
}

// Which shards there are, only their index says.
void ModelDownload::describeShards() {
  const auto found = std::ranges::find(files_, weightIndexFile, &RemoteFile::name);
  if (found == files_.end()) return;
  const RemoteFile index = *found;
  downloadBlob(client_, index, cache_, reporter_);
  for (const std::string& shard : shardsIn(readFile(cache_.blob(index.etag)), index.url)) {
    files_.push_back(describe(shard));
  }
}

void ModelDownload::requireSpace(std::uint64_t missing) const {
  std::error_code unknown;
  std::filesystem::create_directories(cache_.folder(), unknown);
  const auto space = std::filesystem::space(cache_.folder(), unknown);
  if (unknown || space.available >= missing) return;
  throw Error(fmt::format("the disk has {} MB free, and the model takes {} MB more",
                          space.available / megabyte, missing / megabyte + 1),
              cache_.folder().string(),
              "free some disk space, or name a cache on another disk: HF_HUB_CACHE=FOLDER");
}

void ModelDownload::rememberRevision() const {
  if (name_.revision == listing_.commit) return;
  writeFileAtomically(cache_.reference(name_.revision), listing_.commit);
}

std::filesystem::path ModelDownload::run() {
  listing_ = Retries(reporter_).until([&] { return remote_.list(); });
  for (const std::string& file : neededFiles(listing_.files, name_)) {
    files_.push_back(describe(file));
  }
  describeShards();
  std::uint64_t total = 0, done = 0;
  for (const RemoteFile& file : files_) {
    total += file.size;
    done += cachedBytes(file, cache_);
  }
  requireSpace(total - done);
  reporter_.begin(total, done);
  for (const RemoteFile& file : files_) downloadBlob(client_, file, cache_, reporter_);
  for (const RemoteFile& file : files_) linkIntoSnapshot(file, listing_.commit, cache_);
  rememberRevision();
  reporter_.say(DownloadProgress{"", total, total});
  return cache_.snapshot(listing_.commit);
}

}  // namespace

std::filesystem::path downloadModel(const HubName& name, Reporter& reporter) {
  return ModelDownload(name, reporter).run();
}

}  // namespace canvass
