#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "hub/hub_name.h"

namespace canvass {

// One model's part of the cache that Hugging Face's own tools keep too, so that each finds what
// the other brought:
//   models--org--name/blobs/ETAG                    the files, by their sums
//   models--org--name/snapshots/COMMIT/FILE         links to them, by their names
//   models--org--name/refs/REVISION                 the commit that a branch or tag was at
//   .locks/models--org--name/ETAG.lock              held by whoever is downloading the file
class CachedRepository {
 public:
  CachedRepository(std::filesystem::path cache, std::string repository);

  const std::string& repository() const { return repository_; }
  std::filesystem::path folder() const;
  std::filesystem::path blob(const std::string& etag) const;
  // What has been downloaded of a blob that is not whole yet.
  std::filesystem::path incompleteBlob(const std::string& etag) const;
  std::filesystem::path lock(const std::string& etag) const;
  std::filesystem::path snapshots() const;
  std::filesystem::path snapshot(const std::string& commit) const;
  std::filesystem::path reference(const std::string& revision) const;

  // The commit of a revision, which may be one itself; nothing if the cache does not know.
  std::optional<std::string> commitOf(const std::string& revision) const;
  // Branches and tags that are at this commit, in alphabetical order.
  std::vector<std::string> revisionsAt(const std::string& commit) const;

 private:
  std::filesystem::path cache_;
  std::string repository_;
};

// The repositories in the cache, in alphabetical order. None if there is no cache.
std::vector<CachedRepository> cachedRepositories(const std::filesystem::path& cache);

// 40 hexadecimal digits in lower case.
bool isCommit(const std::string& text);

// Where a model is in the cache: its folder, or its GGUF file, as openModel() takes it. Nothing if
// it is not there, or only a part of it.
std::optional<std::filesystem::path> locate(const HubName& name,
                                            const std::filesystem::path& cache);

}  // namespace canvass
