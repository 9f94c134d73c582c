#include "base/digest.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include "base/error.h"

namespace canvass {
namespace {

void requireDigest(int result) {
  if (result != 1) throw Error("SHA-256 and SHA-1 are not available in this build of OpenSSL");
}

}  // namespace

void Digest::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Digest::Digest(Kind kind) : context_(EVP_MD_CTX_new()) {
  const EVP_MD* const sum = kind == Kind::sha256 ? EVP_sha256() : EVP_sha1();
  requireDigest(EVP_DigestInit_ex(context_.get(), sum, nullptr));
}

void Digest::add(std::span<const std::byte> bytes) {
  requireDigest(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()));
}

std::string Digest::hexadecimal() {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  requireDigest(EVP_DigestFinal_ex(context_.get(), digest, &length));
  std::string text;
  for (unsigned int i = 0; i < length; ++i) text += fmt::format("{:02x}", digest[i]);
  return text;
}

}  // namespace canvass
