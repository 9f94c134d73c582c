#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace canvass {

// What canvass's own files of lines share: a header line {"canvass":KIND,"version":FORM,...}, then
// one JSON object per line.

// A kind of file, and the newest form of it: the one that is written. All forms from 1 on are read.
struct FileKind {
  std::string_view name;
  std::int64_t form;
};

// One line of a file, while it is being read: the JSON object and, for messages, "file:line".
struct JsonLine {
  const Json& object;
  std::string where;
};

// Calls `read` with each line of `text`, the header first, after checking that the header's
// "canvass" is the kind and its "version" one of the forms of it. Throws Error at file:line for an
// empty file, an empty line or a line that is not a JSON object.
void readJsonLines(std::string_view text, const std::string& file, FileKind kind,
                   const std::function<void(const JsonLine& header)>& readHeader,
                   const std::function<void(const JsonLine& line)>& readLine);

// True if the first line of `text` is a header of this kind, whatever its form.
bool hasHeader(std::string_view text, FileKind kind);

// The keys that every header has.
inline constexpr std::array<std::string_view, 2> headerKeys = {"canvass", "version"};

// The object that a new file's header line starts from.
Json makeHeader(FileKind kind);

// Throws Error naming every key of `object` that is not among `known`.
void rejectUnknownKeys(const Json& object, const std::vector<std::string_view>& known,
                       const std::string& where);

// The list under the key. Throws Error at `where` if it is missing or not a list.
const Json& requireList(const Json& object, const char* key, const std::string& where);

// The object as one line, newline included. Throws Error if a text is not UTF-8.
std::string jsonLine(const Json& object);

}  // namespace canvass
