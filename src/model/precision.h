#pragma once

namespace canvass {

// The element type of the big matrix products. The residual stream, norms, softmax and everything
// that is trained stay fp32.
enum class Precision { float32, bfloat16 };

}  // namespace canvass
