#include "hub/hub_cache.h"

#include <algorithm>

#include "base/error.h"
#include "base/file.h"
#include "hub/content_sum.h"
#include "hub/files_on_disk.h"
#include "hub/model_parts.h"

namespace canvass {
namespace {

constexpr const char* modelPrefix = "models--";
constexpr std::size_t maxReferenceBytes = 100;  // a commit and a line break

// "org/name" as the cache names its folder.
std::string folderName(const std::string& repository) {
  std::string name = repository;
  name.replace(name.find('/'), 1, "--");
  return modelPrefix + name;
}

// "org/name" of such a folder; nothing if it is something else.
std::optional<std::string> repositoryOf(const std::string& folder) {
  if (!folder.starts_with(modelPrefix)) return std::nullopt;
  std::string name = folder.substr(std::string_view(modelPrefix).size());
  const auto between = name.find("--");
  if (between == std::string::npos) return std::nullopt;
  name.replace(between, 2, "/");
  return name;
}

// Nothing if the file cannot be read or holds something else.
std::optional<std::string> commitIn(const std::filesystem::path& file) {
  try {
    std::string text = fileBeginning(file, maxReferenceBytes);
    while (text.ends_with('\n')) text.pop_back();
    if (isCommit(text)) return text;
  } catch (const Error&) {
    // As if there were no such file: what is needed is then downloaded anew.
  }
  return std::nullopt;
}

}  // namespace

CachedRepository::CachedRepository(std::filesystem::path cache, std::string repository)
    : cache_(std::move(cache)), repository_(std::move(repository)) {}

std::filesystem::path CachedRepository::folder() const { return cache_ / folderName(repository_); }

std::filesystem::path CachedRepository::blob(const std::string& etag) const {
  return folder() / "blobs" / etag;
}

std::filesystem::path CachedRepository::incompleteBlob(const std::string& etag) const {
  return folder() / "blobs" / (etag + ".incomplete");
}

std::filesystem::path CachedRepository::lock(const std::string& etag) const {
  return cache_ / ".locks" / folderName(repository_) / (etag + ".lock");
}

std::filesystem::path CachedRepository::snapshots() const { return folder() / "snapshots"; }

std::filesystem::path CachedRepository::snapshot(const std::string& commit) const {
  return snapshots() / commit;
}

std::filesystem::path CachedRepository::reference(const std::string& revision) const {
  return folder() / "refs" / revision;
}

std::optional<std::string> CachedRepository::commitOf(const std::string& revision) const {
  if (isCommit(revision)) return revision;
  return commitIn(reference(revision));
}

std::vector<std::string> CachedRepository::revisionsAt(const std::string& commit) const {
  std::vector<std::string> revisions;
  const auto references = folder() / "refs";
  for (const auto& reference : filesBelow(references)) {
    if (commitIn(reference) != commit) continue;
    revisions.push_back(reference.lexically_relative(references).string());
  }
  std::ranges::sort(revisions);
  return revisions;
}

std::vector<CachedRepository> cachedRepositories(const std::filesystem::path& cache) {
  std::vector<std::string> names;
  std::error_code none;
  for (const auto& entry : entriesOf(cache)) {
    const auto name = repositoryOf(entry.filename().string());
    if (name && std::filesystem::is_directory(entry, none)) names.push_back(*name);
  }
  std::ranges::sort(names);
  std::vector<CachedRepository> repositories;
  for (const std::string& name : names) repositories.emplace_back(cache, name);
  return repositories;
}

bool isCommit(const std::string& text) { return text.size() == 40 && isHexadecimal(text); }

std::optional<std::filesystem::path> locate(const HubName& name,
                                            const std::filesystem::path& cache) {
  const CachedRepository repository(cache, name.repository);
  const auto commit = repository.commitOf(name.revision);
  if (!commit) return std::nullopt;
  const auto snapshot = repository.snapshot(*commit);
  if (missingPart(snapshot, name)) return std::nullopt;
  return name.file.empty() ? snapshot : snapshot / name.file;
}

}  // namespace canvass
