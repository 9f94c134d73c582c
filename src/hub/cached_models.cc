#include "hub/cached_models.h"

#include <algorithm>

#include "hub/files_on_disk.h"
#include "hub/model_parts.h"

namespace canvass {
namespace {

using Paths = std::vector<std::filesystem::path>;

std::uintmax_t sizeOfFiles(const Paths& files) {
  std::uintmax_t sum = 0;
  for (const auto& file : files) sum += sizeOfFile(file);
  return sum;
}

// Empty if it is all there.
std::string whatIsMissing(const std::filesystem::path& folder, const HubName& name) {
  const auto part = missingPart(folder, name);
  return part ? *part + " is missing" : "";
}

bool isGguf(const std::filesystem::path& file) { return file.extension() == ".gguf"; }

// Whether the folder is meant to hold a model in Hugging Face's form.
bool holdsConfig(const Paths& files, const std::filesystem::path& folder) {
  return std::ranges::any_of(files, [&](const auto& file) {
    return file == folder / "config.json" || file == folder / "adapter_config.json";
  });
}

// The GGUF models among these files of a folder, each with all its parts.
std::vector<CachedModel> ggufModels(const Paths& files, const std::filesystem::path& folder) {
  std::vector<CachedModel> models;
  for (const auto& file : files) {
    const std::string name = file.lexically_relative(folder).string();
    if (!isFirstGgufPart(name)) continue;
    CachedModel model;
    model.name = name;
    model.path = file;
    for (const std::string& part : ggufParts(name)) model.bytes += sizeOfFile(folder / part);
    model.unfinished = whatIsMissing(folder, {"", "", name});
    models.push_back(model);
  }
  return models;
}

// What of the commit's files is a model: the folder, and each GGUF file.
std::vector<CachedModel> modelsOf(const CachedRepository& repository, const std::string& commit) {
  const auto snapshot = repository.snapshot(commit);
  const Paths files = filesBelow(snapshot);
  const auto revisions = repository.revisionsAt(commit);
  HubName name;
  name.repository = repository.repository();
  if (std::ranges::find(revisions, name.revision) == revisions.end()) {
    name.revision = revisions.empty() ? commit : revisions.front();
  }
  std::vector<CachedModel> models = ggufModels(files, snapshot);
  for (CachedModel& model : models) {
    name.file = model.name;
    model.name = hubNameText(name);
  }
  name.file.clear();
  if (models.empty() || holdsConfig(files, snapshot)) {
    CachedModel model;
    model.name = hubNameText(name);
    model.path = snapshot;
    Paths own = files;
    std::erase_if(own, isGguf);
    model.bytes = sizeOfFiles(own);
    model.unfinished = whatIsMissing(snapshot, name);
    models.insert(models.begin(), model);
  }
  for (CachedModel& model : models) {
    model.repository = repository.repository();
    model.revisions = revisions;
    model.commit = commit;
  }
  return models;
}

CachedModel unfinishedDownload(const CachedRepository& repository) {
  CachedModel model;
  model.name = model.repository = repository.repository();
  model.path = repository.folder();
  model.bytes = sizeOfFiles(filesBelow(repository.folder() / "blobs"));
  model.unfinished = "its download has not ended";
  return model;
}

void append(std::vector<CachedModel>& models, const std::vector<CachedModel>& more) {
  models.insert(models.end(), more.begin(), more.end());
}

}  // namespace

std::vector<CachedModel> modelsIn(const std::filesystem::path& cache) {
  std::vector<CachedModel> models;
  for (const CachedRepository& repository : cachedRepositories(cache)) {
    const Paths snapshots = entriesOf(repository.snapshots());
    if (snapshots.empty()) models.push_back(unfinishedDownload(repository));
    for (const auto& snapshot : snapshots) {
      append(models, modelsOf(repository, snapshot.filename().string()));
    }
  }
  return models;
}

std::vector<CachedModel> modelsInFolder(const std::filesystem::path& folder) {
  const Paths entries = entriesOf(folder);
  std::vector<CachedModel> models = ggufModels(entries, folder);
  for (CachedModel& model : models) model.name = model.path.string();
  for (const auto& entry : entries) {
    const Paths files = entriesOf(entry);
    if (!holdsConfig(files, entry)) continue;
    CachedModel model;
    model.name = entry.string();
    model.path = entry;
    model.bytes = sizeOfFiles(files);
    model.unfinished = whatIsMissing(entry, {});
    models.push_back(model);
  }
  std::ranges::sort(models, {}, &CachedModel::name);
  return models;
}

}  // namespace canvass
