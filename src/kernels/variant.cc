// One variant of the kernels. Compiled several times: CANVASS_VARIANT names the namespace, and the
// compiler's options select the instruction set.
#include "kernels/attention_kernels.h"
#include "kernels/row_kernels.h"

namespace canvass::kernels::CANVASS_VARIANT {
namespace {

template <typename T>
constexpr ElementKernels<T> elementKernels = {
    normalizeRows<float, T>,
    normalizeRowsBackward<float, T>,
    normalizeRows<T, T>,
    normalizeRowsBackward<T, T>,
    {gateRows<Silu, T>, gateRowsBackward<Silu, T>},
    {gateRows<TanhGelu, T>, gateRowsBackward<TanhGelu, T>},
    dropoutRows<T>,
    addRows<T>,
    capRows<T>,
    rotateRows<T>,
    attend<T>,
    attendBackward<T>};

}  // namespace

extern const Kernels table;
const Kernels table = {CANVASS_VARIANT_NAME, elementKernels<float>, elementKernels<Bfloat16>};

}  // namespace canvass::kernels::CANVASS_VARIANT
