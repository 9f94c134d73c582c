#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/progress.h"
#include "model_files/model_files.h"

namespace canvass {

using MakeProgress = std::function<std::unique_ptr<Progress>()>;

// The model that a user names: the path of a folder or a GGUF file, or, if there is none and it
// looks like one, a name on the Hugging Face hub (HubName). Nothing is read or downloaded yet: a
// model that is not in the cache is downloaded when a file of it is first needed, which is reported
// to what `makeProgress` returns. Messages and records call it what the user called it. Throws
// Error if the text is neither a path nor a name; what is wrong with a model is thrown when it is
// needed.
std::shared_ptr<const ModelFiles> openNamedModel(const std::string& text,
                                                 const MakeProgress& makeProgress);

}  // namespace canvass
