#include "base/temporary_folder.h"

#include <cstdlib>
#include <string>
#include <system_error>

#include "base/error.h"

namespace canvass {

TemporaryFolder::TemporaryFolder() {
  std::error_code none;
  std::filesystem::path parent = std::filesystem::temp_directory_path(none);
  if (none) parent = "/tmp";
  std::string name = (parent / "canvass-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr)
    throw Error("cannot make this folder", name, "set TMPDIR to a folder that you can write to");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace canvass
