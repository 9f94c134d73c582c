#pragma once

#include <filesystem>
#include <string>

namespace canvass {

// Settings for the Hugging Face hub, from the variables of the environment that its own tools
// read. Paths may begin with "~/".

// HF_HUB_CACHE, else "hub" in the folder below.
std::filesystem::path hubCacheFolder();

// HF_HOME, else "huggingface" in XDG_CACHE_HOME or ~/.cache.
std::filesystem::path hubHomeFolder();

// HF_ENDPOINT without a slash at its end, else https://huggingface.co.
std::string hubEndpoint();

// HF_HUB_OFFLINE: true, yes, on or 1.
bool hubIsOffline();

// HF_TOKEN, else what the file HF_TOKEN_PATH, or "token" in HF_HOME, holds; empty if there is none.
// Throws Error if it cannot be a token.
std::string hubToken();

// HF_HUB_DOWNLOAD_TIMEOUT, in seconds: how long a server may send nothing before the connection is
// given up.
long hubStallSeconds();

// CANVASS_MODELS, else canvass/models in XDG_CACHE_HOME or ~/.cache: where
// scripts/fetch_models.sh puts models, which are not from the hub.
std::filesystem::path fetchedModelsFolder();

}  // namespace canvass
