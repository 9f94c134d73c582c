#include <torch/version.h>
#if TORCH_VERSION_MAJOR < 2
#include <ATen/ATen.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/error.h"
#include "nn/onednn_product.h"

namespace canvass {
namespace {

using dnnl::memory;

dnnl::engine& processor() {
  static dnnl::engine engine(dnnl::engine::kind::cpu, 0);
  return engine;
}

memory::data_type dataType(at::ScalarType type) {
  if (type == at::kFloat) return memory::data_type::f32;
  if (type == at::kBFloat16) return memory::data_type::bf16;
  throw Error(std::string("weights of type ") + at::toString(type) + " cannot be packed");
}

memory::desc matrix(std::int64_t rows, std::int64_t columns, at::ScalarType type,
                    memory::format_tag order = memory::format_tag::ab) {
  return {{rows, columns}, dataType(type), order};
}

// Numbers from one row of a plain weight to the next: an odd number of lines of the cache, so that
// rows do not share a few of its sets and drive each other out. In rows of 8 kB, a product with few
// rows would run at half the speed.
std::int64_t rowStride(std::int64_t columns, at::ScalarType type) {
  const auto line = static_cast<std::int64_t>(64 / c10::elementSize(type));
  return ((columns + line - 1) / line | 1) * line;
}

memory::desc spreadMatrix(std::int64_t rows, std::int64_t columns, at::ScalarType type) {
  return {{rows, columns}, dataType(type), memory::dims{rowStride(columns, type), 1}};
}

// The transpose of a spread matrix [columns, rows].
memory::desc spreadTranspose(std::int64_t rows, std::int64_t columns, at::ScalarType type) {
  return {{rows, columns}, dataType(type), memory::dims{1, rowStride(rows, type)}};
}

void reorder(memory& from, memory& to) {
  dnnl::stream stream(processor());
  dnnl::reorder(from, to).execute(stream, from, to);
  stream.wait();
}

// The rows for which the order of a packed weight is chosen; other numbers use the same order.
constexpr std::int64_t typicalRows = 512;

}  // namespace

class OneDnnShape {
 public:
  struct Sizes {
    std::int64_t inner;
    std::int64_t outer;
    bool bias;
    at::ScalarType type;
    bool turned = false;  // the weight is the transpose of another's spread matrix

    bool operator==(const Sizes&) const = default;
  };
  struct Prepared {
    memory::desc rows, out, scratch;
    dnnl::matmul product;
  };

  explicit OneDnnShape(const Sizes& sizes)
      : sizes_(sizes), order_(sizes.turned ? turnedOrder() : fastestOrder()) {}

  // The shared one for these sizes: a model has few sizes, in many layers.
  static std::shared_ptr<OneDnnShape> shared(const Sizes& sizes) {
    static std::mutex mutex;
    static std::vector<std::shared_ptr<OneDnnShape>> known;
    const std::lock_guard lock(mutex);
    const auto found = std::find_if(known.begin(), known.end(),
                                    [&](const auto& shape) { return shape->sizes_ == sizes; });
    if (found != known.end()) return *found;
    return known.emplace_back(std::make_shared<OneDnnShape>(sizes));
  }

  const Sizes& sizes() const { return sizes_; }
  const memory::desc& order() const { return order_; }
  bool isPlain() const { return order_ == spreadMatrix(sizes_.inner, sizes_.outer, sizes_.type); }
  memory::desc biasOrder() const { return matrix(1, sizes_.outer, at::kFloat); }

  // Preparing a product takes up to 2 ms: each number of rows is prepared once for each number of
  // threads that divide it.
  const Prepared& preparedFor(std::int64_t rows) {
    const std::pair key(rows, at::get_num_threads());
    const std::lock_guard lock(mutex_);
    const auto found = prepared_.find(key);
    if (found != prepared_.end()) return found->second;
    const auto described = describe(rows, order_);
    return prepared_
        .emplace(key, Prepared{described.src_desc(), described.dst_desc(),
                               described.scratchpad_desc(), dnnl::matmul(described)})
        .first->second;
  }

