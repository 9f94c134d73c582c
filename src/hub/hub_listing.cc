#include "hub/hub_listing.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/json.h"
#include "hub/hub_cache.h"

namespace canvass {

HubListing parseHubListing(const std::string& text, const std::string& where) {
  if (!text.starts_with('{')) {
    throw Error("the answer is not that of a Hugging Face hub", where,
                "check HF_ENDPOINT, and whether the network wants a login first");
  }
  const Json json = parseJson(text, where);
  HubListing listing{requireKey<std::string>(json, "sha", where), {}};
  if (!isCommit(listing.commit)) throw Error("\"sha\" is not a commit", where);
  const auto siblings = json.find("siblings");
  if (siblings == json.end() || !siblings->is_array()) {
    throw Error("the key \"siblings\" is missing", where);
  }
  for (const Json& sibling : *siblings) {
    const auto file = requireKey<std::string>(sibling, "rfilename", where);
    if (!isPlainRelativePath(file)) {
      throw Error(fmt::format("the server lists a file \"{}\", which would be written outside of "
                              "the cache",
                              file),
                  where, "do not trust this server");
    }
    listing.files.push_back(file);
  }
  return listing;
}

}  // namespace canvass
