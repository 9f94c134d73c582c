#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

struct evp_md_ctx_st;

namespace canvass {

// A sum over bytes that come piece by piece: two that differ have, for all purposes, other sums.
class Digest {
 public:
  enum class Kind { sha256, sha1 };

  // Throws Error if this build of OpenSSL does not have it.
  explicit Digest(Kind kind);

  void add(std::span<const std::byte> bytes);
  // In lower case. Nothing can be added afterwards.
  std::string hexadecimal();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

}  // namespace canvass
