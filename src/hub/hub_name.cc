#include "hub/hub_name.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"

namespace canvass {
namespace {

constexpr const char* mainBranch = "main";
constexpr std::size_t maxNameLength = 96;       // as the hub has it
constexpr std::size_t maxRevisionLength = 200;  // longer than any on the hub
constexpr const char* howToName =
    "names look like org/name, org/name@revision or org/name:FILE.gguf";

bool isLetterOrDigit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

[[noreturn]] void refuseName(const std::string& text, const std::string& why) {
  throw Error(why, text, howToName);
}

// One of the two words of a repository's name.
void checkWord(const std::string& word, const std::string& text) {
  const auto allowed = [](char c) {
    return isLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
  };
  const auto atAnEnd = [&](char c) { return word.front() == c || word.back() == c; };
  const bool plain = !word.empty() && std::ranges::all_of(word, allowed) && !atAnEnd('.') &&
                     !atAnEnd('-') && word.find("..") == std::string::npos &&
                     word.find("--") == std::string::npos;
  if (!plain) {
    refuseName(text, fmt::format("no model on the hub can be named \"{}\": names have letters, "
                                 "digits and single \"-\", \"_\" and \".\" between them",
                                 word));
  }
  if (word.size() > maxNameLength) {
    refuseName(text, fmt::format("names on the hub have at most {} characters", maxNameLength));
  }
}

void checkRevision(const std::string& revision, const std::string& text) {
  const auto allowed = [](char c) {
    return isLetterOrDigit(c) || c == '-' || c == '_' || c == '.' || c == '/' || c == '+';
  };
  const bool plain = revision.size() <= maxRevisionLength && isPlainRelativePath(revision) &&
                     revision.front() != '-' && std::ranges::all_of(revision, allowed) &&
                     revision.find("..") == std::string::npos;
  if (!plain) {
    refuseName(text, fmt::format("\"{}\" is not a branch, a tag or a commit", revision));
  }
}

void checkFile(const std::string& file, const std::string& text) {
  if (!isPlainRelativePath(file)) {
    refuseName(text, fmt::format("\"{}\" is not a file of a model", file));
  }
  if (!file.ends_with(".gguf")) {
    refuseName(text,
               fmt::format("\"{}\" is not a GGUF file, the only kind that is a model alone", file));
  }
}

// What follows the separator, taken off the text; nothing changes if there is none.
std::string takeAfter(std::string& text, char separator) {
  const auto position = text.find(separator);
  std::string after = text.substr(position + 1);
  text.resize(position);
  return after;
}

bool has(const std::string& text, char c) { return text.find(c) != std::string::npos; }

}  // namespace

bool looksLikeHubName(const std::string& text) {
  const std::string repository = text.substr(0, text.find_first_of("@:"));
  const auto slash = repository.find('/');
  return slash != std::string::npos && slash > 0 && slash + 1 < repository.size() &&
         repository.find('/', slash + 1) == std::string::npos &&
         std::string_view("./~").find(repository.front()) == std::string_view::npos;
}

HubName parseHubName(const std::string& text) {
  HubName name;
  std::string rest = text;
  if (has(rest, ':')) {
    name.file = takeAfter(rest, ':');
    checkFile(name.file, text);
  }
  if (has(rest, '@')) {
    name.revision = takeAfter(rest, '@');
    checkRevision(name.revision, text);
  }
  const auto slash = rest.find('/');
  if (slash == std::string::npos) refuseName(text, "the name of a model on the hub has one slash");
  checkWord(rest.substr(0, slash), text);
  checkWord(rest.substr(slash + 1), text);
  name.repository = rest;
  return name;
}

std::string hubNameText(const HubName& name) {
  std::string text = name.repository;
  if (name.revision != mainBranch) text += "@" + name.revision;
  return name.file.empty() ? text : text + ":" + name.file;
}

bool isPlainRelativePath(const std::string& path) {
  const auto isPlainCharacter = [](char c) {
    return static_cast<unsigned char>(c) >= ' ' && c != '\\' && c != '\x7f';
  };
  if (!std::ranges::all_of(path, isPlainCharacter)) return false;
  std::size_t start = 0;
  while (true) {
    const auto end = path.find('/', start);
    const std::string part = path.substr(start, end - start);
    if (part.empty() || part == "." || part == "..") return false;
    if (end == std::string::npos) return true;
    start = end + 1;
  }
}

}  // namespace canvass
