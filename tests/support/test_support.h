#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "base/temporary_folder.h"

namespace canvass::test {

// The checkout, and the folder of real survey data that developers have beside it.
std::filesystem::path sourceFolder();
std::filesystem::path sharedDataFolder();
// A real encoder, where scripts/test.sh could bring it: sentence-transformers/all-MiniLM-L6-v2.
std::filesystem::path miniLmFolder();
// A file that scripts/fetch_models.sh brings, whether or not it is there.
std::filesystem::path fetchedModel(const std::string& file);

// A folder of the test's own, removed with the object.
class TemporaryFolder : public canvass::TemporaryFolder {
 public:
  // Writes a file into the folder and returns its path.
  std::filesystem::path write(std::string_view name, std::string_view content) const;
};

// The message of the canvass::Error that `action` throws; empty (and a test failure) where it
// throws none.
std::string errorOf(const std::function<void()>& action);

}  // namespace canvass::test

// Skips the test, with a message, where the real survey data is not beside the checkout.
#define CANVASS_NEEDS_SHARED_DATA()                                \
  if (!std::filesystem::exists(canvass::test::sharedDataFolder())) \
  GTEST_SKIP() << "real survey data is not at " << canvass::test::sharedDataFolder()
