#include "hub/named_model.h"

#include <fmt/format.h>

#include <mutex>

#include "base/error.h"
#include "base/paths.h"
#include "hub/download.h"
#include "hub/hub_cache.h"
#include "hub/hub_name.h"
#include "hub/hub_settings.h"
#include "hub/model_parts.h"

namespace canvass {
namespace {

// A mistyped path may look like a name.
[[noreturn]] void failForBoth(const std::string& text, const Error& error) {
  throw Error(fmt::format("no folder or file has this name, and as the name of a model on the hub: "
                          "{}",
                          error.fault()),
              error.where().empty() ? text : error.where(), error.remedy());
}

[[noreturn]] void failForOffline(const HubName& name, const std::filesystem::path& cache) {
  const CachedRepository repository(cache, name.repository);
  const auto commit = repository.commitOf(name.revision);
  const auto part = commit ? missingPart(repository.snapshot(*commit), name) : std::nullopt;
  const bool hasSnapshots = isThere(repository.snapshots());
  throw Error(
      part && hasSnapshots
          ? fmt::format("{} is missing in the cache, {}, and HF_HUB_OFFLINE is set", *part,
                        cache.string())
          : fmt::format("it is not in the cache, {}, and HF_HUB_OFFLINE is set", cache.string()),
      hubNameText(name), "unset HF_HUB_OFFLINE to download it");
}

// Where it is in the cache, after it was downloaded if it was not there.
std::filesystem::path fetchIfMissing(const HubName& name, const MakeProgress& makeProgress) {
  const auto cache = hubCacheFolder();
  if (auto found = locate(name, cache)) return *std::move(found);
  if (hubIsOffline()) failForOffline(name, cache);
  return download(name, *makeProgress());
}

class HubModel : public ModelFiles {
 public:
  HubModel(std::string text, HubName name, MakeProgress makeProgress)
      : text_(std::move(text)), name_(std::move(name)), makeProgress_(std::move(makeProgress)) {}

  bool has(const std::string& name) const override { return files().has(name); }
  std::string read(const std::string& name) const override { return files().read(name); }
  std::shared_ptr<const FileBytes> map(const std::string& name) const override {
    return files().map(name);
  }
  std::string identity() const override { return files().identity(); }
  std::string identity(const std::string& name) const override { return files().identity(name); }
  std::string describe() const override { return text_; }
  // Where the file is: whoever is told that it is damaged wants to find it.
  std::string describe(const std::string& name) const override { return files().describe(name); }
  std::string repository() const override { return name_.repository; }
  std::string commit() const override {
    files();
    return commit_;
  }
  std::vector<std::string> ggufFiles() const override { return files().ggufFiles(); }

 private:
  const ModelFiles& files() const {
    const std::lock_guard lock(fetching_);
    if (!files_) open(fetched());
    return *files_;
  }
  void open(const std::filesystem::path& path) const {
    const auto snapshots = CachedRepository(hubCacheFolder(), name_.repository).snapshots();
    commit_ = path.lexically_relative(snapshots).begin()->string();
    files_ = openModel(path);
  }
  std::filesystem::path fetched() const {
    try {
      return fetchIfMissing(name_, makeProgress_);
    } catch (const Error& error) {
      // If there is such a model, no folder was meant.
      const CachedRepository repository(hubCacheFolder(), name_.repository);
      if (isThere(repository.folder())) throw;
      failForBoth(text_, error);
    }
  }

  std::string text_;
  HubName name_;
  MakeProgress makeProgress_;
  mutable std::mutex fetching_;
  mutable std::shared_ptr<const ModelFiles> files_;
  mutable std::string commit_;
};

}  // namespace

std::shared_ptr<const ModelFiles> openNamedModel(const std::string& text,
                                                 const MakeProgress& makeProgress) {
  std::error_code unreadable;
  if (std::filesystem::exists(text, unreadable) || !looksLikeHubName(text)) return openModel(text);
  try {
    return std::make_shared<const HubModel>(text, parseHubName(text), makeProgress);
  } catch (const Error& error) {
    failForBoth(text, error);
  }
}

}  // namespace canvass
