#include "support/fake_hub.h"

#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "base/file.h"
#include "base/json.h"

namespace canvass::test {
namespace {

constexpr const char* movedFolder = "/moved/";

bool takeOne(int& count) { return count > 0 && count-- > 0; }

// "bytes=100-" gives 100.
std::size_t rangeStart(const HttpRequest& request) {
  const std::string range = request.header("range");
  return range.empty() ? 0 : std::stoul(range.substr(range.find('=') + 1));
}

std::string damaged(std::string content) {
  content.back() ^= 1;
  return content;
}

}  // namespace

FakeHub::FakeHub(std::map<std::string, std::string> files, HubFaults faults)
    : files_(std::move(files)),
      faults_(std::move(faults)),
      store_([this](const HttpRequest& request) { return stored(request); }),
      hub_([this](const HttpRequest& request) { return answer(request); }) {}

HttpReply FakeHub::errorReply(int status, const std::string& code) const {
  return {.status = status, .headers = {{"X-Error-Code", code}}, .body = "{\"error\":\"no\"}"};
}

HttpReply FakeHub::answer(const HttpRequest& request) {
  {
    const std::lock_guard lock(mutex_);
    if (takeOne(faults_.busyAnswers)) {
      return {.status = 429, .headers = {{"Retry-After", "0"}}, .body = ""};
    }
  }
  if (!faults_.error.empty()) return errorReply(faults_.errorStatus, faults_.error);
  if (request.target == "/api/models/org/tiny/revision/main" ||
      request.target == "/api/models/org/tiny/revision/refs%2Fpr%2F1") {
    return listing();
  }
  if (request.target.starts_with("/api/models/org/tiny/")) {
    return errorReply(404, "RevisionNotFound");
  }
  for (const std::string& folder :
       {std::string("/org/tiny/resolve/") + commit + "/", std::string(movedFolder)}) {
    if (!request.target.starts_with(folder)) continue;
    return file(request, request.target.substr(folder.size()));
  }
  return errorReply(request.header("authorization").empty() ? 401 : 404, "RepoNotFound");
}

HttpReply FakeHub::listing() const {
  Json siblings = Json::array();
  for (const auto& [name, content] : files_) siblings.push_back({{"rfilename", name}});
  for (const std::string& name : listed_) siblings.push_back({{"rfilename", name}});
  HttpReply reply;
  reply.body = Json({{"id", "org/tiny"}, {"sha", commit}, {"siblings", siblings}}).dump();
  return reply;
}

std::string FakeHub::largeEtag(const std::string& content) const {
  return faults_.etagOfLargeFiles.empty() ? sha256(content) : faults_.etagOfLargeFiles;
}

HttpReply FakeHub::file(const HttpRequest& request, const std::string& name) const {
  if (!faults_.gate.empty() && request.header("authorization") != "Bearer " + faults_.gate) {
    return errorReply(401, "GatedRepo");
  }
  const auto found = files_.find(name);
  if (found == files_.end()) return errorReply(404, "EntryNotFound");
  const std::string& content = found->second;
  HttpReply reply;
  reply.headers["X-Repo-Commit"] = commit;
  if (content.size() < largeBytes) {
    if (faults_.movesSmallFiles && !request.target.starts_with(movedFolder)) {
      return {.status = 307, .headers = {{"Location", movedFolder + name}}, .body = ""};
    }
    reply.headers["ETag"] = "\"" + gitSumOf(content) + "\"";
    reply.body = faults_.damagesSmallFiles ? damaged(content) : content;
    return reply;
  }
  reply.status = 302;
  reply.headers["ETag"] = "\"0\"";  // of the redirect
  reply.headers["X-Linked-Etag"] = "\"" + largeEtag(content) + "\"";
  reply.headers["X-Linked-Size"] = std::to_string(content.size());
  reply.headers["Location"] =
      faults_.redirect.empty() ? store_.address() + "/store/" + name : faults_.redirect;
  return reply;
}

HttpReply FakeHub::stored(const HttpRequest& request) {
  const std::lock_guard lock(mutex_);
  std::string content = files_.at(request.target.substr(std::string("/store/").size()));
  if (faults_.damagesLargeFiles) content = damaged(content);
  if (faults_.sendsTooMuch) content += "and more";
  HttpReply reply;
  reply.headers["ETag"] = "\"of the store\"";
  reply.pause = faults_.pause;
  const std::size_t from = faults_.ignoresRanges ? 0 : rangeStart(request);
  if (from > 0) {
    reply.status = 206;
    reply.headers["Content-Range"] = "bytes " + std::to_string(from) + "-" +
                                     std::to_string(content.size() - 1) + "/" +
                                     std::to_string(content.size());
  }
  reply.body = content.substr(from);
  if (takeOne(faults_.cutAnswers)) {
    reply.cutAfter = reply.body.size() / 2;
    if (faults_.silentCut) {
      reply.pieceBytes = reply.cutAfter;
      reply.pause = std::chrono::milliseconds(2500);
    }
  }
  return reply;
}

std::string gitSumOf(const std::string& content) {
  const std::string whole = "blob " + std::to_string(content.size()) + '\0' + content;
  Digest digest(Digest::Kind::sha1);
  digest.add(std::as_bytes(std::span(whole)));
  return digest.hexadecimal();
}

}  // namespace canvass::test
