#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "hub/hub_cache.h"

namespace canvass {

// A model that is on this computer: a folder, or a GGUF file.
struct CachedModel {
  std::string name;                    // as --model takes it: "org/name:file.gguf", or a path
  std::string repository;              // "org/name"; empty if it is not from the hub
  std::vector<std::string> revisions;  // branches and tags
  std::string commit;                  // empty if it is not from the hub
  std::filesystem::path path;          // as openModel() takes it
  std::uintmax_t bytes = 0;            // on disk, of the files that links lead to
  std::string unfinished;              // "config.json is missing"; empty if it is all there
};

// What Hugging Face's cache holds, one entry for each model and commit, in alphabetical order. A
// folder that holds none yet is an entry too: a download that did not come to its end. What is
// damaged is left for whoever opens it.
std::vector<CachedModel> modelsIn(const std::filesystem::path& cache);

// Folders and GGUF files next to one another, such as those of scripts/fetch_models.sh.
std::vector<CachedModel> modelsInFolder(const std::filesystem::path& folder);

}  // namespace canvass
