#include "hub_download/remote_repository.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "hub/content_sum.h"
#include "hub_download/url.h"

namespace canvass {
namespace {

// An ETag as a header has it: "abc", W/"abc", or abc.
std::string withoutQuotes(std::string etag) {
  if (etag.starts_with("W/")) etag.erase(0, 2);
  if (etag.size() >= 2 && etag.front() == '"' && etag.back() == '"') {
    etag = etag.substr(1, etag.size() - 2);
  }
  return etag;
}

std::optional<std::uint64_t> numberIn(const std::string& text) {
  std::uint64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  constexpr auto most = std::uint64_t{1} << 50;  // no file is as large
  if (fault != std::errc() || end != text.data() + text.size() || number > most) {
    return std::nullopt;
  }
  return number;
}

// The first of two headers that is there: a file kept elsewhere has its own size and sum there.
std::string eitherHeader(const Answer& answer, const char* one, const char* other) {
  const std::string text = answer.header(one);
  return text.empty() ? answer.header(other) : text;
}

}  // namespace

RemoteRepository::RemoteRepository(HttpClient& client, std::string endpoint, HubName name)
    : client_(client), endpoint_(std::move(endpoint)), name_(std::move(name)) {}

// Throws Error saying why the hub does not give the file, or, if it is empty, the listing.
void RemoteRepository::requireGood(const Answer& answer, const std::string& file) const {
  if (answer.isGood()) return;
  const std::string where = hubNameText(name_);
  const std::string code = answer.header("x-error-code");
  const std::string page = fmt::format("{}/{}", endpoint_, name_.repository);
  const bool unauthorized = answer.status == 401 || answer.status == 403;
  if (code == "GatedRepo" || (unauthorized && code.empty() && !file.empty())) {
    throw Error("the model is gated: its makers give it to those who accept its license", where,
                fmt::format("accept the license on {}, and set HF_TOKEN to an access token of "
                            "your account",
                            page));
  }
  if (code == "RevisionNotFound") {
    throw Error(fmt::format("the model has no branch, tag or commit \"{}\"", name_.revision), where,
                fmt::format("{}/tree/main lists them", page));
  }
  if (unauthorized) {
    throw Error("there is no such model, or it is private or gated", where,
                fmt::format("check the spelling; if it is private or gated, set HF_TOKEN to an "
                            "access token of an account that may read {}",
                            page));
  }
  if (answer.status == 404 && !file.empty()) {
    throw Error(fmt::format("the server has no file {}", file), where, "try again later");
  }
  if (answer.status == 404) {
    throw Error("there is no such model", where,
                fmt::format("check the spelling, and the revision if one is given; {}/models "
                            "finds models",
                            endpoint_));
  }
  throw Error(fmt::format("the server answered with status {}", answer.status), where,
              "try again later");
}

HubListing RemoteRepository::list() const {
  const std::string url = fmt::format("{}/api/models/{}/revision/{}", endpoint_,
                                      escapedPath(name_.repository), escapedPart(name_.revision));
  const Answer answer = client_.get(url);
  requireGood(answer, "");
  return parseHubListing(answer.body, url);
}

RemoteFile RemoteRepository::describe(const std::string& commit, const std::string& file) const {
  RemoteFile remote{file,
                    fmt::format("{}/{}/resolve/{}/{}", endpoint_, escapedPath(name_.repository),
                                commit, escapedPath(file)),
                    "", 0};
  const Answer answer = client_.head(remote.url);
  // A redirect to where large files are kept says here already what they are.
  const bool isElsewhere = answer.status >= 300 && answer.status < 400;
  if (!isElsewhere) requireGood(answer, file);
  const std::string served = answer.header("x-repo-commit");
  if (!served.empty() && served != commit) {
    throw Error(fmt::format("the server answered with commit \"{}\" instead", served), remote.url,
                "try again later");
  }
  remote.etag = withoutQuotes(eitherHeader(answer, "x-linked-etag", "etag"));
  if (!isContentSum(remote.etag)) {
    throw Error("the server gives no sum that the file can be checked by", remote.url,
                "download the model in another way and give its folder");
  }
  const auto size = numberIn(isElsewhere ? answer.header("x-linked-size")
                                         : eitherHeader(answer, "x-linked-size", "content-length"));
  if (!size) throw Error("the server does not say how large the file is", remote.url);
  remote.size = *size;
  return remote;
}

}  // namespace canvass
