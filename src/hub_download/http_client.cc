#include "hub_download/http_client.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <exception>

#include "hub_download/certificates.h"
#include "hub_download/url.h"
#include "text/lines.h"

namespace canvass {
namespace {

constexpr int maxRedirects = 10;
constexpr long connectSeconds = 20;
constexpr long minBytesPerSecond = 1;
constexpr std::size_t maxTextBytes = std::size_t{64} << 20;  // of what is kept in memory
constexpr std::size_t maxHeaderBytes = std::size_t{1} << 18;
constexpr long tooManyRequests = 429;
constexpr long serverErrors = 500;

// One transfer while it goes on. Exceptions must not pass through libcurl: they wait here.
struct Transfer {
  CURL* curl = nullptr;
  Answer answer;
  const BodySink* sink = nullptr;
  std::size_t headerBytes = 0;
  std::exception_ptr failure;
};

std::size_t onHeader(char* bytes, std::size_t one, std::size_t count, void* context) {
  auto& transfer = *static_cast<Transfer*>(context);
  const std::string_view line(bytes, one * count);
  transfer.headerBytes += line.size();
  if (transfer.headerBytes > maxHeaderBytes) return 0;
  // An interim answer ("100 Continue") comes before the one that counts.
  if (line.starts_with("HTTP/")) transfer.answer.headers.clear();
  const auto colon = line.find(':');
  if (colon != std::string_view::npos) {
    transfer.answer.headers[asciiLowerCase(line.substr(0, colon))] =
        trimmed(line.substr(colon + 1), " \t\r\n");
  }
  return line.size();
}

std::size_t onBody(char* bytes, std::size_t one, std::size_t count, void* context) {
  auto& transfer = *static_cast<Transfer*>(context);
  const std::string_view piece(bytes, one * count);
  curl_easy_getinfo(transfer.curl, CURLINFO_RESPONSE_CODE, &transfer.answer.status);
  try {
    if (transfer.sink != nullptr && transfer.answer.isGood()) {
      (*transfer.sink)(transfer.answer, piece);
    } else if (transfer.answer.body.size() + piece.size() > maxTextBytes) {
      throw Error("the server's answer is too long");
    } else {
      transfer.answer.body += piece;
    }
    return piece.size();
  } catch (...) {
    transfer.failure = std::current_exception();
    return 0;
  }
}

bool isRedirect(long status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

// In seconds; a date instead of a number is not understood.
long waitAskedFor(const Answer& answer) {
  const std::string text = answer.header("retry-after");
  long seconds = -1;
  std::from_chars(text.data(), text.data() + text.size(), seconds);
  return seconds;
}

bool isConnecting(CURLcode code) {
  return code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_RESOLVE_PROXY ||
         code == CURLE_COULDNT_CONNECT;
}

bool isCertificate(CURLcode code) {
  return code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE ||
         code == CURLE_SSL_ISSUER_ERROR;
}

bool maySucceedLater(CURLcode code) {
  constexpr CURLcode passing[] = {
      CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING,  CURLE_RECV_ERROR,         CURLE_SEND_ERROR,
      CURLE_HTTP2,        CURLE_HTTP2_STREAM, CURLE_OPERATION_TIMEDOUT, CURLE_SSL_CONNECT_ERROR};
  return std::ranges::find(passing, code) != std::end(passing);
}

}  // namespace

std::string Answer::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

struct HttpClient::Request {
  std::string url;
  bool headOnly = false;
  std::uint64_t from = 0;
  const BodySink* sink = nullptr;
};

struct HttpClient::Handle {
  CURL* curl = curl_easy_init();
  curl_slist* headers = nullptr;
  char message[CURL_ERROR_SIZE] = "";

