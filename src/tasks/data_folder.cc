#include "tasks/data_folder.h"

#include "base/error.h"
#include "base/paths.h"

namespace canvass {

// PREFIX/share/canvass for a program anywhere below PREFIX: its bin, or a folder of its lib.
std::filesystem::path dataFolder() {
  auto folder = runningProgram().parent_path();
  for (; folder.has_relative_path(); folder = folder.parent_path()) {
    if (isThere(folder / CANVASS_DATA_PLACE / "demo")) {
      return folder / CANVASS_DATA_PLACE;
    }
  }
  if (isThere(std::filesystem::path(CANVASS_SOURCE_DATA_FOLDER) / "demo")) {
    return CANVASS_SOURCE_DATA_FOLDER;
  }
  throw Error("the data that comes with canvass is missing", CANVASS_SOURCE_DATA_FOLDER,
              "reinstall canvass");
}

}  // namespace canvass
