#pragma once

#include <string>
#include <vector>

namespace canvass {

// What a repository holds at one commit.
struct HubListing {
  std::string commit;              // isCommit()
  std::vector<std::string> files;  // isPlainRelativePath()
};

// Reads the JSON with which the hub describes a model. What it says is not trusted: throws Error at
// `where` for what is missing, and for names of files that would lead out of the cache.
HubListing parseHubListing(const std::string& text, const std::string& where);

}  // namespace canvass
