#include "cli/data_folder.h"

#include "base/error.h"

namespace canvass {

std::filesystem::path dataFolder() {
  for (const std::filesystem::path folder : {CANVASS_DATA_FOLDER, CANVASS_SOURCE_DATA_FOLDER}) {
    if (std::filesystem::exists(folder / "demo")) return folder;
  }
  throw Error("the data that comes with canvass is not there", CANVASS_DATA_FOLDER,
              "install canvass again");
}

}  // namespace canvass
