#pragma once

#include <string>

#include "support/test_support.h"

namespace canvass::test {

// The variables of the environment that canvass reads for the hub, set for a test: a cache of its
// own, no token, no proxy between here and a server on this computer.
class HubEnvironment {
 public:
  HubEnvironment();

  void set(const char* name, const std::string& value) const;
  std::filesystem::path cache() const { return folder_.path() / "hub"; }
  // The folder of org/tiny, and a file in it by its path there; all files in it, links apart.
  std::filesystem::path model() const { return cache() / "models--org--tiny"; }
  std::vector<std::string> blobs() const;
  std::filesystem::path folder() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
};

}  // namespace canvass::test