  void forgetHeaders() {
    curl_slist_free_all(headers);
    headers = nullptr;
  }
  void addHeader(const std::string& line) { headers = curl_slist_append(headers, line.c_str()); }
  template <typename Value>
  void set(CURLoption option, Value value) {
    curl_easy_setopt(curl, option, value);
  }
};

HttpClient::HttpClient(const std::string& endpoint, std::string token, long stallSeconds)
    : handle_(std::make_unique<Handle>()),
      endpoint_(originOf(endpoint)),
      token_(std::move(token)),
      stallSeconds_(stallSeconds) {
  if (handle_->curl == nullptr) throw Error("libcurl cannot be used");
  if (endpoint_.empty()) {
    throw Error("it is not an address that begins with https:// or http://", endpoint,
                "correct HF_ENDPOINT");
  }
}

HttpClient::~HttpClient() {
  handle_->forgetHeaders();
  curl_easy_cleanup(handle_->curl);
}

Answer HttpClient::head(const std::string& url) { return follow({.url = url, .headOnly = true}); }

Answer HttpClient::get(const std::string& url) { return follow({.url = url}); }

Answer HttpClient::get(const std::string& url, std::uint64_t from, const BodySink& sink) {
  return follow({.url = url, .from = from, .sink = &sink});
}

// Redirects are followed here rather than by libcurl, so that it is plain where the token goes.
Answer HttpClient::follow(Request request) {
  for (int redirects = 0; redirects <= maxRedirects; ++redirects) {
    Answer answer = perform(request);
    if (!isRedirect(answer.status)) return answer;
    const std::string next = redirected(request.url, answer.header("location"));
    if (next.empty()) {
      throw Error("the server redirects to something other than a safe address", request.url);
    }
    if (request.headOnly && originOf(next) != originOf(request.url)) return answer;
    request.url = next;
  }
  throw Error("the server redirects again and again", request.url);
}

Answer HttpClient::perform(const Request& request) {
  prepare(request);
  Transfer transfer;
  transfer.curl = handle_->curl;
  transfer.sink = request.sink;
  handle_->set(CURLOPT_HEADERDATA, &transfer);
  handle_->set(CURLOPT_WRITEDATA, &transfer);
  const CURLcode code = curl_easy_perform(handle_->curl);
  if (transfer.failure) std::rethrow_exception(transfer.failure);
  if (code != CURLE_OK) fail(code, request.url);
  reached_ = true;
  curl_easy_getinfo(handle_->curl, CURLINFO_RESPONSE_CODE, &transfer.answer.status);
  const long status = transfer.answer.status;
  if (status == tooManyRequests || status >= serverErrors) {
    throw PassingFailure{Error(status == tooManyRequests
                                   ? "the server answers that there are too many requests (429)"
                                   : fmt::format("the server is out of order (status {})", status),
                               request.url, "try again later"),
                         waitAskedFor(transfer.answer)};
  }
  return std::move(transfer.answer);
}

void HttpClient::prepare(const Request& request) {
  curl_easy_reset(handle_->curl);
  handle_->forgetHeaders();
  handle_->addHeader("Accept-Encoding: identity");  // sizes and ranges are those of the file
  if (!token_.empty() && originOf(request.url) == endpoint_) {
    handle_->addHeader("Authorization: Bearer " + token_);
  }
  handle_->message[0] = '\0';
  handle_->set(CURLOPT_ERRORBUFFER, handle_->message);
  handle_->set(CURLOPT_URL, request.url.c_str());
  handle_->set(CURLOPT_PROTOCOLS_STR, "http,https");
  handle_->set(CURLOPT_HTTPHEADER, handle_->headers);
  handle_->set(CURLOPT_USERAGENT, "canvass/" CANVASS_VERSION);
  handle_->set(CURLOPT_NOSIGNAL, 1L);
  handle_->set(CURLOPT_CONNECTTIMEOUT, connectSeconds);
  handle_->set(CURLOPT_LOW_SPEED_LIMIT, minBytesPerSecond);
  handle_->set(CURLOPT_LOW_SPEED_TIME, stallSeconds_);
  handle_->set(CURLOPT_HEADERFUNCTION, onHeader);
  handle_->set(CURLOPT_WRITEFUNCTION, onBody);
  if (request.headOnly) handle_->set(CURLOPT_NOBODY, 1L);
  if (request.from > 0) {
    handle_->set(CURLOPT_RANGE, fmt::format("{}-", request.from).c_str());
  }
  if (const std::string file = certificateFile(); !file.empty()) {
    handle_->set(CURLOPT_CAINFO, file.c_str());
  }
}

void HttpClient::fail(int code, const std::string& url) const {
  const auto fault = static_cast<CURLcode>(code);
  const std::string reason =
      *handle_->message != '\0' ? std::string(handle_->message) : curl_easy_strerror(fault);
  if (isCertificate(fault)) {
    throw Error(fmt::format("the server's certificate is not accepted: {}", reason), url,
                "name the file of certificates to check it against: SSL_CERT_FILE=FILE");
  }
  if (isConnecting(fault) || (fault == CURLE_OPERATION_TIMEDOUT && !reached_)) {
    Error error(fmt::format("the server cannot be reached: {}", reason), url,
                "check the network, or download the model elsewhere and give its folder");
    // Once it has been reached, the network may come back.
    if (reached_) throw PassingFailure{error};
    throw error;
  }
  Error error(fmt::format("the connection failed: {}", reason), url,
              "what was downloaded is kept: try again");
  if (maySucceedLater(fault)) throw PassingFailure{error};
  throw error;
}

}  // namespace canvass
