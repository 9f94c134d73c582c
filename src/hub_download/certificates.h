#pragma once

#include <string>

namespace canvass {

// The file of certificates that servers are checked against: the one that SSL_CERT_FILE,
// CURL_CA_BUNDLE or REQUESTS_CA_BUNDLE names, else that of this system; empty for libcurl's own.
// The library may have been built on another kind of Linux, which has the file elsewhere.
std::string certificateFile();

}  // namespace canvass
