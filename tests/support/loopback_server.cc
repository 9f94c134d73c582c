#include "support/loopback_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace canvass::test {
namespace {

std::string headerOf(const std::map<std::string, std::string>& headers, const std::string& name) {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

// Up to the empty line after the headers; empty if the other side ends before.
std::string receiveHead(int connection) {
  std::string text;
  char byte = 0;
  while (!text.ends_with("\r\n\r\n")) {
    if (::recv(connection, &byte, 1, 0) != 1) return "";
    text += byte;
  }
  return text;
}

HttpRequest parseRequest(const std::string& head) {
  HttpRequest request;
  std::istringstream lines(head);
  std::string line;
  std::getline(lines, line);
  std::istringstream(line) >> request.method >> request.target;
  while (std::getline(lines, line) && line != "\r") {
    const auto colon = line.find(": ");
    std::string name = line.substr(0, colon);
    std::transform(name.begin(), name.end(), name.begin(), ::tolower);
    request.headers[name] = line.substr(colon + 2, line.size() - colon - 3);
  }
  return request;
}

bool sendAll(int connection, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string headOf(const HttpReply& reply) {
  std::string head = "HTTP/1.1 " + std::to_string(reply.status) + " Answer\r\n";
  for (const auto& [name, value] : reply.headers) head += name + ": " + value + "\r\n";
  if (!reply.headers.contains("Content-Length")) {
    head += "Content-Length: " + std::to_string(reply.body.size()) + "\r\n";
  }
  return head + "Connection: close\r\n\r\n";
}

}  // namespace

std::string HttpRequest::header(const std::string& name) const { return headerOf(headers, name); }

LoopbackServer::LoopbackServer(Answer answer) : answer_(std::move(answer)) {
  listening_ = Descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listening_.number(), generic, size) != 0 || ::listen(listening_.number(), 64) != 0 ||
      ::getsockname(listening_.number(), generic, &size) != 0) {
    throw std::runtime_error("no port to listen on");
  }
  port_ = ::ntohs(address.sin_port);
  accepting_ = std::thread([this] { acceptAll(); });
}

LoopbackServer::~LoopbackServer() {
  stopping_ = true;
  accepting_.join();
}

std::string LoopbackServer::address() const { return "http://127.0.0.1:" + std::to_string(port_); }

std::vector<HttpRequest> LoopbackServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void LoopbackServer::acceptAll() {
  while (!stopping_) {
    pollfd waiting{listening_.number(), POLLIN, 0};
    if (::poll(&waiting, 1, 20) <= 0) continue;
    const int connection = ::accept4(listening_.number(), nullptr, nullptr, SOCK_CLOEXEC);
    if (connection >= 0) connections_.emplace_back([this, connection] { serve(connection); });
  }
  for (std::thread& one : connections_) one.join();
}

void LoopbackServer::serve(int connection) {
  const Descriptor closing(connection);
  const std::string head = receiveHead(connection);
  if (head.empty()) return;
  const HttpRequest request = parseRequest(head);
  {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
  }
  const HttpReply reply = answer_(request);
  if (!sendAll(connection, headOf(reply)) || request.method == "HEAD") return;
  std::string_view rest = std::string_view(reply.body).substr(0, reply.cutAfter);
  while (!rest.empty() && !stopping_) {
    const std::string_view piece = rest.substr(0, reply.pieceBytes);
    if (!sendAll(connection, piece)) return;
    rest.remove_prefix(piece.size());
    std::this_thread::sleep_for(reply.pause);
  }
}

}  // namespace canvass::test
