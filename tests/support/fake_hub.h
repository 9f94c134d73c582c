#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "support/loopback_server.h"

namespace canvass::test {

// What goes wrong with a hub.
struct HubFaults {
  int busyAnswers = 0;           // with status 429 before the first good one
  int cutAnswers = 0;            // of large files: the first ones are cut in the middle
  bool silentCut = false;        // the connection stays open after the cut, with nothing more
  bool movesSmallFiles = false;  // they are redirected to another path of the same server
  bool ignoresRanges = false;
  bool damagesLargeFiles = false;
  bool damagesSmallFiles = false;
  bool sendsTooMuch = false;
  std::string gate;   // the token that files are given for; empty: no gate
  std::string error;  // X-Error-Code of all answers but files', with errorStatus
  int errorStatus = 404;
  std::string etagOfLargeFiles;        // instead of their sum
  std::string redirect;                // where large files are redirected to, instead of the store
  std::chrono::milliseconds pause{0};  // between pieces of large files
};

// A hub with one model, org/tiny, in commit `commit`, which speaks the protocol of the Hugging Face
// hub: small files come with Git's sum, large ones by a redirect to a store at another address.
class FakeHub {
 public:
  static constexpr const char* commit = "0123456789abcdef0123456789abcdef01234567";

  // By name; those of at least `largeBytes` are large.
  explicit FakeHub(std::map<std::string, std::string> files, HubFaults faults = {});

  std::string address() const { return hub_.address(); }
  std::vector<HttpRequest> hubRequests() const { return hub_.requests(); }
  std::vector<HttpRequest> storeRequests() const { return store_.requests(); }
  void listAlso(const std::string& file) { listed_.push_back(file); }

  static constexpr std::size_t largeBytes = 1000;

 private:
  HttpReply answer(const HttpRequest& request);
  HttpReply listing() const;
  HttpReply file(const HttpRequest& request, const std::string& name) const;
  HttpReply stored(const HttpRequest& request);
  HttpReply errorReply(int status, const std::string& code) const;
  std::string largeEtag(const std::string& content) const;

  std::map<std::string, std::string> files_;
  std::vector<std::string> listed_;
  HubFaults faults_;
  std::mutex mutex_;
  LoopbackServer store_;
  LoopbackServer hub_;
};

// Git's sum of a file with this content.
std::string gitSumOf(const std::string& content);

}  // namespace canvass::test