 private:
  memory::desc turnedOrder() const {
    return spreadTranspose(sizes_.inner, sizes_.outer, sizes_.type);
  }
  // Of the weight: what oneDNN chooses, spread if that is plain, as in fp32 without AVX-512.
  memory::desc fastestOrder() const {
    const auto any = matrix(sizes_.inner, sizes_.outer, sizes_.type, memory::format_tag::any);
    const memory::desc chosen = describe(typicalRows, any).weights_desc();
    const bool plain = chosen == matrix(sizes_.inner, sizes_.outer, sizes_.type);
    return plain ? spreadMatrix(sizes_.inner, sizes_.outer, sizes_.type) : chosen;
  }
  dnnl::matmul::primitive_desc describe(std::int64_t rows, const memory::desc& weights) const {
    const auto from = matrix(rows, sizes_.inner, sizes_.type);
    const auto to = matrix(rows, sizes_.outer, sizes_.type);
    // oneDNN's own scratch memory belongs to the thread that prepared the product.
    dnnl::primitive_attr attributes;
    attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    if (!sizes_.bias) return {dnnl::matmul::desc(from, weights, to), attributes, processor()};
    return {dnnl::matmul::desc(from, weights, biasOrder(), to), attributes, processor()};
  }

  Sizes sizes_;
  memory::desc order_;
  std::mutex mutex_;
  std::map<std::pair<std::int64_t, int>, Prepared> prepared_;
};

OneDnnProduct::OneDnnProduct(const at::Tensor& plain, bool transposed, const at::Tensor& bias)
    : bias_(bias.defined() ? bias.to(at::kFloat).contiguous() : bias) {
  const std::int64_t inner = plain.size(transposed ? 0 : 1);
  const std::int64_t outer = plain.size(transposed ? 1 : 0);
  shape_ = OneDnnShape::shared({inner, outer, bias.defined(), plain.scalar_type()});
  packed_ = memory(shape_->order(), processor());
  const auto given = matrix(inner, outer, plain.scalar_type(),
                            transposed ? memory::format_tag::ab : memory::format_tag::ba);
  memory source(given, processor(), plain.data_ptr());
  reorder(source, packed_);
}

OneDnnProduct::OneDnnProduct(std::shared_ptr<OneDnnShape> shape, void* memoryOfAnother)
    : shape_(std::move(shape)),
      packed_(shape_->order(), processor(), memoryOfAnother),
      ownsMemory_(false) {}

OneDnnProduct OneDnnProduct::transposeOf(const OneDnnProduct& product) {
  const OneDnnShape::Sizes& sizes = product.shape_->sizes();
  if (!product.shape_->isPlain()) {
    return {product.unpacked().t().contiguous(), true, at::Tensor()};
  }
  return {OneDnnShape::shared({sizes.outer, sizes.inner, false, sizes.type, true}),
          product.packed_.get_data_handle()};
}

at::Tensor OneDnnProduct::multiply(const at::Tensor& rows) const {
  const OneDnnShape::Sizes& sizes = shape_->sizes();
  at::Tensor out = at::empty({rows.size(0), sizes.outer}, rows.options());
  const OneDnnShape::Prepared& prepared = shape_->preparedFor(rows.size(0));
  const at::Tensor scratch =
      at::empty({static_cast<std::int64_t>(prepared.scratch.get_size())}, at::kByte);
  std::unordered_map<int, memory> arguments = {
      {DNNL_ARG_SRC, memory(prepared.rows, processor(), rows.data_ptr())},
      {DNNL_ARG_WEIGHTS, packed_},
      {DNNL_ARG_DST, memory(prepared.out, processor(), out.data_ptr())},
      {DNNL_ARG_SCRATCHPAD, memory(prepared.scratch, processor(), scratch.data_ptr())}};
  if (bias_.defined()) {
    arguments.emplace(DNNL_ARG_BIAS, memory(shape_->biasOrder(), processor(), bias_.data_ptr()));
  }
  dnnl::stream stream(processor());
  prepared.product.execute(stream, arguments);
  stream.wait();
  return out;
}

at::Tensor OneDnnProduct::unpacked() const {
  const OneDnnShape::Sizes& sizes = shape_->sizes();
  at::Tensor plain = at::empty({sizes.inner, sizes.outer}, sizes.type);
  memory target(matrix(sizes.inner, sizes.outer, sizes.type), processor(), plain.data_ptr());
  memory source = packed_;
  reorder(source, target);
  return plain;
}

std::size_t OneDnnProduct::bytes() const { return ownsMemory_ ? shape_->order().get_size() : 0; }

}  // namespace canvass
#endif
