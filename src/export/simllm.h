#pragma once

#include "export/export.h"

namespace canvass {

// The JSON list of records that importSimllm reads (import/simllm/simllm.h), shares in percent. It
// holds populations whose phrase is "someone from X" (in Chinese "来自X的人"), each X once; items
// of others, and items without a distribution, are left out by name. Throws Error for a survey in a
// language other than English or Chinese, and if no item is left.
ExportResult exportSimllm(const Survey& survey);

}  // namespace canvass
