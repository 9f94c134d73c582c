// PackedProduct by oneDNN's matrix products, called directly.
#include <torch/version.h>
#if TORCH_VERSION_MAJOR < 2
#include <torch/torch.h>

#include <dnnl.hpp>
#include <map>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "base/error.h"
#include "nn/packed_product.h"

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

// The rows for which the order of a packed weight is chosen; other numbers use the same order.
constexpr std::int64_t typicalRows = 512;

// One direction of a product: rows [n, inner] x a packed [inner, outer].
class OneWay {
 public:
  // `plain`: contiguous [outer, inner], or [inner, outer] where `transposed`.
  OneWay(const at::Tensor& plain, bool transposed, const at::Tensor& bias)
      : type_(plain.scalar_type()),
        inner_(plain.size(transposed ? 0 : 1)),
        outer_(plain.size(transposed ? 1 : 0)),
        bias_(bias.defined() ? bias.to(at::kFloat).contiguous() : bias),
        order_(describe(typicalRows, anyOrder()).weights_desc()),
        packed_(order_, processor()) {
    const memory::desc given({inner_, outer_}, dataType(type_),
                             transposed ? memory::format_tag::ab : memory::format_tag::ba);
    memory source(given, processor(), plain.data_ptr());
    reorder(source, packed_);
  }

  at::Tensor multiply(const at::Tensor& rows) const {
    at::Tensor out = at::empty({rows.size(0), outer_}, rows.options());
    const Shape& shape = shapeFor(rows.size(0));
    const at::Tensor scratch =
        at::empty({static_cast<std::int64_t>(shape.scratch.get_size())}, at::kByte);
    std::unordered_map<int, memory> arguments = {
        {DNNL_ARG_SRC, memory(shape.rows, processor(), rows.data_ptr())},
        {DNNL_ARG_WEIGHTS, packed_},
        {DNNL_ARG_DST, memory(shape.out, processor(), out.data_ptr())},
        {DNNL_ARG_SCRATCHPAD, memory(shape.scratch, processor(), scratch.data_ptr())}};
    if (bias_.defined()) {
      arguments.emplace(DNNL_ARG_BIAS, memory(biasOrder(), processor(), bias_.data_ptr()));
    }
    dnnl::stream stream(processor());
    shape.product.execute(stream, arguments);
    stream.wait();
    return out;
  }

  // The weight in plain order again: [inner, outer].
  at::Tensor unpacked() const {
    at::Tensor plain = at::empty({inner_, outer_}, type_);
    memory target({{inner_, outer_}, dataType(type_), memory::format_tag::ab}, processor(),
                  plain.data_ptr());
    memory source = packed_;
    reorder(source, target);
    return plain;
  }

  std::size_t bytes() const { return order_.get_size(); }

 private:
  struct Shape {
    memory::desc rows, out, scratch;
    dnnl::matmul product;
  };

  memory::desc anyOrder() const {
    return {{inner_, outer_}, dataType(type_), memory::format_tag::any};
  }
  memory::desc biasOrder() const {
    return {{1, outer_}, memory::data_type::f32, memory::format_tag::ab};
  }
  memory::desc matrix(std::int64_t rows, std::int64_t columns) const {
    return {{rows, columns}, dataType(type_), memory::format_tag::ab};
  }

  dnnl::matmul::primitive_desc describe(std::int64_t rows, const memory::desc& weights) const {
    const auto from = matrix(rows, inner_);
    const auto to = matrix(rows, outer_);
    // oneDNN's own scratch memory belongs to the thread that prepared the product.
    dnnl::primitive_attr attributes;
    attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    if (!bias_.defined()) return {dnnl::matmul::desc(from, weights, to), attributes, processor()};
    return {dnnl::matmul::desc(from, weights, biasOrder(), to), attributes, processor()};
  }

  static void reorder(memory& from, memory& to) {
    dnnl::stream stream(processor());
    dnnl::reorder(from, to).execute(stream, from, to);
    stream.wait();
  }

  // Preparing a product takes up to 2 ms: each number of rows is prepared once for each number of
  // threads that divide it.
  const Shape& shapeFor(std::int64_t rows) const {
    const std::pair key(rows, at::get_num_threads());
    const std::lock_guard lock(mutex_);
    const auto found = shapes_.find(key);
    if (found != shapes_.end()) return found->second;
    const auto described = describe(rows, order_);
    return shapes_
        .emplace(key, Shape{matrix(rows, inner_), matrix(rows, outer_), described.scratchpad_desc(),
                            dnnl::matmul(described)})
        .first->second;
  }

  at::ScalarType type_;
  std::int64_t inner_;
  std::int64_t outer_;
  at::Tensor bias_;
  memory::desc order_;
  memory packed_;
  mutable std::mutex mutex_;
  mutable std::map<std::pair<std::int64_t, int>, Shape> shapes_;
};

}  // namespace

struct PackedProduct::Implementation {
  Implementation(const at::Tensor& weight, const at::Tensor& bias) : forward(weight, false, bias) {}

  const OneWay& backward() {
    std::call_once(made, [this] {
      transposed =
          std::make_unique<OneWay>(forward.unpacked().t().contiguous(), true, at::Tensor());
    });
    return *transposed;
  }

  OneWay forward;
  std::once_flag made;
  std::unique_ptr<OneWay> transposed;
};

PackedProduct::PackedProduct(const at::Tensor& weight, const at::Tensor& bias)
    : implementation_(std::make_unique<Implementation>(weight.contiguous(), bias)) {}
PackedProduct::~PackedProduct() = default;
PackedProduct::PackedProduct(PackedProduct&&) noexcept = default;

at::Tensor PackedProduct::forward(const at::Tensor& rows) const {
  return implementation_->forward.multiply(rows.contiguous());
}

at::Tensor PackedProduct::backward(const at::Tensor& gradient) const {
  return implementation_->backward().multiply(gradient.contiguous());
}

std::size_t PackedProduct::bytes() const {
  const auto& transposed = implementation_->transposed;
  return implementation_->forward.bytes() + (transposed ? transposed->bytes() : 0);
}

}  // namespace canvass
#endif
