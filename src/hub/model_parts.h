#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "hub/hub_name.h"

namespace canvass {

// Which files of a repository a model needs.

inline constexpr const char* weightIndexFile = "model.safetensors.index.json";

// Of the files that a repository has, those that the model needs, weights in shards apart (see
// shardsIn). Copies in other formats and in folders are left out. Throws Error if the repository
// holds nothing that canvass can read as this model, naming what it holds instead.
std::vector<std::string> neededFiles(const std::vector<std::string>& files, const HubName& name);

// The shards that the text of an index names, in alphabetical order. Throws Error at `where` if it
// is not an index.
std::vector<std::string> shardsIn(const std::string& index, const std::string& where);

// What of a model in this folder is missing, so that it cannot be used: "config.json". Nothing if
// it is all there.
std::optional<std::string> missingPart(const std::filesystem::path& folder, const HubName& name);

// The parts of the GGUF file that this one belongs to: "a-00001-of-00002.gguf" and
// "a-00002-of-00002.gguf"; of a whole file, this alone, as of a name that speaks of more than
// 10,000.
std::vector<std::string> ggufParts(const std::string& file);
// Whether it is a GGUF file and the first of its parts.
bool isFirstGgufPart(const std::string& file);

}  // namespace canvass
