#include "hub_download/certificates.h"

#include <cstdlib>
#include <filesystem>

namespace canvass {

std::string certificateFile() {
  for (const char* name : {"SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"}) {
    const char* const file = std::getenv(name);
    if (file != nullptr && *file != '\0') return file;
  }
  std::error_code missing;
  for (const char* file : {"/etc/ssl/certs/ca-certificates.crt",  // Debian, Arch
                           "/etc/pki/tls/certs/ca-bundle.crt",    // Fedora
                           "/etc/ssl/ca-bundle.pem",              // openSUSE
                           "/etc/ssl/cert.pem"}) {                // Alpine
    if (std::filesystem::exists(file, missing)) return file;
  }
  return "";
}

}  // namespace canvass
