#include "survey/jsonl.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/error.h"

namespace canvass {
namespace {

// Takes the next line off the front of `text`, without its newline.
std::string_view takeLine(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

// In bytes. A question with the shares of thousands of populations is far below it.
constexpr std::size_t longestLine = 1 << 26;

bool isBlank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

Json parseLine(std::string_view line, const std::string& where) {
  if (line.size() > longestLine) {
    throw Error(fmt::format("the line has {} MB, and a line of such a file at most {}",
                            line.size() >> 20, longestLine >> 20),
                where, "check that it is a file that canvass wrote");
  }
  if (isBlank(line)) throw Error("the line is empty", where, "remove it");
  Json object = parseJson(line, where);
  if (!object.is_object()) throw Error("the line is not a JSON object", where);
  return object;
}

void checkHeader(const Json& header, FileKind kind, const std::string& where) {
  const std::string expected = fmt::format(
      "the file must start with {{\"canvass\":\"{}\",\"version\":{},...}}", kind.name, kind.form);
  if (!header.contains("canvass")) throw Error("there is no header line", where, expected);
  const auto found = requireKey<std::string>(header, "canvass", where);
  if (found != kind.name) throw Error(fmt::format("this is a file of {}", found), where, expected);
  const auto version = requireKey<std::int64_t>(header, "version", where);
  if (version < 1 || version > kind.form) {
    throw Error(
        fmt::format("the file has format version {}", version), where,
        kind.form == 1
            ? "this version of canvass reads format version 1"
            : fmt::format("this version of canvass reads format versions 1 to {}", kind.form));
  }
}

}  // namespace

void readJsonLines(std::string_view text, const std::string& file, FileKind kind,
                   const std::function<void(const JsonLine&)>& readHeader,
                   const std::function<void(const JsonLine&)>& readLine) {
  if (text.empty()) throw Error("the file is empty", file);
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string where = linePlace(file, number);
    const Json object = parseLine(takeLine(text), where);
    if (number == 1) checkHeader(object, kind, where);
    (number == 1 ? readHeader : readLine)({object, where});
  }
}

bool hasHeader(std::string_view text, FileKind kind) {
  const std::string_view line = takeLine(text);
  if (!line.starts_with('{') || line.size() > longestLine) return false;
  const std::optional<Json> header = jsonIfValid(line);
  return header && header->contains("canvass") && (*header)["canvass"] == kind.name;
}

Json makeHeader(FileKind kind) {
  return Json{{"canvass", std::string(kind.name)}, {"version", kind.form}};
}

void rejectUnknownKeys(const Json& object, const std::vector<std::string_view>& known,
                       const std::string& where) {
  if (!object.is_object()) throw Error("a JSON object was expected", where);
  std::vector<std::string> unknown;
  for (const auto& [key, value] : object.items()) {
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      unknown.push_back('"' + key + '"');
    }
  }
  if (unknown.empty()) return;
  throw Error(fmt::format("unknown key {}", fmt::join(unknown, ", ")), where,
              fmt::format("the known keys are {}", fmt::join(known, ", ")));
}

const Json& requireList(const Json& object, const char* key, const std::string& where) {
  const auto found = object.find(key);
  if (found == object.end()) throw Error(fmt::format("the key \"{}\" is missing", key), where);
  if (!found->is_array()) throw Error(fmt::format("\"{}\" must be a list", key), where);
  return *found;
}

std::string jsonLine(const Json& object) {
  try {
    return object.dump() + "\n";
  } catch (const Json::type_error&) {
    throw Error("a text to be written is not UTF-8: " + jsonText(object));
  }
}

}  // namespace canvass
