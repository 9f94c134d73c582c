#pragma once

#include <cstdint>
#include <string>

#include "hub/hub_listing.h"
#include "hub/hub_name.h"
#include "hub_download/http_client.h"

namespace canvass {

// One of its files, and what it is checked by.
struct RemoteFile {
  std::string name;
  std::string url;
  std::string etag;  // isContentSum()
  std::uint64_t size = 0;
};

// A model's repository on the hub, as its protocol shows it. What the server says is not trusted:
// both functions throw Error for what would lead out of the cache.
class RemoteRepository {
 public:
  // `endpoint`: "https://huggingface.co".
  RemoteRepository(HttpClient& client, std::string endpoint, HubName name);

  // Throws Error if there is no such model or revision, or it may not be read.
  HubListing list() const;
  RemoteFile describe(const std::string& commit, const std::string& file) const;

 private:
  void requireGood(const Answer& answer, const std::string& file) const;

  HttpClient& client_;
  std::string endpoint_;
  HubName name_;
};

}  // namespace canvass
