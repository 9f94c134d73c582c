#pragma once

#include <memory>
#include <string>

#include "model_files/model_files.h"

namespace canvass {

// The model in the GGUF file `name`, or in this and those that it is continued in
// ("-00001-of-00003.gguf"), next to one another in `folder`. Nothing is read yet.
std::shared_ptr<const ModelFiles> openGguf(std::shared_ptr<const ModelFiles> folder,
                                           const std::string& name);

}  // namespace canvass
