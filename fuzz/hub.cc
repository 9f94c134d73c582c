#include <cstdlib>

#include "base/error.h"
#include "hub/hub_listing.h"
#include "hub/model_parts.h"
#include "parsers.h"

namespace canvass::fuzz {
namespace {

// Nothing that a server or a user writes may lead out of a folder of the cache.
void requireInside(const std::string& file) {
  const auto path = (std::filesystem::path("/cache") / file).lexically_normal();
  if (!path.string().starts_with("/cache/")) std::abort();
}

}  // namespace

// The name of a model, the hub's description of it, and the index of its weights.
void hub(std::string_view bytes) {
  const std::string text(bytes);
  const auto attempt = [](auto action) {
    try {
      action();
    } catch (const Error&) {
    }
  };
  attempt([&] {
    const HubName name = parseHubName(text);
    if (!(parseHubName(hubNameText(name)) == name)) std::abort();
    requireInside(name.revision);
    requireInside(name.repository);
    for (const std::string& part : ggufParts(name.file)) requireInside(part + "x");
  });
  attempt([&] {
    const HubListing listing = parseHubListing(text, "fuzz");
    for (const std::string& file : listing.files) requireInside(file);
    neededFiles(listing.files, {"org/name"});
  });
  attempt([&] {
    for (const std::string& shard : shardsIn(text, "fuzz")) requireInside(shard);
  });
}

}  // namespace canvass::fuzz
